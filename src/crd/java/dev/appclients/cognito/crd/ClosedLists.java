package dev.appclients.cognito.crd;

import java.util.List;
import java.util.Map;

/**
 * The names that a text may hold, where they are somebody else's: AWS may add to them, so the records take any text, and only
 * the CRD, which is renewed with the operator, knows the list.
 */
final class ClosedLists {
    private static final Map<String, List<String>> BY_PATH = Map.of(
            "spec.explicitAuthFlows[]",
            List.of(
                    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
                    "ALLOW_CLIENT_TOKEN_AUTH",
                    "ALLOW_CUSTOM_AUTH",
                    "ALLOW_REFRESH_TOKEN_AUTH",
                    "ALLOW_USER_AUTH",
                    "ALLOW_USER_PASSWORD_AUTH",
                    "ALLOW_USER_SRP_AUTH",
                    "ADMIN_NO_SRP_AUTH",
                    "CUSTOM_AUTH_FLOW_ONLY",
                    "USER_PASSWORD_AUTH"),
            "spec.allowedOAuthFlows[]",
            List.of("code", "implicit", "client_credentials"),
            "spec.preventUserExistenceErrors",
            List.of("ENABLED", "LEGACY"),
            "spec.refreshTokenRotation.feature",
            List.of("ENABLED", "DISABLED"),
            "spec.namespaces.selector.matchExpressions[].operator",
            List.of("In", "NotIn", "Exists", "DoesNotExist"),
            "spec.adoption[].namespaces.selector.matchExpressions[].operator",
            List.of("In", "NotIn", "Exists", "DoesNotExist"),
            "status.conditions[].status",
            List.of("True", "False", "Unknown"));

    private ClosedLists() {}

    /** The names for the value at a path; empty where the list is not closed. */
    static List<String> at(String path) {
        return BY_PATH.getOrDefault(path, List.of());
    }
}
