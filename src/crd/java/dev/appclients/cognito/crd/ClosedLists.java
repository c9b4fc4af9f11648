package dev.appclients.cognito.crd;

import java.util.List;
import java.util.Map;

/**
 * The enums whose names AWS or Kubernetes defines. They may get new names, so the records accept any string. Only the CRD, which is
 * upgraded with the operator, has the list.
 */
final class ClosedLists {
    private static final List<String> AUTH_FLOWS = List.of(
            "ALLOW_ADMIN_USER_PASSWORD_AUTH",
            "ALLOW_CLIENT_TOKEN_AUTH",
            "ALLOW_CUSTOM_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH",
            "ALLOW_USER_AUTH",
            "ALLOW_USER_PASSWORD_AUTH",
            "ALLOW_USER_SRP_AUTH",
            "ADMIN_NO_SRP_AUTH",
            "CUSTOM_AUTH_FLOW_ONLY",
            "USER_PASSWORD_AUTH");

    private static final List<String> OAUTH_FLOWS = List.of("code", "implicit", "client_credentials");

    private static final List<String> OPERATORS = List.of("In", "NotIn", "Exists", "DoesNotExist");

    private static final Map<String, List<String>> BY_PATH = Map.ofEntries(
            Map.entry("spec.explicitAuthFlows[]", AUTH_FLOWS),
            Map.entry("spec.allowedOAuthFlows[]", OAUTH_FLOWS),
            Map.entry("spec.preventUserExistenceErrors", List.of("ENABLED", "LEGACY")),
            Map.entry("spec.refreshTokenRotation.feature", List.of("ENABLED", "DISABLED")),
            Map.entry("spec.namespaces.selector.matchExpressions[].operator", OPERATORS),
            Map.entry("spec.adoption[].namespaces.selector.matchExpressions[].operator", OPERATORS),
            Map.entry("status.conditions[].status", List.of("True", "False", "Unknown")),
            Map.entry("spec.sharing.namespaces.selector.matchExpressions[].operator", OPERATORS),
            Map.entry("spec.sharing.pushFrom.selector.matchExpressions[].operator", OPERATORS),
            Map.entry("spec.allow.oauthFlows[]", OAUTH_FLOWS),
            Map.entry("spec.allow.authFlows[]", AUTH_FLOWS),
            Map.entry(
                    "spec.allow.settings[]", List.of("LegacyUserExistenceErrors", "NoTokenRevocation", "ContextData")));

    private ClosedLists() {}

    /** The allowed names at a path; empty if any string is allowed. */
    static List<String> at(String path) {
        return BY_PATH.getOrDefault(path, List.of());
    }
}
