package dev.appclients.cognito.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.crash.MortalOperator.Trouble;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.Faults;
import dev.appclients.cognito.simulator.Switch;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Does one step after another, and writes down what it has done. What a step finds nothing to be done to, it leaves. */
final class Performer {

    static final String NOTHING = "nothing to be done to";

    /** Late, but early enough to be found: together with the lag of a List well under the time in which a create settles. */
    private static final Duration LATE = Duration.ofMillis(1_000);

    private static final Duration LAG = Duration.ofMillis(1_000);

    private static final List<String> BOTH = List.of("Observe", "Manage");

    private static final List<String> OPERATIONS = List.of(
            "CreateUserPoolClient",
            "CreateUserPoolClient",
            "UpdateUserPoolClient",
            "DescribeUserPoolClient",
            "DeleteUserPoolClient",
            "ListUserPoolClients",
            "DescribeUserPool",
            "*");

    private static final Map<Integer, Map<String, ?>> FOREIGN_CHANGES = Map.of(
            0, Map.of("CallbackURLs", List.of("https://elsewhere.example.com/")),
            1, Map.of("AccessTokenValidity", 7, "TokenValidityUnits", Map.of("AccessToken", "hours")),
            2, Map.of("ExplicitAuthFlows", List.of("ALLOW_CUSTOM_AUTH")),
            3, Map.of("EnableTokenRevocation", false, "AuthSessionValidity", 9),
            4, Map.of("ReadAttributes", List.of("phone_number")));

    private final World world;
    private final Lives lives;

    Performer(World world, Lives lives) {
        this.world = world;
        this.lives = lives;
    }

    /** Does the step; what came of it, for the log of the operations. */
    String perform(Step step) {
        String came;
        try {
            came = switch (step.kind()) {
                case APPLY,
                        DELETE,
                        KEEP_OR_NOT,
                        PAUSE_OR_GO_ON,
                        ASK_FOR_A_LOOK,
                        RECREATE,
                        ADOPT,
                        MANAGE_OR_OBSERVE,
                        PERMIT_OR_NOT,
                        CHANGE_IN_COGNITO,
                        DELETE_IN_COGNITO,
                        RENAME_IN_COGNITO -> withObject(step);
                case STRANGER_IN_COGNITO -> stranger(step);
                case SCOPE_COMES_OR_GOES -> toggle(step, Manifest.SOMETIMES_MISSING_SCOPE);
                case PROVIDER_COMES_OR_GOES -> toggle(step, Manifest.SOMETIMES_MISSING_PROVIDER);
                case DELETE_SECRET, EDIT_SECRET -> tamper(step);
                case SQUAT_ON_SECRET -> squat(step);
                case END_SQUAT -> endSquat(step.slot());
                case ALLOW_OR_DENY, POOL_GOES, POOL_BEGINS_TO_GO, POOL_COMES_BACK -> pool(step);
                case AWS_FAULT -> fault(step);
                case AWS_DENIES -> deny(step);
                case AWS_ALLOWS -> allow();
                case LIST_LAGS_OR_NOT -> lag();
                case AWS_IS_SLOW_OR_NOT -> slow(step);
                case API_SERVER_TROUBLE -> trouble(step, 2);
                case RESTART, KILL, KILL_AT_A_CALL -> life(step);
            };
        } catch (NoSuchElementException gone) {
            came = NOTHING;
        } catch (KubernetesClientException refused) {
            // Gone, or changed by the operator between the look and the deed: as it is for every user.
            if (refused.getCode() != 404 && refused.getCode() != 409) {
                throw refused;
            }
            came = "overtaken (" + refused.getCode() + ")";
        }
        world.ledger.count(step.kind() + (came.equals(NOTHING) ? " without an object" : ""));
        return came;
    }

    // The objects and their clients

