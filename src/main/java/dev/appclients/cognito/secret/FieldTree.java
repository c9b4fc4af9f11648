package dev.appclients.cognito.secret;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form in which Kubernetes writes a set of fields: maps in maps, where {@code f:<name>} is a field, {@code k:<key>} an item
 * of a list, {@code .} the thing itself, and a leaf is an empty map. What has another form is taken as nothing.
 */
final class FieldTree {

    private FieldTree() {}

    /** All fields of an entry. */
    static Map<String, Object> of(ManagedFieldsEntry entry) {
        FieldsV1 fields = entry.getFieldsV1();
        return fields == null || fields.getAdditionalProperties() == null ? Map.of() : fields.getAdditionalProperties();
    }

    /** What stands below a path; empty when there is nothing. */
    static Map<String, Object> at(ManagedFieldsEntry entry, String... path) {
        Map<String, Object> fields = of(entry);
        for (String step : path) {
            fields = node(fields.get(step));
        }
        return fields;
    }

    /** Whether the path is in the set, be it as a leaf or with something below. */
    static boolean has(ManagedFieldsEntry entry, String... path) {
        Map<String, Object> fields = of(entry);
        for (String step : path) {
            if (!fields.containsKey(step)) {
                return false;
            }
            fields = node(fields.get(step));
        }
        return true;
    }

    /** The fields that are in one of the sets. */
    static Map<String, Object> union(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> union = new LinkedHashMap<>(one);
        other.forEach((name, below) -> union.merge(name, below, (left, right) -> union(node(left), node(right))));
        return union;
    }

    /** The tree as Kubernetes has it in an entry. */
    static FieldsV1 fields(Map<String, Object> tree) {
        FieldsV1 fields = new FieldsV1();
        fields.setAdditionalProperties(tree);
        return fields;
    }

    /** A node of the tree; anything that is no map counts as a leaf. */
    static Map<String, Object> node(@Nullable Object value) {
        Map<String, Object> node = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, below) -> node.put(String.valueOf(name), below));
        }
        return node;
    }
}
