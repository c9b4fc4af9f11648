package dev.appclients.cognito.model;

import dev.appclients.cognito.api.v1beta1.LabelRequirement;
import dev.appclients.cognito.api.v1beta1.NamespaceSelection;
import dev.appclients.cognito.api.v1beta1.NamespaceSelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Matches namespaces against a selection. A value that this version does not know selects no namespace. */
public final class NamespaceMatcher {

    private NamespaceMatcher() {}

    /**
     * Whether the selection contains the namespace. A namespace without known labels is never selected: {@code NotIn} and
     * {@code DoesNotExist} would match it.
     *
     * @param selection null selects no namespace
     */
    public static boolean matches(@Nullable NamespaceSelection selection, NamespaceSnapshot namespace) {
        Map<String, String> labels = namespace.labels();
        if (selection == null || labels == null) {
            return false;
        }
        return switch (selection.from()) {
            case ALL -> true;
            case NAMES -> orEmpty(selection.names()).contains(namespace.name());
            case SELECTOR -> matches(selection.selector(), labels);
            case UNKNOWN -> false;
            case null -> false;
        };
    }

    /** All requirements must hold, as elsewhere in Kubernetes. Unlike elsewhere, an empty selector selects no namespace. */
    private static boolean matches(@Nullable NamespaceSelector selector, Map<String, String> labels) {
        if (selector == null) {
            return false;
        }
        Map<String, String> wanted = selector.matchLabels() == null ? Map.of() : selector.matchLabels();
        List<LabelRequirement> requirements = orEmpty(selector.matchExpressions());
        if (wanted.isEmpty() && requirements.isEmpty()) {
            return false;
        }
        return labels.entrySet().containsAll(wanted.entrySet())
                && requirements.stream().allMatch(requirement -> holds(requirement, labels));
    }

    private static boolean holds(LabelRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.key());
        return switch (requirement.operator()) {
            case "In" -> value != null && orEmpty(requirement.values()).contains(value);
            case "NotIn" -> value == null || !orEmpty(requirement.values()).contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case null, default -> false;
        };
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