    private String withObject(Step step) {
        JsonNode object = world.object(step.slot());
        boolean going = object != null && World.isGoing(object);
        if (step.kind() == Step.Kind.APPLY && !going) {
            if (object == null) {
                world.applyAnew(step.slot(), step.first());
                return "created";
            }
            world.apply(step.slot(), step.first());
            return "changed";
        }
        if (step.kind() == Step.Kind.ADOPT && object == null) {
            return adopt(step);
        }
        if (object == null || (going && step.kind() != Step.Kind.KEEP_OR_NOT)) {
            return NOTHING;
        }
        String clientId = object.path("status").path("clientId").asText();
        return switch (step.kind()) {
            case DELETE -> delete(step.slot(), object, clientId);
            case KEEP_OR_NOT -> keepOrNot(step, object, going);
            case PAUSE_OR_GO_ON -> pauseOrGoOn(step.slot(), object);
            case ASK_FOR_A_LOOK -> annotate(step.slot(), "reconcile-requested-at", Integer.toString(step.number()));
            case RECREATE -> recreate(step.slot(), object, clientId);
            case ADOPT -> NOTHING;
            case MANAGE_OR_OBSERVE -> manageOrObserve(step, object);
            case PERMIT_OR_NOT -> permitOrNot(step, object);
            default -> clientId.isEmpty() ? NOTHING : inCognito(step, object, clientId);
        };
    }

    private String delete(int slot, JsonNode object, String clientId) {
        Ledger.Past past = world.ledger.pasts.get(World.uid(object));
        if (past.retain && !clientId.isEmpty() && !world.ledger.takenAway.contains(clientId)) {
            world.ledger.toBeKept.put(clientId, past.poolId);
        }
        if (!past.retain && clientId.equals(Ledger.adopts(object.path("spec"))) && !clientId.isEmpty()) {
            world.ledger.toBeGone.put(clientId, World.uid(object));
        }
        world.delete(slot);
        return "deleted " + (past.retain ? "with Retain" : "with Delete");
    }

    private String keepOrNot(Step step, JsonNode object, boolean going) {
        Ledger.Past past = world.ledger.pasts.get(World.uid(object));
        boolean retain = step.firstOf(2) == 0;
        past.changedItsMind |= going;
        world.patch(step.slot(), "{\"spec\":{\"deletionPolicy\":\"" + (retain ? "Retain" : "Delete") + "\"}}");
        readAgain(step.slot());
        return "says " + (retain ? "Retain" : "Delete") + (going ? " while going" : "");
    }

    private void readAgain(int slot) {
        JsonNode now = world.object(slot);
        if (now != null) {
            world.ledger.asked(now, world.poolId(slot));
        }
    }

    /** Somebody's client, for an object that takes it over. */
    private String adopt(Step step) {
        if (!Manifest.hasSecret(step.slot())) {
            return NOTHING;
        }
        String poolId = world.poolId(step.slot());
        AppClient legacy = world.simulator.createForeignClient(poolId, "legacy " + step.number());
        world.ledger.legacies.put(legacy.clientId(), legacy);
        if (step.secondOf(8) > 0) {
            world.permit(poolId, legacy.clientId(), world.namespace(step.slot()), BOTH);
            world.applyPermits(poolId);
        }
        boolean observe = step.firstOf(2) == 0;
        world.adopt(step.slot(), step.first(), legacy.clientId(), observe);
        return legacy.clientId() + (observe ? " to observe" : " to manage");
    }

    private String manageOrObserve(Step step, JsonNode object) {
        boolean observe = !Ledger.observes(object.path("spec"));
        world.patch(step.slot(), "{\"spec\":{\"mode\":\"" + (observe ? "Observe" : "Manage") + "\"}}");
        readAgain(step.slot());
        return observe ? "observes" : "manages";
    }

    private String permitOrNot(Step step, JsonNode object) {
        String adopted = Ledger.adopts(object.path("spec"));
        if (adopted.isEmpty()) {
            return NOTHING;
        }
        String poolId = world.poolId(step.slot());
        List<String> modes =
                List.of(BOTH, List.of("Observe"), List.<String>of()).get(step.firstOf(3));
        world.permit(poolId, adopted, world.namespace(step.slot()), modes);
        world.applyPermits(poolId);
        return adopted + " for " + modes;
    }

    private String pauseOrGoOn(int slot, JsonNode object) {
        boolean paused = Judge.isPaused(object);
        return annotate(slot, "paused", paused ? null : "true");
    }

