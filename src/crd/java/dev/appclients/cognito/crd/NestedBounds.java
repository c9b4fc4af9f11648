package dev.appclients.cognito.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Map;

/**
 * The most that lists may hold where their type stands in the items of a long list: the API server prices a rule by the most that all
 * lists around it can hold. Whoever needs more writes several entries.
 */
final class NestedBounds {
    private static final String ADOPTION = "spec.adoption[].namespaces";

    private static final Map<String, Long> MOST = Map.of(
            ADOPTION + ".names",
            32L,
            ADOPTION + ".selector.matchLabels",
            4L,
            ADOPTION + ".selector.matchExpressions",
            2L,
            ADOPTION + ".selector.matchExpressions[].values",
            4L);

    private NestedBounds() {}

    /** Tightens the bound of the list or map at a path, where one is known. */
    static void tighten(String path, JSONSchemaProps schema) {
        Long most = MOST.get(path);
        if (most != null && schema.getMaxItems() != null) {
            schema.setMaxItems(most);
        }
        if (most != null && schema.getMaxProperties() != null) {
            schema.setMaxProperties(most);
        }
    }
}
