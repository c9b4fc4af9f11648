package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the stored settings from a request: it replaces every setting, and an omitted one returns to its default. */
final class Replacement {

    private final Switches switches;
    private final String account;

    Replacement(Switches switches, String account) {
        this.switches = switches;
        this.account = account;
    }

    Map<String, JsonNode> settings(ObjectNode request, @Nullable AppClient previous) {
        var stored = new HashMap<String, JsonNode>();
        for (var setting : Setting.values()) {
            var given = request.get(setting.member());
            var value = given == null || given.isNull() ? leftOut(setting, previous) : normal(setting, given);
            if (value != null) {
                stored.put(setting.member(), value);
            }
        }
        return stored;
    }

    /** Absent, null and empty are equal. Cognito silently replaces a zero refresh validity by the default. */
    private @Nullable JsonNode normal(Setting setting, JsonNode given) {
        return switch (setting) {
            case REFRESH_TOKEN_VALIDITY -> given.asInt() == 0 ? null : given;
            case TOKEN_VALIDITY_UNITS -> known(given, "AccessToken", "IdToken", "RefreshToken");
            case REFRESH_TOKEN_ROTATION ->
                rotation(
                        given.path("Feature").asText(),
                        given.path("RetryGracePeriodSeconds").asInt(0));
            case ANALYTICS_CONFIGURATION -> analytics(given);
            default -> setting.isList() ? listed(given) : given;
        };
    }

    private @Nullable JsonNode leftOut(Setting setting, @Nullable AppClient previous) {
        var old = previous == null ? null : previous.settings().get(setting.member());
        if (old == null) {
            return null;
        }
        return switch (setting) {
            case CLIENT_NAME -> old;
            case REFRESH_TOKEN_VALIDITY, ENABLE_TOKEN_REVOCATION, AUTH_SESSION_VALIDITY ->
                switches.isOn(Switch.SCALARS_KEPT_ON_UPDATE) ? old : null;
            case REFRESH_TOKEN_ROTATION ->
                switches.isOn(Switch.ROTATION_KEPT_ON_UPDATE) ? old : rotation("DISABLED", 0);
            case PREVENT_USER_EXISTENCE_ERRORS ->
                TextNode.valueOf(switches.isOn(Switch.USER_EXISTENCE_ERRORS_RESET_TO_ENABLED) ? "ENABLED" : "LEGACY");
            default -> null;
        };
    }

    private static JsonNode rotation(String feature, int graceSeconds) {
        return Json.object()
                .put("Feature", feature)
                .put("RetryGracePeriodSeconds", feature.equals("ENABLED") ? graceSeconds : 0);
    }

    /** With an ARN, Cognito fills in its service-linked role. */
    private JsonNode analytics(JsonNode given) {
        var stored = Json.object();
        if (known(given, "ApplicationId", "ApplicationArn", "RoleArn", "ExternalId", "UserDataShared")
                instanceof ObjectNode members) {
            stored.setAll(members);
        }
        if (stored.has("ApplicationArn") && !stored.has("RoleArn")) {
            stored.put(
                    "RoleArn",
                    "arn:aws:iam::" + account
                            + ":role/aws-service-role/cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdp");
        }
        if (!stored.has("UserDataShared")) {
            stored.put("UserDataShared", false);
        }
        return stored;
    }

    private static @Nullable JsonNode known(JsonNode given, String... members) {
        var kept = Json.object();
        for (var member : members) {
            var value = given.get(member);
            if (value != null && !value.isNull()) {
                kept.set(member, value);
            }
        }
        return kept.isEmpty() ? null : kept;
    }

    /** Removes duplicates and keeps the order of the request. */
    private static @Nullable JsonNode listed(JsonNode list) {
        return list.isEmpty() ? null : Json.strings(new LinkedHashSet<>(Json.list(list)));
    }
}