    private String recreate(int slot, JsonNode object, String clientId) {
        if (clientId.isEmpty() || !world.ledger.takenAway.contains(clientId)) {
            return NOTHING;
        }
        world.ledger.pasts.get(World.uid(object)).recreated++;
        return annotate(slot, "recreate", clientId);
    }

    private String annotate(int slot, String annotation, @Nullable String value) {
        world.annotate(slot, annotation, value);
        return annotation + "=" + value;
    }

    private String inCognito(Step step, JsonNode object, String clientId) {
        String poolId = world.poolId(step.slot());
        world.ledger.drifted.add(World.uid(object));
        world.ledger.touchedLegacies.add(clientId);
        boolean adopted = clientId.equals(Ledger.adopts(object.path("spec")));
        switch (step.kind()) {
            case CHANGE_IN_COGNITO ->
                world.simulator.changeClient(
                        poolId, clientId, FOREIGN_CHANGES.get(step.firstOf(FOREIGN_CHANGES.size())));
            case DELETE_IN_COGNITO -> {
                world.ledger.takenAway.add(clientId);
                world.simulator.deleteClient(poolId, clientId);
            }
            case RENAME_IN_COGNITO -> {
                if (!adopted) {
                    // The name is how the operator knows its own; one that was adopted may be called anything.
                    world.ledger.takenAway.add(clientId);
                }
                world.simulator.changeClient(poolId, clientId, Map.of("ClientName", "renamed by hand"));
            }
            default -> throw new IllegalStateException(step.toString());
        }
        return "client " + clientId;
    }

    private String stranger(Step step) {
        String poolId = world.poolId(step.slot());
        String name = world.namespace(step.slot()) + "." + Manifest.name(step.slot())
                + (step.firstOf(2) == 0 ? "" : ".0123456789");
        AppClient client = world.simulator.createForeignClient(poolId, name);
        world.ledger.strangers.put(client.clientId(), client);
        return client.clientId() + " in " + poolId;
    }

    private String toggle(Step step, String dependency) {
        String poolId = World.POOL_IDS.get(step.firstOf(World.POOL_IDS.size()));
        world.toggle(poolId, dependency);
        return dependency + (world.lacks(poolId, dependency) ? " goes from " : " comes to ") + poolId;
    }

    // The Secrets

    private String tamper(Step step) {
        JsonNode object = world.object(step.slot());
        Secret secret = object == null ? null : secret(step.slot(), Judge.secretName(object));
        String uid = object == null ? "" : World.uid(object);
        if (secret == null || !Judge.isMarked(secret, uid)) {
            return NOTHING;
        }
        world.ledger.tampered(uid);
        var handle = world.admin
                .secrets()
                .inNamespace(world.namespace(step.slot()))
                .withName(secret.getMetadata().getName());
        if (step.kind() == Step.Kind.DELETE_SECRET) {
            handle.delete();
            return "deleted";
        }
        Edits.edit(
                handle,
                edited -> new SecretBuilder(edited)
                        .addToStringData(step.firstOf(2) == 0 ? "client-id" : "issuer", "of-somebody-else")
                        .build());
        return "edited";
    }

