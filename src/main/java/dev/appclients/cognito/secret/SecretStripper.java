package dev.appclients.cognito.secret;

import dev.appclients.cognito.collection.LeanMetadata;
import dev.appclients.cognito.collection.LeanValues;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import dev.appclients.cognito.secret.fields.FieldsV1Tree;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Strips Secrets for the cache to the parts that {@link SecretInspection} reads, without values. Never write a stripped Secret to
 * the API server: it has no data.
 */
public final class SecretStripper {

    private final LeanValues values;
    private final LeanMetadata metadata;

    /** @param values shares equal values of many Secrets, such as the managed fields, the largest part of a stripped Secret */
    public SecretStripper(LeanValues values) {
        this.values = values;
        metadata = new LeanMetadata(values);
    }

    /** Returns a copy without data, with only the marks and managed fields that {@link SecretInspection} reads. */
    public Secret strip(Secret secret) {
        return stripInPlace(new SecretBuilder(secret).build(), null);
    }

    /**
     * Strips the object itself.
     *
     * @param secret owned by the caller alone
     * @param former the former version, stripped; null without one
     * @return the same object
     */
    public Secret stripInPlace(Secret secret, @Nullable Secret former) {
        ObjectMeta meta = secret.getMetadata();
        meta.setManagedFields(strip(FieldOwnership.of(secret).entries()));
        meta.setCreationTimestamp(null);
        metadata.strip(meta, former == null ? null : former.getMetadata(), Marks::isReserved, Marks::isReserved);
        shareUid(meta);
        secret.setApiVersion(values.lean(secret.getApiVersion()));
        secret.setKind(values.lean(secret.getKind()));
        secret.setType(values.lean(secret.getType()));
        secret.setData(Map.of());
        secret.setStringData(Map.of());
        secret.setAdditionalProperties(Map.of());
        return secret;
    }

    /** A label and the owner reference hold the same UID. */
    private static void shareUid(ObjectMeta meta) {
        for (String uid : meta.getLabels().values()) {
            for (OwnerReference owner : meta.getOwnerReferences()) {
                if (owner.getUid().equals(uid)) {
                    owner.setUid(uid);
                }
            }
        }
    }

    /** Sorted by time, without the times: these differ between Secrets, so the entries could not be shared. */
    private static List<ManagedFieldsEntry> strip(List<ManagedFieldsEntry> entries) {
        return entries.stream()
                .sorted(Comparator.comparing(FieldOwnership::time))
                .map(SecretStripper::strip)
                .collect(Collectors.toList());
    }

    private static ManagedFieldsEntry strip(ManagedFieldsEntry entry) {
        ManagedFieldsEntry stripped = new ManagedFieldsEntry();
        stripped.setManager(entry.getManager());
        stripped.setFieldsV1(FieldsV1Tree.fields(relevant(entry)));
        stripped.setAdditionalProperties(Map.of());
        return stripped;
    }

    /** All names of the operator, so that a patch can remove those that left the request; of other managers the marks. */
    private static Map<String, Object> relevant(ManagedFieldsEntry entry) {
        Map<String, Object> fields = FieldsV1Tree.node(FieldsV1Tree.of(entry));
        fields.keySet().retainAll(List.of(FieldOwnership.DATA, FieldOwnership.STRING_DATA));
        boolean isOperators = Marks.FIELD_MANAGER.equals(entry.getManager());
        Map<String, Object> kept = new LinkedHashMap<>();
        for (String part : List.of(FieldOwnership.LABELS, FieldOwnership.ANNOTATIONS)) {
            Map<String, Object> names = FieldsV1Tree.at(entry, FieldOwnership.METADATA, part);
            names.keySet()
                    .removeIf(name -> !name.startsWith("f:") || !(isOperators || Marks.isReserved(name.substring(2))));
            if (!names.isEmpty()) {
                kept.put(part, names);
            }
        }
        if (!kept.isEmpty()) {
            fields.put(FieldOwnership.METADATA, kept);
        }
        return fields;
    }
}
