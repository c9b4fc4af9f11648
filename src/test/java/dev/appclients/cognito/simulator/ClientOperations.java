package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates, updates, describes, lists and deletes app clients. */
final class ClientOperations {

    private static final Shape.Struct ONE = new Shape.Struct(
            Map.of("UserPoolId", Setting.Shapes.POOL_ID, "ClientId", Shape.secret(1, 128, "[\\w+]+")),
            Set.of("UserPoolId", "ClientId"));
    private static final Shape.Struct LIST = new Shape.Struct(
            Map.of("UserPoolId", Setting.Shapes.POOL_ID, "MaxResults", new Shape.Whole(1, 60)), Set.of("UserPoolId"));

    private final World world;
    private final SimulatorClock clock;
    private final Switches switches;
    private final Ids ids;

    ClientOperations(World world, SimulatorClock clock, Switches switches, Ids ids) {
        this.world = world;
        this.clock = clock;
        this.switches = switches;
        this.ids = ids;
    }

    ObjectNode create(Call call) {
        Shape.require(Setting.CREATE, call.body());
        var pool = world.visibleTo(call);
        var custom = Json.text(call.body(), "ClientSecret");
        boolean generate = call.body().path("GenerateSecret").asBoolean();
        if (custom != null && generate) {
            throw Refusal.invalidParameter("GenerateSecret and ClientSecret can not be used together.");
        }
        var settings = new Replacement(switches, pool.account()).settings(call.body(), null);
        Rules.check(new Proposal(settings, pool, generate || custom != null, true, switches));
        var client = client(pool, settings, custom, generate);
        pool.clients().add(client);
        return described(client);
    }

    /** Returns a client as Cognito creates it, without checking any rule. */
    AppClient client(UserPool pool, Map<String, JsonNode> settings, @Nullable String custom, boolean generate) {
        var id = ids.clientId();
        var now = clock.instant();
        var secretId = SecretArchive.firstId(id, now);
        List<LiveSecret> secrets = List.of();
        if (generate) {
            secrets = List.of(new LiveSecret(secretId, ids.secret(), true, true, now));
        } else if (custom != null) {
            secrets = List.of(new LiveSecret(secretId, custom, true, false, now));
        }
        return new AppClient(pool.id(), id, settings, Map.of(), secrets, now, now);
    }

    ObjectNode update(Call call) {
        Shape.require(Setting.UPDATE, call.body());
        var pool = world.visibleTo(call);
        if (call.clientName() == null && switches.isOn(Switch.NAME_REQUIRED_ON_UPDATE)) {
            throw Refusal.invalidParameter("1 validation error detected: Value null at 'clientName' failed to satisfy"
                    + " constraint: Member must not be null");
        }
        var updated = pool.clients().change(String.valueOf(call.clientId()), before -> {
            if (before == null) {
                throw missingClient(call);
            }
            var settings = new Replacement(switches, pool.account()).settings(call.body(), before);
            Rules.check(new Proposal(settings, pool, before.confidential(), false, switches));
            // The way in which a client was registered does not change, unlike the other members that the API does not
            // model.
            var kept = new HashMap<>(before.extras());
            kept.keySet().retainAll(Set.of(AppClient.CLIENT_TYPE));
            return before.with(settings, kept, clock.instant());
        });
        return described(updated);
    }

    ObjectNode describe(Call call) {
        Shape.require(ONE, call.body());
        var pool = world.visibleTo(call);
        var lag = switches.isOn(Switch.DESCRIBE_LAGS) ? switches.lag() : Duration.ZERO;
        var client = pool.clients().get(String.valueOf(call.clientId()), lag);
        if (client == null) {
            throw missingClient(call);
        }
        return described(client);
    }

    ObjectNode delete(Call call) {
        Shape.require(ONE, call.body());
        world.visibleTo(call).clients().change(String.valueOf(call.clientId()), before -> {
            if (before == null) {
                throw missingClient(call);
            }
            return null;
        });
        return Json.object();
    }

    ObjectNode list(Call call) {
        Shape.require(LIST, call.body());
        var pool = world.visibleTo(call);
        var lag = switches.isOn(Switch.LIST_LAGS) ? switches.lag() : Duration.ZERO;
        return new Pages(60, switches)
                .page(
                        call.body(),
                        "UserPoolClients",
                        after -> pool.clients()
                                .after(after, lag)
                                .map(client -> new Pages.Item(
                                        client.clientId(),
                                        Json.object()
                                                .put("ClientId", client.clientId())
                                                .put("UserPoolId", client.poolId())
                                                .put("ClientName", client.name()))));
    }

    private ObjectNode described(@Nullable AppClient client) {
        var result = Json.object();
        if (client != null) {
            result.set("UserPoolClient", client.describe(switches));
        }
        return result;
    }

    private static Refusal missingClient(Call call) {
        return Refusal.notFound("User pool client " + call.clientId() + " does not exist.");
    }
}
