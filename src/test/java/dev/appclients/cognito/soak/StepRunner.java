package dev.appclients.cognito.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.crash.CrashableOperator.Failure;
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

/** Performs and records the steps. A step without a suitable object does nothing. */
final class StepRunner {

    static final String NOTHING = "nothing to do";

    /** Late, but found: with the lag of a List, well below the settling time of a create. */
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
            "AddUserPoolClientSecret",
            "AddUserPoolClientSecret",
            "ListUserPoolClientSecrets",
            "DeleteUserPoolClientSecret",
            "DescribeUserPool",
            "*");

    private static final Map<Integer, Map<String, ?>> FOREIGN_CHANGES = Map.of(
            0, Map.of("CallbackURLs", List.of("https://elsewhere.example.com/")),
            1, Map.of("AccessTokenValidity", 7, "TokenValidityUnits", Map.of("AccessToken", "hours")),
            2, Map.of("ExplicitAuthFlows", List.of("ALLOW_CUSTOM_AUTH")),
            3, Map.of("EnableTokenRevocation", false, "AuthSessionValidity", 9),
            4, Map.of("ReadAttributes", List.of("phone_number")));

    private final World world;
    private final Operators operators;

    StepRunner(World world, Operators operators) {
        this.world = world;
        this.operators = operators;
    }

    /** Performs the step. Returns the result for the log. */
    String perform(Step step) {
        String result;
        try {
            result = switch (step.kind()) {
                case APPLY,
                        DELETE,
                        CHANGE_DELETION_POLICY,
                        TOGGLE_PAUSE,
                        REQUEST_RECONCILE,
                        RECREATE,
                        ADOPT,
                        TOGGLE_MODE,
                        CHANGE_ADOPTION_ENTRY,
                        ROTATE,
                        RETIRE,
                        CHANGE_IN_COGNITO,
                        DELETE_IN_COGNITO,
                        RENAME_IN_COGNITO -> withObject(step);
                case CREATE_FOREIGN_CLIENT -> createForeignClient(step);
                case TOGGLE_SCOPE -> toggle(step, Manifest.SOMETIMES_MISSING_SCOPE);
                case TOGGLE_PROVIDER -> toggle(step, Manifest.SOMETIMES_MISSING_PROVIDER);
                case DELETE_SECRET, EDIT_SECRET -> changeSecret(step);
                case CREATE_FOREIGN_SECRET -> createForeignSecret(step);
                case DELETE_FOREIGN_SECRET -> deleteForeignSecret(step.slot());
                case CHANGE_ALLOWED_NAMESPACES, REMOVE_POOL_BY_FORCE, DELETE_POOL, RESTORE_POOL -> pool(step);
                case AWS_FAULT -> fault(step);
                case DENY_ACTION -> deny(step);
                case ALLOW_ACTIONS -> allow();
                case TOGGLE_LIST_LAG -> lag();
                case TOGGLE_LATENCY -> slow(step);
                case API_SERVER_FAILURE -> apiServerFailure(step, 2);
                case RESTART, KILL, KILL_AT_CALL -> operator(step);
            };
        } catch (NoSuchElementException gone) {
            result = NOTHING;
        } catch (KubernetesClientException refused) {
            // The operator or another writer deleted or changed the object between the read and the write.
            if (refused.getCode() != 404 && refused.getCode() != 409) {
                throw refused;
            }
            result = "conflict (" + refused.getCode() + ")";
        }
        world.ledger.count(step.kind() + (result.equals(NOTHING) ? " without an object" : ""));
        return result;
    }

    // The objects and their clients

    private String withObject(Step step) {
        JsonNode object = world.object(step.slot());
        boolean deleting = object != null && World.isBeingDeleted(object);
        if (step.kind() == Step.Kind.APPLY && !deleting) {
            if (object == null) {
                world.applyNew(step.slot(), step.first());
                return "created";
            }
            world.apply(step.slot(), step.first());
            return "changed";
        }
        if (step.kind() == Step.Kind.ADOPT && object == null) {
            return adopt(step);
        }
        if (object == null || (deleting && step.kind() != Step.Kind.CHANGE_DELETION_POLICY)) {
            return NOTHING;
        }
        String clientId = object.path("status").path("clientId").asText();
        return switch (step.kind()) {
            case DELETE -> delete(step.slot(), object, clientId);
            case CHANGE_DELETION_POLICY -> changeDeletionPolicy(step, object, deleting);
            case TOGGLE_PAUSE -> togglePause(step.slot(), object);
            case REQUEST_RECONCILE -> annotate(step.slot(), "reconcile-requested-at", Integer.toString(step.number()));
            case RECREATE -> recreate(step.slot(), object, clientId);
            case ADOPT -> NOTHING;
            case TOGGLE_MODE -> toggleMode(step, object);
            case CHANGE_ADOPTION_ENTRY -> changeAdoptionEntry(step, object);
            case ROTATE -> rotate(step, clientId);
            case RETIRE -> retire(step, clientId);
            default -> clientId.isEmpty() ? NOTHING : inCognito(step, object, clientId);
        };
    }

    private String delete(int slot, JsonNode object, String clientId) {
        Ledger.History history = world.ledger.histories.get(World.uid(object));
        if (history.retain && !clientId.isEmpty() && !world.ledger.lostClients.contains(clientId)) {
            world.ledger.mustExist.put(clientId, history.poolId);
        }
        if (!history.retain && clientId.equals(Ledger.adopts(object.path("spec"))) && !clientId.isEmpty()) {
            world.ledger.mustBeDeleted.put(clientId, World.uid(object));
        }
        world.delete(slot);
        return "deleted " + (history.retain ? "with Retain" : "with Delete");
    }

    private String changeDeletionPolicy(Step step, JsonNode object, boolean deleting) {
        Ledger.History history = world.ledger.histories.get(World.uid(object));
        boolean retain = step.firstOf(2) == 0;
        history.policyChangedLate |= deleting;
        world.patch(step.slot(), "{\"spec\":{\"deletionPolicy\":\"" + (retain ? "Retain" : "Delete") + "\"}}");
        recordCurrent(step.slot());
        return "sets " + (retain ? "Retain" : "Delete") + (deleting ? " while being deleted" : "");
    }

    private void recordCurrent(int slot) {
        JsonNode now = world.object(slot);
        if (now != null) {
            world.ledger.recordApplied(now, world.poolId(slot));
        }
    }

    /** Creates a client in Cognito, and an object that adopts it. */
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

    private String toggleMode(Step step, JsonNode object) {
        boolean observe = !Ledger.observes(object.path("spec"));
        world.patch(step.slot(), "{\"spec\":{\"mode\":\"" + (observe ? "Observe" : "Manage") + "\"}}");
        recordCurrent(step.slot());
        return observe ? "observes" : "manages";
    }

    private String changeAdoptionEntry(Step step, JsonNode object) {
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

    private String togglePause(int slot, JsonNode object) {
        boolean paused = Oracle.isPaused(object);
        return annotate(slot, "paused", paused ? null : "true");
    }

    private String recreate(int slot, JsonNode object, String clientId) {
        if (clientId.isEmpty() || !world.ledger.lostClients.contains(clientId)) {
            return NOTHING;
        }
        world.ledger.histories.get(World.uid(object)).recreated++;
        return annotate(slot, "recreate", clientId);
    }

    private String rotate(Step step, String clientId) {
        if (!Manifest.hasSecret(step.slot()) || clientId.isEmpty()) {
            return NOTHING;
        }
        world.ledger.changedLegacies.add(clientId);
        return annotate(step.slot(), "rotate-requested-at", Integer.toString(step.number()));
    }

    /** Names the older of two secrets, which ends an overlap, or the only secret, which the operator must not delete. */
    private String retire(Step step, String clientId) {
        String poolId = world.poolId(step.slot());
        return world.simulator.clients(poolId).stream()
                .filter(client -> client.clientId().equals(clientId))
                .flatMap(client -> client.secrets().stream())
                .findFirst()
                .map(oldest -> annotate(step.slot(), "retire-secret", oldest.id()))
                .orElse(NOTHING);
    }

    private String annotate(int slot, String annotation, @Nullable String value) {
        world.annotate(slot, annotation, value);
        return annotation + "=" + value;
    }

    private String inCognito(Step step, JsonNode object, String clientId) {
        String poolId = world.poolId(step.slot());
        world.ledger.drifted.add(World.uid(object));
        world.ledger.changedLegacies.add(clientId);
        boolean adopted = clientId.equals(Ledger.adopts(object.path("spec")));
        switch (step.kind()) {
            case CHANGE_IN_COGNITO ->
                world.simulator.changeClient(
                        poolId, clientId, FOREIGN_CHANGES.get(step.firstOf(FOREIGN_CHANGES.size())));
            case DELETE_IN_COGNITO -> {
                world.ledger.lostClients.add(clientId);
                world.simulator.deleteClient(poolId, clientId);
            }
            case RENAME_IN_COGNITO -> {
                if (!adopted) {
                    // The operator identifies its own clients by name. An adopted one can have any name.
                    world.ledger.lostClients.add(clientId);
                }
                world.simulator.changeClient(poolId, clientId, Map.of("ClientName", "renamed by hand"));
            }
            default -> throw new IllegalStateException(step.toString());
        }
        return "client " + clientId;
    }

    private String createForeignClient(Step step) {
        String poolId = world.poolId(step.slot());
        String name = world.namespace(step.slot()) + "." + Manifest.name(step.slot())
                + (step.firstOf(2) == 0 ? "" : ".0123456789");
        AppClient client = world.simulator.createForeignClient(poolId, name);
        world.ledger.foreignClients.put(client.clientId(), client);
        return client.clientId() + " in " + poolId;
    }

    private String toggle(Step step, String dependency) {
        String poolId = World.POOL_IDS.get(step.firstOf(World.POOL_IDS.size()));
        world.toggle(poolId, dependency);
        return dependency + (world.lacks(poolId, dependency) ? " removed from " : " added to ") + poolId;
    }

    // The Secrets

    private String changeSecret(Step step) {
        JsonNode object = world.object(step.slot());
        Secret secret = object == null ? null : secret(step.slot(), Oracle.secretName(object));
        String uid = object == null ? "" : World.uid(object);
        if (secret == null || !Oracle.isMarked(secret, uid)) {
            return NOTHING;
        }
        world.ledger.recordSecretChange(uid);
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
                        .addToStringData(step.firstOf(2) == 0 ? "client-id" : "issuer", "foreign")
                        .build());
        return "edited";
    }

    private String createForeignSecret(Step step) {
        String namespace = world.namespace(step.slot());
        String name = step.firstOf(2) == 0 ? Manifest.name(step.slot()) : Manifest.otherSecret(step.slot());
        if (secret(step.slot(), name) != null) {
            return NOTHING;
        }
        Secret foreign = world.admin
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .addToStringData("password", "theirs")
                        .build())
                .create();
        world.ledger.foreignSecrets.put(namespace + "/" + name, foreign);
        return name;
    }

    String deleteForeignSecret(int slot) {
        String ended = NOTHING;
        for (String name : List.of(Manifest.name(slot), Manifest.otherSecret(slot))) {
            if (world.ledger.foreignSecrets.remove(world.namespace(slot) + "/" + name) != null) {
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
        boolean deleting = pool != null && pool.isMarkedForDeletion();
        if (pool == null && step.kind() != Step.Kind.RESTORE_POOL) {
            return NOTHING;
        }
        return switch (step.kind()) {
            case CHANGE_ALLOWED_NAMESPACES -> {
                if (step.secondOf(3) > 0) {
                    world.allowAll(poolId);
                    yield poolId + " allows all";
                }
                world.allow(poolId, step.second() >> 4);
                yield poolId + " allows only some";
            }
            case DELETE_POOL -> {
                world.beginToRemovePool(poolId);
                yield poolId;
            }
            case REMOVE_POOL_BY_FORCE -> {
                world.removePoolByForce(poolId);
                yield poolId;
            }
            default -> {
                if (pool != null && !deleting) {
                    yield NOTHING;
                }
                // A pool that is being deleted serves only deletions, and blocks its name.
                world.removePoolByForce(poolId);
                world.allowAll(poolId);
                yield poolId;
            }
        };
    }

    // Failures

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
        return "not slow, and all faults removed";
    }

    private String apiServerFailure(Step step, int from) {
        Failure[] all = Failure.values();
        Failure failure = all[from + step.firstOf(all.length - from)];
        int nth = 1 + step.secondOf(10);
        operators.fail(failure, nth);
        return failure + " at call " + nth;
    }

    private String operator(Step step) {
        return switch (step.kind()) {
            case RESTART -> {
                operators.restart();
                yield "operator " + operators.count();
            }
            case KILL -> {
                operators.kill();
                yield "operator " + operators.count();
            }
            default -> {
                Failure crash = step.firstOf(2) == 0 ? Failure.CRASH_BEFORE : Failure.CRASH_AFTER;
                int nth = 1 + step.secondOf(30);
                operators.fail(crash, nth);
                yield crash + " at call " + nth;
            }
        };
    }
}
