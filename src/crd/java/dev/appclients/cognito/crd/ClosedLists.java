package dev.appclients.cognito.crd;

import java.util.List;
import java.util.Map;

/**
 * The enums whose names AWS or Kubernetes defines. They may get new names, so the records accept any string. Only the CRD, which is
 * upgraded with the operator, has the list.
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

    /** The allowed names at a path; empty if any string is allowed. */
    static List<String> at(String path) {
        return BY_PATH.getOrDefault(path, List.of());
    }
}
