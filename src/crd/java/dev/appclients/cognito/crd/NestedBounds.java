package dev.appclients.cognito.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Map;

/**
 * Smaller bounds for lists inside the items of a long list. The API server estimates the cost of a rule from the bounds of all
 * lists around it. A user who needs more items writes several entries.
 */
final class NestedBounds {
    private static final String ADOPTION = "spec.adoption[].namespaces";

    private static final Map<String, Long> MAX = Map.of(
            ADOPTION + ".names",
            32L,
            ADOPTION + ".selector.matchLabels",
            4L,
            ADOPTION + ".selector.matchExpressions",
            2L,
            ADOPTION + ".selector.matchExpressions[].values",
            4L);

    private NestedBounds() {}

    /** Sets the smaller bound of the list or map at a path, if there is one. */
    static void tighten(String path, JSONSchemaProps schema) {
        Long max = MAX.get(path);
        if (max != null && schema.getMaxItems() != null) {
            schema.setMaxItems(max);
        }
        if (max != null && schema.getMaxProperties() != null) {
            schema.setMaxProperties(max);
        }
    }
}
