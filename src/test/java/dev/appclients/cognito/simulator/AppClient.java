package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An app client as it is stored: only the settings that were set.
 *
 * @param settings by their name on the wire; lists without duplicates and never empty
 * @param extras members that the modelled API does not have; descriptions show them, and an update removes them
 * @param secrets the live ones, oldest first; none for a public client
 * @param published the answer of Cognito that this client was loaded from, without its secret; descriptions show it until the
 *     next change; null for a client that was not loaded
 */
public record AppClient(
        String poolId,
        String clientId,
        Map<String, JsonNode> settings,
        Map<String, JsonNode> extras,
        List<LiveSecret> secrets,
        Instant created,
        Instant modified,
        @Nullable ObjectNode published) {

    /** The member that tells how the client was registered. */
    static final String CLIENT_TYPE = "ClientType";

    public AppClient {
        settings = Map.copyOf(settings);
        extras = Map.copyOf(extras);
        secrets = List.copyOf(secrets);
    }

    public AppClient(
            String poolId,
            String clientId,
            Map<String, JsonNode> settings,
            Map<String, JsonNode> extras,
            List<LiveSecret> secrets,
            Instant created,
            Instant modified) {
        this(poolId, clientId, settings, extras, secrets, created, modified, null);
    }

    public String name() {
        return settings.get(Setting.CLIENT_NAME.member()).asText();
    }

    /** A setting under its name on the wire; empty when it was never set. */
    public Optional<JsonNode> setting(String member) {
        return Optional.ofNullable(settings.get(member));
    }

    public boolean confidential() {
        return !secrets.isEmpty();
    }

    AppClient with(Map<String, JsonNode> newSettings, Map<String, JsonNode> newExtras, Instant now) {
        return new AppClient(poolId, clientId, newSettings, newExtras, secrets, created, now);
    }

    /** Whether the client registered itself. */
    boolean dynamicallyRegistered() {
        var type = extras.get(CLIENT_TYPE);
        return type != null && type.asText().equals("DCR");
    }

    AppClient withSecrets(List<LiveSecret> newSecrets) {
        return new AppClient(poolId, clientId, settings, extras, newSecrets, created, modified, published);
    }

    /** The live secret with this value. */
    @Nullable
    LiveSecret secretWithValue(String value) {
        for (var secret : secrets) {
            if (secret.value().equals(value)) {
                return secret;
            }
        }
        return null;
    }

    /** The description that Create, Update and Describe answer with. */
    ObjectNode describe(Switches switches) {
        var described = published == null
                ? Json.object().put("UserPoolId", poolId).put("ClientId", clientId)
                : published.deepCopy();
        describedSecret(switches)
                .filter(secret -> secret.generated() || switches.isOn(Switch.CUSTOM_SECRET_ECHOED))
                .ifPresent(secret -> described.put("ClientSecret", secret.value()));
        if (published != null) {
            return described;
        }
        for (var setting : Setting.values()) {
            echo(setting, described, switches);
        }
        described.set("CreationDate", Json.timestamp(created));
        described.set("LastModifiedDate", Json.timestamp(modified));
        if (switches.isOn(Switch.MEMBERS_UNKNOWN_TO_THE_SDK)) {
            described.put(CLIENT_TYPE, "REGULAR");
        }
        extras.forEach(described::set);
        return described;
    }

    private Optional<LiveSecret> describedSecret(Switches switches) {
        if (secrets.isEmpty() || switches.isOn(Switch.NEWEST_SECRET_DESCRIBED)) {
            return secrets.isEmpty() ? Optional.empty() : Optional.of(secrets.getLast());
        }
        var original = secrets.stream().filter(LiveSecret::original).findFirst();
        return original.isEmpty() && switches.isOn(Switch.REMAINING_SECRET_DESCRIBED)
                ? Optional.of(secrets.getFirst())
                : original;
    }

    private void echo(Setting setting, ObjectNode described, Switches switches) {
        var value = settings.getOrDefault(setting.member(), setting.unset());
        if (setting.isList()) {
            echoList(setting, value == null ? List.of() : Json.list(value), described, switches);
            return;
        }
        boolean hidden = value == null
                || setting == Setting.REFRESH_TOKEN_ROTATION
                        && value.path("Feature").asText().equals("DISABLED")
                        && !switches.isOn(Switch.DISABLED_ROTATION_ECHOED);
        if (!hidden) {
            described.set(setting.member(), value);
        }
    }

    private static void echoList(Setting setting, List<String> items, ObjectNode described, Switches switches) {
        if (!items.isEmpty() || !switches.isOn(Switch.EMPTY_LISTS_ABSENT)) {
            described.set(
                    setting.member(), Json.strings(switches.isOn(Switch.LISTS_SORTED) ? new TreeSet<>(items) : items));
        }
    }
}
