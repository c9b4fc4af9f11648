package dev.appclients.cognito.secret.fields;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Kubernetes' FieldsV1 format: nested maps in which {@code f:<name>} is a field, {@code k:<key>} an item of a list,
 * {@code .} the object itself, and an empty map a leaf. Anything of another form counts as absent.
 */
public final class FieldsV1Tree {

    private FieldsV1Tree() {}

    /** All fields of an entry. */
    public static Map<String, Object> of(ManagedFieldsEntry entry) {
        FieldsV1 fields = entry.getFieldsV1();
        return fields == null || fields.getAdditionalProperties() == null ? Map.of() : fields.getAdditionalProperties();
    }

    /** The tree of leaves below a path; empty without names. */
    public static Map<String, Object> of(Collection<String> names, String... path) {
        Map<String, Object> tree = new LinkedHashMap<>();
        names.forEach(name -> tree.put("f:" + name, Map.of()));
        Map<String, Object> parent = tree;
        for (String step : List.of(path).reversed()) {
            parent = Map.of(step, parent);
        }
        return names.isEmpty() ? tree : parent;
    }

    /** A copy of the fields below a path; empty if the path is absent. */
    public static Map<String, Object> at(ManagedFieldsEntry entry, String... path) {
        Map<String, Object> fields = of(entry);
        for (String step : path) {
            fields = node(fields.get(step));
        }
        return fields;
    }

    /** Whether the set contains the path, as a leaf or with fields below it. */
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

    /** The fields of both sets. */
    static Map<String, Object> union(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> union = new LinkedHashMap<>(one);
        other.forEach((name, below) -> union.merge(name, below, (left, right) -> union(node(left), node(right))));
        return union;
    }

    /** The tree in the form of an entry. */
    public static FieldsV1 fields(Map<String, Object> tree) {
        FieldsV1 fields = new FieldsV1();
        fields.setAdditionalProperties(tree);
        return fields;
    }

    /** A copy of a node; any value that is not a map counts as a leaf. */
    public static Map<String, Object> node(@Nullable Object value) {
        Map<String, Object> node = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, below) -> node.put(String.valueOf(name), below));
        }
        return node;
    }
}
