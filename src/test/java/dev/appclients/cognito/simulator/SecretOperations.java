package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Adds, lists and deletes the secrets of an app client. */
final class SecretOperations {

    /** The maximum number of live secrets of a client. */
    private static final int MOST = 2;

    private static final Shape CLIENT_ID = Shape.secret(1, 128, "[\\w+]+");
    private static final Shape.Struct ADD = new Shape.Struct(
            // The service repeats a malformed value in its message, although the model marks the member as sensitive.
            Map.of(
                    "UserPoolId",
                    Setting.Shapes.POOL_ID,
                    "ClientId",
                    CLIENT_ID,
                    "ClientSecret",
                    Shape.text(24, 64, "[\\w+]+")),
            Set.of("UserPoolId", "ClientId"));
    private static final Shape.Struct LIST = new Shape.Struct(
            Map.of("UserPoolId", Setting.Shapes.POOL_ID, "ClientId", CLIENT_ID), Set.of("UserPoolId", "ClientId"));
    private static final Shape.Struct DELETE = new Shape.Struct(
            Map.of(
                    "UserPoolId",
                    Setting.Shapes.POOL_ID,
                    "ClientId",
                    CLIENT_ID,
                    "ClientSecretId",
                    Shape.text(1, 128, "[\\w+-]+")),
            Set.of("UserPoolId", "ClientId", "ClientSecretId"));

    private final World world;
    private final SimulatorClock clock;
    private final Switches switches;
    private final Ids ids;

    SecretOperations(World world, SimulatorClock clock, Switches switches, Ids ids) {
        this.world = world;
        this.clock = clock;
        this.switches = switches;
        this.ids = ids;
    }

    ObjectNode add(Call call) {
        Shape.require(ADD, call.body());
        var clients = world.visibleTo(call).clients();
        var clientId = String.valueOf(call.clientId());
        var value = Json.text(call.body(), "ClientSecret");
        var changed = change(clients, call, before -> {
            requireManaged(before);
            requireConfidential(before);
            requireSupplied(clients, clientId, value);
            boolean lagging = switches.isOn(Switch.ADD_AFTER_DELETE_LIMITED)
                    && secretsSeen(clients, clientId, switches.lag()).size() >= MOST;
            if (lagging || before.secrets().size() >= MOST) {
                throw Refusal.limitExceeded("Client secrets cannot exceed limit of " + MOST + " secrets.");
            }
            return withAdded(clients, before, value);
        });
        var added = changed.secrets().getLast();
        var descriptor = descriptor(added);
        if (added.generated()) {
            descriptor.put("ClientSecretValue", added.value());
        }
        var result = Json.object();
        result.set("ClientSecretDescriptor", descriptor);
        return result;
    }

    /** Lists the newest secret first: the order is not documented, and a caller must not rely on one. */
    ObjectNode list(Call call) {
        Shape.require(LIST, call.body());
        var clients = world.visibleTo(call).clients();
        var clientId = String.valueOf(call.clientId());
        var client = clients.get(clientId);
        if (client == null) {
            throw missingClient(call);
        }
        requireManaged(client);
        var lag = switches.isOn(Switch.SECRET_LIST_LAGS) ? switches.lag() : Duration.ZERO;
        var newestFirst = secretsSeen(clients, clientId, lag).stream()
                .sorted(Comparator.comparing(LiveSecret::id).reversed())
                .toList();
        return new Pages(switches.isOn(Switch.SECRETS_ONE_PER_PAGE) ? 1 : MOST, switches)
                .page(
                        call.body(),
                        "ClientSecrets",
                        after -> newestFirst.stream()
                                .filter(secret -> after.isEmpty() || secret.id().compareTo(after) < 0)
                                .map(secret -> new Pages.Item(secret.id(), descriptor(secret))));
    }

    ObjectNode delete(Call call) {
        Shape.require(DELETE, call.body());
        var clients = world.visibleTo(call).clients();
        var secretId = Json.text(call.body(), "ClientSecretId", "");
        change(clients, call, before -> {
            requireManaged(before);
            boolean last = before.secrets().size() < MOST;
            boolean known =
                    before.secrets().stream().anyMatch(secret -> secret.id().equals(secretId));
            if (last && (known || switches.isOn(Switch.LAST_SECRET_CHECKED_FIRST))) {
                throw Refusal.invalidParameter("The last client secret of a user pool client cannot be deleted.");
            }
            if (!known) {
                throw unknownSecret(secretId);
            }
            return without(before, secretId);
        });
        return Json.object();
    }

