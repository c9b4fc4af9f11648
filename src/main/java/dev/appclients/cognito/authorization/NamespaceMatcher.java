package dev.appclients.cognito.authorization;

import dev.appclients.cognito.api.v1beta1.LabelRequirement;
import dev.appclients.cognito.api.v1beta1.NamespaceSelection;
import dev.appclients.cognito.api.v1beta1.NamespaceSelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a namespace is among those selected. Anything that this version does not understand selects nobody: a
 * permission that cannot be read is not given.
 */
public final class NamespaceMatcher {

    private NamespaceMatcher() {}

    /**
     * Whether the selection contains the namespace.
     *
     * @param selection null selects nobody
     * @param labels the labels that the namespace has now; null when the namespace is not known, which then is not selected:
     *     {@code NotIn} and {@code DoesNotExist} hold for a namespace without labels
     */
    public static boolean matches(
            @Nullable NamespaceSelection selection, String namespace, @Nullable Map<String, String> labels) {
        if (selection == null || labels == null) {
            return false;
        }
        return switch (selection.from()) {
            case ALL -> true;
            case NAMES -> orEmpty(selection.names()).contains(namespace);
            case SELECTOR -> matches(selection.selector(), labels);
            case UNKNOWN -> false;
            case null -> false;
        };
    }

    /** As everywhere in Kubernetes all requirements must hold; unlike elsewhere, a selector without any selects nobody. */
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
