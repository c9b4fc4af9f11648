package dev.appclients.cognito.secret;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the operator remembers of a Secret between two looks at it: enough for {@link SecretInspection}, and no value. Never
 * write such a view back: it has no data.
 */
public final class SecretView {

    /** A copy of the whole object, data included, that {@code kubectl apply} leaves in the metadata. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /** Secrets of one preset have one shape; more than these are kept one by one. */
    private static final int MAX_SHARED_SHAPES = 64;

    private final ConcurrentMap<Map<String, Object>, Map<String, Object>> shapes = new ConcurrentHashMap<>();

    /** A copy without data, and with those managed fields only that tell who wrote values and marks. */
    public Secret strip(Secret secret) {
        ObjectMeta metadata = secret.getMetadata();
        return new SecretBuilder()
                .withMetadata(metadata.edit()
                        .removeFromAnnotations(LAST_APPLIED)
                        .withManagedFields(strip(FieldOwnership.of(secret).entries()))
                        .build())
                .withType(secret.getType())
                .withImmutable(secret.getImmutable())
                .build();
    }

    private List<ManagedFieldsEntry> strip(List<ManagedFieldsEntry> entries) {
        return entries.stream()
                .map(entry -> new ManagedFieldsEntryBuilder(entry)
                        .withFieldsV1(FieldTree.fields(shared(relevant(entry))))
                        .build())
                .toList();
    }

    private static Map<String, Object> relevant(ManagedFieldsEntry entry) {
        Map<String, Object> fields = FieldTree.node(FieldTree.of(entry));
        fields.keySet().retainAll(List.of(FieldOwnership.DATA, FieldOwnership.STRING_DATA));
        Map<String, Object> metadata = new LinkedHashMap<>(FieldTree.at(entry, FieldOwnership.METADATA));
        metadata.keySet().retainAll(List.of(FieldOwnership.LABELS, FieldOwnership.ANNOTATIONS));
        if (!metadata.isEmpty()) {
            fields.put(FieldOwnership.METADATA, metadata);
        }
        return fields;
    }

    /** The same tree for all Secrets of one shape: the managed fields are most of what is left. */
    private Map<String, Object> shared(Map<String, Object> fields) {
        Map<String, Object> known = shapes.get(fields);
        if (known != null) {
            return known;
        }
        if (shapes.size() < MAX_SHARED_SHAPES) {
            shapes.putIfAbsent(fields, fields);
        }
        return shapes.getOrDefault(fields, fields);
    }
}
