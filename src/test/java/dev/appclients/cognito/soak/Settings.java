package dev.appclients.cognito.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.simulator.AppClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Normalizes the settings of a manifest and of a client in Cognito, so that they can be compared. */
final class Settings {

    private static final Map<String, Integer> SECONDS = Map.of("s", 1, "m", 60, "h", 3_600, "d", 86_400);

    private static final Map<String, String> LISTS = Map.of(
            "allowedOAuthScopes", "AllowedOAuthScopes",
            "callbackURLs", "CallbackURLs",
            "logoutURLs", "LogoutURLs",
            "supportedIdentityProviders", "SupportedIdentityProviders",
            "readAttributes", "ReadAttributes",
            "writeAttributes", "WriteAttributes");

    private Settings() {}

    /** The settings of the manifest, with the defaults of its appType and of Cognito. */
    static Map<String, Object> wanted(JsonNode object, AppClient client) {
        JsonNode meta = object.path("metadata");
        JsonNode spec = object.path("spec");
        String type = spec.path("appType").asText();
        Map<String, Object> settings = new TreeMap<>();
        settings.put("ClientName", name(meta, spec, client));
        LISTS.forEach((field, member) -> settings.put(member, set(spec.path(field))));
        SortedSet<String> flows = set(spec.path("allowedOAuthFlows"));
        if (flows.isEmpty() && type.equals("MachineToMachine")) {
            flows.add("client_credentials");
        }
        settings.put("AllowedOAuthFlows", flows);
        settings.put("AllowedOAuthFlowsUserPoolClient", !flows.isEmpty());
        boolean login = flows.contains("code") || flows.contains("implicit");
        SortedSet<String> providers = set(spec.path("supportedIdentityProviders"));
        if (providers.isEmpty() && login && List.of("Public", "Confidential").contains(type)) {
            providers.add("COGNITO");
        }
        settings.put("SupportedIdentityProviders", providers);
        JsonNode rotation = spec.path("refreshTokenRotation");
        boolean rotates = rotation.path("feature").asText().equals("ENABLED");
        settings.put("ExplicitAuthFlows", authFlows(type, rotates));
        settings.put(
                "RefreshTokenRotation",
                rotates ? seconds(rotation.path("retryGracePeriod").asText("0s")) : "off");
        settings.put(
                "AccessTokenValidity", seconds(spec.path("accessTokenValidity").asText("1h")));
        settings.put("IdTokenValidity", seconds(spec.path("idTokenValidity").asText("1h")));
        settings.put(
                "RefreshTokenValidity",
                seconds(spec.path("refreshTokenValidity").asText("30d")));
        settings.put(
                "AuthSessionValidity", seconds(spec.path("authSessionValidity").asText("3m")) / 60);
        settings.put("EnableTokenRevocation", spec.path("enableTokenRevocation").asBoolean(true));
        settings.put(
                "PreventUserExistenceErrors",
                spec.path("preventUserExistenceErrors").asText("ENABLED"));
        return settings;
    }

    /** An adopted client keeps its name, or gets the name of the manifest without a suffix. */
    private static String name(JsonNode meta, JsonNode spec, AppClient client) {
        if (!Ledger.adopts(spec).isEmpty()) {
            return spec.path("clientName").asText(client.name());
        }
        String shown = spec.path("clientName")
                .asText(meta.path("namespace").asText() + "."
                        + meta.path("name").asText());
        return shown + Snapshot.suffix(meta.path("uid").asText());
    }

    private static SortedSet<String> authFlows(String type, boolean rotates) {
        SortedSet<String> flows = new TreeSet<>();
        if (!type.equals("MachineToMachine")) {
            flows.add("ALLOW_USER_SRP_AUTH");
        }
        if (!rotates) {
            flows.add("ALLOW_REFRESH_TOKEN_AUTH");
        }
        return flows;
    }

    /** The settings in Cognito, with the documented defaults of those that were never set. */
    static Map<String, Object> found(AppClient client) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put("ClientName", client.name());
        LISTS.values().forEach(member -> settings.put(member, set(value(client, member))));
        settings.put("AllowedOAuthFlows", set(value(client, "AllowedOAuthFlows")));
        settings.put("ExplicitAuthFlows", set(value(client, "ExplicitAuthFlows")));
        settings.put("AllowedOAuthFlowsUserPoolClient", flag(client, "AllowedOAuthFlowsUserPoolClient", false));
        JsonNode rotation = value(client, "RefreshTokenRotation");
        boolean rotates = rotation != null && rotation.path("Feature").asText().equals("ENABLED");
        settings.put(
                "RefreshTokenRotation",
                rotates ? rotation.path("RetryGracePeriodSeconds").asInt() : "off");
        settings.put("AccessTokenValidity", validity(client, "AccessToken", 1, "hours"));
        settings.put("IdTokenValidity", validity(client, "IdToken", 1, "hours"));
        settings.put("RefreshTokenValidity", validity(client, "RefreshToken", 30, "days"));
        JsonNode session = value(client, "AuthSessionValidity");
        settings.put("AuthSessionValidity", session == null ? 3 : session.asInt());
        settings.put("EnableTokenRevocation", flag(client, "EnableTokenRevocation", true));
        JsonNode errors = value(client, "PreventUserExistenceErrors");
        settings.put("PreventUserExistenceErrors", errors == null ? "never set" : errors.asText());
        return settings;
    }

    /** The settings that differ, with both values. */
    static List<String> differences(Map<String, Object> wanted, Map<String, Object> found) {
        List<String> differences = new ArrayList<>();
        wanted.forEach((name, value) -> {
            if (!value.equals(found.get(name))) {
                differences.add(name + " (wanted " + value + ", found " + found.get(name) + ")");
            }
        });
        return differences;
    }

    static SortedSet<String> set(@Nullable JsonNode list) {
        SortedSet<String> set = new TreeSet<>();
        if (list != null) {
            list.forEach(item -> set.add(item.asText()));
        }
        return set;
    }

    private static @Nullable JsonNode value(AppClient client, String member) {
        return client.setting(member).orElse(null);
    }

    private static boolean flag(AppClient client, String member, boolean unset) {
        JsonNode value = value(client, member);
        return value == null ? unset : value.asBoolean();
    }

    private static int validity(AppClient client, String token, int unset, String usualUnit) {
        JsonNode number = value(client, token + "Validity");
        JsonNode units = value(client, "TokenValidityUnits");
        String unit = units == null ? usualUnit : units.path(token).asText(usualUnit);
        return (number == null ? unset : number.asInt()) * SECONDS.get(unit.substring(0, 1));
    }

    private static int seconds(String duration) {
        int last = duration.length() - 1;
        return Integer.parseInt(duration.substring(0, last)) * SECONDS.get(duration.substring(last));
    }
}
