package dev.appclients.cognito.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.appclients.cognito.simulator.AppClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Spells a stored client as the service might show it: lists in another order or with duplicates, numbers in other units, defaults
 * shown or absent, a disabled rotation with a grace period, a role filled in.
 */
public final class Respelling {

    private static final List<String> LISTS = List.of(
            "ExplicitAuthFlows",
            "AllowedOAuthFlows",
            "AllowedOAuthScopes",
            "CallbackURLs",
            "LogoutURLs",
            "SupportedIdentityProviders",
            "ReadAttributes",
            "WriteAttributes");
    private static final Map<String, Object> DEFAULTS = Map.of(
            "AuthSessionValidity",
            3,
            "EnableTokenRevocation",
            true,
            "EnablePropagateAdditionalUserContextData",
            false,
            "AllowedOAuthFlowsUserPoolClient",
            false);
    private static final Map<String, Integer> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("seconds", 1);
        UNITS.put("minutes", 60);
        UNITS.put("hours", 3_600);
        UNITS.put("days", 86_400);
    }

    private final AppClient stored;
    private final Random random;
    private final Map<String, Object> changes = new LinkedHashMap<>();

    private Respelling(AppClient stored, Random random) {
        this.stored = stored;
        this.random = random;
    }

    /** Changes of the stored client, by member name, that do not change its meaning; null means never set. */
    public static Map<String, Object> of(AppClient stored, Random random) {
        Respelling one = new Respelling(stored, random);
        LISTS.forEach(one::list);
        DEFAULTS.forEach(one::defaultValue);
        one.userExistenceErrors();
        one.validities();
        one.rotation();
        one.analytics();
        return one.changes;
    }

    private void list(String member) {
        List<String> values =
                new ArrayList<>(stored.setting(member).map(Respelling::texts).orElse(List.of()));
        values.addAll(values.stream().filter(value -> random.nextInt(4) == 0).toList());
        Collections.shuffle(values, random);
        changes.put(member, values.isEmpty() && random.nextBoolean() ? null : values);
    }

    private void defaultValue(String member, Object value) {
        String shown = stored.setting(member).map(JsonNode::asText).orElse(value.toString());
        if (shown.equals(value.toString())) {
            changes.put(member, random.nextBoolean() ? null : value);
        }
    }

    private void userExistenceErrors() {
        String member = "PreventUserExistenceErrors";
        if (stored.setting(member).map(JsonNode::asText).orElse("LEGACY").equals("LEGACY")) {
            changes.put(member, random.nextBoolean() ? null : "LEGACY");
        }
    }

    private void validities() {
        Map<String, String> units = new LinkedHashMap<>();
        validity("AccessTokenValidity", "AccessToken", 1, "hours", units);
        validity("IdTokenValidity", "IdToken", 1, "hours", units);
        validity("RefreshTokenValidity", "RefreshToken", 30, "days", units);
        changes.put("TokenValidityUnits", units.isEmpty() && random.nextBoolean() ? null : units);
    }

    private void validity(String member, String token, int absent, String absentUnit, Map<String, String> units) {
        int number = stored.setting(member).map(JsonNode::asInt).orElse(absent);
        String unit = stored.setting("TokenValidityUnits")
                .map(all -> all.path(token))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .orElse(absentUnit);
        long seconds = (long) number * UNITS.get(unit);
        if (seconds == (long) absent * UNITS.get(absentUnit) && random.nextBoolean()) {
            changes.put(member, null);
            return;
        }
        List<String> possible = UNITS.keySet().stream()
                .filter(each -> seconds % UNITS.get(each) == 0)
                .toList();
        String chosen = possible.get(random.nextInt(possible.size()));
        changes.put(member, seconds / UNITS.get(chosen));
        if (!chosen.equals(absentUnit) || random.nextBoolean()) {
            units.put(token, chosen);
        }
    }

    private void rotation() {
        boolean enabled = stored.setting("RefreshTokenRotation")
                .map(rotation -> rotation.path("Feature").asText().equals("ENABLED"))
                .orElse(false);
        if (!enabled) {
            changes.put(
                    "RefreshTokenRotation",
                    random.nextBoolean() ? null : Map.of("Feature", "DISABLED", "RetryGracePeriodSeconds", 20));
        }
    }

    private void analytics() {
        stored.setting("AnalyticsConfiguration")
                .filter(shown -> shown.has("ApplicationArn"))
                .ifPresent(shown -> {
                    Map<String, Object> other = new LinkedHashMap<>();
                    other.put("ApplicationArn", shown.path("ApplicationArn").asText());
                    other.put("UserDataShared", shown.path("UserDataShared").asBoolean());
                    if (random.nextBoolean()) {
                        other.put("RoleArn", "arn:aws:iam::111122223333:role/aws-service-role/another/Linked");
                    }
                    changes.put("AnalyticsConfiguration", other);
                });
    }

    private static List<String> texts(@Nullable JsonNode list) {
        return list == null
                ? List.of()
                : StreamSupport.stream(list.spliterator(), false)
                        .map(TextNode.class::cast)
                        .map(TextNode::asText)
                        .toList();
    }
}