    private String squat(Step step) {
        String namespace = world.namespace(step.slot());
        String name = step.firstOf(2) == 0 ? Manifest.name(step.slot()) : Manifest.otherSecret(step.slot());
        if (secret(step.slot(), name) != null) {
            return NOTHING;
        }
        Secret squat = world.admin
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .addToStringData("password", "theirs")
                        .build())
                .create();
        world.ledger.squats.put(namespace + "/" + name, squat);
        return name;
    }

    String endSquat(int slot) {
        String ended = NOTHING;
        for (String name : List.of(Manifest.name(slot), Manifest.otherSecret(slot))) {
            if (world.ledger.squats.remove(world.namespace(slot) + "/" + name) != null) {
                world.admin
                        .secrets()
                        .inNamespace(world.namespace(slot))
                        .withName(name)
                        .delete();
                ended = name;
            }
        }
        return ended;
    }

    private @Nullable Secret secret(int slot, String name) {
        return world.admin
                .secrets()
                .inNamespace(world.namespace(slot))
                .withName(name)
                .get();
    }

    // The pools

    private String pool(Step step) {
        String poolId = World.POOL_IDS.get(step.firstOf(World.POOL_IDS.size()));
        var pool = world.clusterPool(poolId);
        boolean going = pool != null && pool.isMarkedForDeletion();
        if (pool == null && step.kind() != Step.Kind.POOL_COMES_BACK) {
            return NOTHING;
        }
        return switch (step.kind()) {
            case ALLOW_OR_DENY -> {
                if (step.secondOf(3) > 0) {
                    world.allowAll(poolId);
                    yield poolId + " allows all";
                }
                world.allow(poolId, step.second() >> 4);
                yield poolId + " allows only some";
            }
            case POOL_BEGINS_TO_GO -> {
                world.beginToRemovePool(poolId);
                yield poolId;
            }
            case POOL_GOES -> {
                world.removePoolByForce(poolId);
                yield poolId;
            }
            default -> {
                if (pool != null && !going) {
                    yield NOTHING;
                }
                // One that is going serves deletions only: as long as it is there, no other can take its place.
                world.removePoolByForce(poolId);
                world.allowAll(poolId);
                yield poolId;
            }
        };
    }

    // What fails

    private String fault(Step step) {
        String operation = OPERATIONS.get(step.firstOf(OPERATIONS.size()));
        Faults.Builder fault = world.simulator
                .faults()
                .on(operation)
                .call(1 + (step.first() >> 8) % 3)
                .times(1 + step.secondOf(3));
        int kind = (step.second() >> 8) % 8;
        switch (kind) {
            case 0 -> fault.throttle();
            case 1 -> fault.failBeforeCommit("InternalErrorException", 500, "Something went wrong.");
            case 2 -> fault.failAfterCommit("InternalErrorException", 500, "Something went wrong.");
            case 3 -> fault.dropBeforeCommit();
            case 4 -> fault.dropAfterCommit();
            case 5 -> fault.commitLate(LATE);
            case 6 -> fault.expireCredentials();
            default -> fault.pause(LATE);
        }
        return operation + " "
                + List.of("throttled", "500", "500 after", "dropped", "dropped after", "late", "expired", "held")
                        .get(kind);
    }

    private String deny(Step step) {
        String action = OPERATIONS.get(step.firstOf(OPERATIONS.size() - 1));
        String poolId = World.POOL_IDS.get(step.secondOf(World.POOL_IDS.size()));
        world.simulator
                .access()
                .deny("*", "cognito-idp:" + action, world.pool(poolId).arn());
        return action + " on " + poolId;
    }

    private String allow() {
        world.simulator.access().withoutPolicies();
        return "everything";
    }

    private String lag() {
        boolean lags = !world.simulator.switches().isOn(Switch.LIST_LAGS);
        world.simulator.switches().lag(LAG);
        world.simulator.switches().set(Switch.LIST_LAGS, lags);
        return lags ? "lags" : "does not";
    }

    private String slow(Step step) {
        if (step.firstOf(2) == 0) {
            world.simulator.latency(Duration.ofMillis(20), Duration.ofMillis(200));
            return "slow";
        }
        world.simulator.faults().clear();
        return "quick, and all faults gone";
    }

    private String trouble(Step step, int from) {
        Trouble[] all = Trouble.values();
        Trouble trouble = all[from + step.firstOf(all.length - from)];
        int nth = 1 + step.secondOf(10);
        lives.trouble(trouble, nth);
        return trouble + " at call " + nth;
    }

    private String life(Step step) {
        return switch (step.kind()) {
            case RESTART -> {
                lives.restart();
                yield "life " + lives.count();
            }
            case KILL -> {
                lives.kill();
                yield "life " + lives.count();
            }
            default -> {
                Trouble death = step.firstOf(2) == 0 ? Trouble.DEATH_BEFORE : Trouble.DEATH_AFTER;
                int nth = 1 + step.secondOf(30);
                lives.trouble(death, nth);
                yield death + " at call " + nth;
            }
        };
    }
}
