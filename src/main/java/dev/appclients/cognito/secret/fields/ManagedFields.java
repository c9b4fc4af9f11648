package dev.appclients.cognito.secret.fields;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Corrects the managed fields of a Secret in two cases in which the API server's own record would make a restored Secret look
 * edited for ever. A patch that changes a value takes the field from its owner, and needs no correction.
 */
public final class ManagedFields {

    private ManagedFields() {}

    /**
     * The complete new list of managed fields, for the patch that writes {@code desired}.
     *
     * <ul>
     *   <li>The operator claims a field that another manager owns and whose value is the desired one already. The patch does
     *       not change it, so the API server does not record the operator as its owner.
     *   <li>Another manager loses its claim by {@code stringData} on a key of the operator. The API server keeps such a claim
     *       after the value was restored.
     * </ul>
     *
     * @param live read from the API server with all its managed fields; the patch must be bound to its resource version
     * @return empty if the API server's record will be right
     */
    public static Optional<List<ManagedFieldsEntry>> correctedFor(Secret desired, Secret live) {
        List<ManagedFieldsEntry> entries = FieldOwnership.of(live).entries();
        Map<String, Object> unclaimed = unclaimed(desired, live);
        List<ManagedFieldsEntry> corrected = new ArrayList<>();
        for (ManagedFieldsEntry entry : entries) {
            Map<String, Object> fields = FieldOwnership.isOperators(entry)
                    ? FieldsV1Tree.union(FieldsV1Tree.of(entry), unclaimed)
                    : withoutStringData(entry, desired.getData().keySet());
            if (!fields.isEmpty()) {
                corrected.add(new ManagedFieldsEntryBuilder(entry)
                        .withFieldsV1(FieldsV1Tree.fields(fields))
                        .build());
            }
        }
        return corrected.equals(entries) ? Optional.empty() : Optional.of(corrected);
    }

    /** The fields whose live value is the desired one and that the operator does not own. */
    private static Map<String, Object> unclaimed(Secret desired, Secret live) {
        FieldOwnership fields = FieldOwnership.of(live);
        ObjectMeta wanted = desired.getMetadata();
        ObjectMeta present = live.getMetadata();
        Map<String, Object> metadata = FieldsV1Tree.union(
                unclaimed(
                        fields,
                        wanted.getLabels(),
                        present.getLabels(),
                        FieldOwnership.METADATA,
                        FieldOwnership.LABELS),
                unclaimed(
                        fields,
                        wanted.getAnnotations(),
                        present.getAnnotations(),
                        FieldOwnership.METADATA,
                        FieldOwnership.ANNOTATIONS));
        return FieldsV1Tree.union(metadata, unclaimed(fields, desired.getData(), live.getData(), FieldOwnership.DATA));
    }

    private static Map<String, Object> unclaimed(
            FieldOwnership fields, Map<String, String> desired, @Nullable Map<String, String> live, String... path) {
        Map<String, String> present = Objects.requireNonNullElse(live, Map.of());
        SortedSet<String> owned = fields.ownedNames(path);
        SortedSet<String> names = new TreeSet<>(desired.keySet());
        names.removeIf(name -> owned.contains(name) || !Objects.equals(desired.get(name), present.get(name)));
        return FieldsV1Tree.of(names, path);
    }

    private static Map<String, Object> withoutStringData(ManagedFieldsEntry entry, Collection<String> keys) {
        Map<String, Object> fields = new LinkedHashMap<>(FieldsV1Tree.of(entry));
        Map<String, Object> claims = FieldsV1Tree.at(entry, FieldOwnership.STRING_DATA);
        if (claims.keySet().removeIf(field -> field.startsWith("f:") && keys.contains(field.substring(2)))) {
            if (claims.isEmpty()) {
                fields.remove(FieldOwnership.STRING_DATA);
            } else {
                fields.put(FieldOwnership.STRING_DATA, claims);
            }
        }
        return fields;
    }
}
