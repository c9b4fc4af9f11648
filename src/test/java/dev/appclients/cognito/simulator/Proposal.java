package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The complete settings that a create or an update would store, with the facts that rules check.
 *
 * @param secret whether the client has a secret or gets one
 * @param creating whether the operation is a create; some messages name it
 */
record Proposal(Map<String, JsonNode> settings, UserPool pool, boolean secret, boolean creating, Switches switches) {

    private static final List<String> DEFAULT_AUTH_FLOWS =
            List.of("ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH");

    static final Set<String> OIDC_SCOPES =
            Set.of("openid", "email", "phone", "profile", "aws.cognito.signin.user.admin");

    JsonNode get(Setting setting) {
        return settings.getOrDefault(setting.member(), MissingNode.getInstance());
    }

    List<String> list(Setting setting) {
        return Json.list(settings.get(setting.member()));
    }

    @Nullable
    String text(Setting setting) {
        var value = settings.get(setting.member());
        return value == null ? null : value.asText();
    }

    boolean flag(Setting setting) {
        return get(setting).asBoolean(false);
    }

    boolean isOn(Switch which) {
        return switches.isOn(which);
    }

    /** The effective flows. An empty list allows three flows. */
    List<String> effectiveAuthFlows() {
        var flows = list(Setting.EXPLICIT_AUTH_FLOWS);
        return flows.isEmpty() ? DEFAULT_AUTH_FLOWS : flows;
    }

    boolean rotates() {
        return get(Setting.REFRESH_TOKEN_ROTATION).path("Feature").asText().equals("ENABLED");
    }

    List<String> customScopes() {
        return list(Setting.ALLOWED_OAUTH_SCOPES).stream()
                .filter(scope -> !OIDC_SCOPES.contains(scope))
                .toList();
    }
}