    /** Adds a secret as another writer, without quotas or the journal. A null value: the service generates one. */
    LiveSecret addForeign(Clients clients, String clientId, @Nullable String value) {
        var changed = clients.change(clientId, before -> {
            if (before == null) {
                throw new NoSuchElementException("There is no client " + clientId + ".");
            }
            if (!before.confidential() || before.secrets().size() >= MOST) {
                throw new IllegalStateException("Client " + clientId + " has "
                        + before.secrets().size() + " secrets, and only a client with one can get another.");
            }
            return withAdded(clients, before, value);
        });
        return Objects.requireNonNull(changed).secrets().getLast();
    }

    /** Deletes a secret as another writer, without quotas or the journal. */
    void removeForeign(Clients clients, String clientId, String secretId) {
        clients.change(clientId, before -> {
            if (before == null
                    || before.secrets().stream().noneMatch(secret -> secret.id().equals(secretId))) {
                throw new NoSuchElementException("Client " + clientId + " has no secret " + secretId + ".");
            }
            if (before.secrets().size() < MOST) {
                throw new IllegalStateException("The last secret of client " + clientId + " cannot be deleted.");
            }
            return without(before, secretId);
        });
    }

    private AppClient withAdded(Clients clients, AppClient before, @Nullable String value) {
        Instant now = clock.instant();
        var secrets = new ArrayList<>(before.secrets());
        secrets.add(new LiveSecret(
                clients.archive().nextId(before.clientId(), now),
                value == null ? ids.secret() : value,
                false,
                value == null,
                now));
        return before.withSecrets(secrets);
    }

    private static AppClient without(AppClient before, String secretId) {
        return before.withSecrets(before.secrets().stream()
                .filter(secret -> !secret.id().equals(secretId))
                .toList());
    }

    private void requireConfidential(AppClient client) {
        if (!client.confidential()) {
            throw ineligible("Client secrets cannot be added to a public client.");
        }
    }

    private void requireManaged(AppClient client) {
        if (client.dynamicallyRegistered()) {
            throw ineligible("The secrets of a dynamically registered client cannot be managed.");
        }
    }

    private Refusal ineligible(String message) {
        return switches.isOn(Switch.INELIGIBLE_CLIENT_IS_ACCESS_DENIED)
                ? new Refusal("AccessDeniedException", 400, message)
                : Refusal.invalidParameter(message);
    }

    private void requireSupplied(Clients clients, String clientId, @Nullable String value) {
        if (value == null) {
            return;
        }
        if (switches.isOn(Switch.SUPPLIED_SECRETS_REFUSED)) {
            throw refusedValue(value, "Member must be null");
        }
        if (switches.isOn(Switch.SECRET_VALUES_ARE_UNIQUE) && clients.archive().idOf(clientId, value) != null) {
            throw refusedValue(value, "Member must not have been used before");
        }
    }

    private static Refusal refusedValue(String value, String constraint) {
        return Refusal.invalidParameter("1 validation error detected: Value '" + value
                + "' at 'clientSecret' failed to satisfy constraint: " + constraint);
    }

    private Refusal unknownSecret(String secretId) {
        var message = "Client secret " + secretId + " does not exist.";
        return switches.isOn(Switch.UNKNOWN_SECRET_IS_A_PARAMETER)
                ? Refusal.invalidParameter(message)
                : Refusal.notFound(message);
    }

    private static AppClient change(Clients clients, Call call, UnaryOperator<AppClient> change) {
        var after = clients.change(String.valueOf(call.clientId()), before -> {
            if (before == null) {
                throw missingClient(call);
            }
            return change.apply(before);
        });
        return Objects.requireNonNull(after);
    }

    private static List<LiveSecret> secretsSeen(Clients clients, String clientId, Duration lag) {
        var client = clients.get(clientId, lag);
        return client == null ? List.of() : client.secrets();
    }

    private static ObjectNode descriptor(LiveSecret secret) {
        var descriptor = Json.object().put("ClientSecretId", secret.id());
        descriptor.set("ClientSecretCreateDate", Json.timestamp(secret.created()));
        return descriptor;
    }

    private static Refusal missingClient(Call call) {
        return Refusal.notFound("User pool client " + call.clientId() + " does not exist.");
    }
}
