package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.rotation.Workload.Reading;
import dev.appclients.cognito.crash.CrashableOperator;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.simulator.AuthenticationRefusal;
import dev.appclients.cognito.simulator.JournalEntry;
import dev.appclients.cognito.simulator.LiveSecret;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Base of the proof that a rotation causes no downtime: an operator that can crash, clients with copies, and workloads that authenticate
 * all the time. The operator, Cognito and the workloads share one clock.
 */
abstract class OnProofStage extends OnClaimStage {

    static final Duration OVERLAP = Duration.ofMinutes(10);

    /** The clock while the operator has work. */
    static final Duration SLOW = Duration.ofSeconds(1);

    /** The clock while only the end of the overlap is due. */
    static final Duration FAST = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** The only key of a copy with a template of its own. */
    private static final String OWN_KEY = "password";

    Fleet fleet;
    CrashableOperator operator;
    String target;

    /** A namespace that does not exist yet. */
    String late;

    int crashes;
    int apiServerFaults;
    private int steps;

    @BeforeEach
    void startFleet() {
        applyPoolSharing("""
                sharing:
                  namespaces: {from: All}
                  pushFrom: {from: Names, names: [%s]}
                """.formatted(stage.namespace()));
        target = namespace("target-", Map.of());
        late = target.replace("target-", "late-");
        stage.stopOperator();
        fleet = new Fleet(stage.simulator(), stage.admin(), 15);
        operator = startedOperator();
    }

    @AfterEach
    void stopFleet() {
        fleet.close();
        operator.close();
    }

    @Override
    public OperatorSettings settings() {
        return Stage.SETTINGS.withCreateSettlesAfter(Duration.ofSeconds(1));
    }

    CrashableOperator startedOperator() {
        return CrashableOperator.inThisProcess(
                stage.simulator().endpoint(), settings(), stage.simulator().clock());
    }

    /** Applies a client that pushes to two namespaces, with a claim in its own. Each of its Secrets has a workload after {@link #start}. */
    void applyPushing(String client) {
        applyMachine(client, "  push: {secret: {name: " + client + "-oidc}}");
        claimOn(stage.namespace(), client, stage.namespace(), client + "-own", "preset: Env");
    }

    /** Applies a client with claims in three namespaces. */
    void applyClaimed(String client) {
        applyMachine(client, "");
        claimOn(stage.namespace(), client, stage.namespace(), client + "-own", "preset: Env");
        claimOn(stage.namespace(), client, team, client + "-oidc", "");
        claimOn(stage.namespace(), client, target, client + "-oidc", "");
        claimOn(
                stage.namespace(),
                client,
                target,
                client + "-" + OWN_KEY,
                "preset: None, template: {" + OWN_KEY + ": $(clientSecret)}");
    }

    private void applyMachine(String client, String push) {
        stage.applyClient(client, """
                appType: MachineToMachine
                allowedOAuthScopes: [orders/read]
                rotation: {overlap: 10m, maxOverlap: 2d}
                sharing:
                  namespaces: {from: Names, names: [%s, %s, %s]}
                %s
                """.formatted(team, target, late, push));
    }

    /** Creates a namespace to which every client offers its Secret, and starts a workload there for each of these clients. */
    void createLateNamespace(String pushing, String claimed) {
        recreate(late, Map.of());
        claimOn(stage.namespace(), claimed, late, claimed + "-oidc", "");
        for (String client : List.of(pushing, claimed)) {
            fleet.add(stage.status(client).clientId(), late, client + "-oidc");
        }
        pass(SLOW, fleet::haveStarted);
    }

    /** Starts the workloads of a client: one for its own Secret and one for each copy. Returns the client's id. */
    String start(String client) {
        String id = stage.awaitReady(client).clientId();
        fleet.add(id, stage.namespace(), client);
        fleet.add(id, stage.namespace(), client + "-own", "CLIENT_SECRET", Reading.VARIABLES);
        fleet.add(id, team, client + "-oidc");
        fleet.add(id, target, client + "-oidc");
        if (claimIn(target, client + "-" + OWN_KEY).get() != null) {
            fleet.add(id, target, client + "-" + OWN_KEY, OWN_KEY, Reading.FILES);
        }
        stage.eventually().until(() -> {
            fleet.observe();
            return fleet.haveStarted();
        });
        return id;
    }

    /** Lets time pass in steps until the condition holds. Starts the operator again if it crashed. */
    void pass(Duration step, BooleanSupplier until) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!until.getAsBoolean()) {
            assertThat(Instant.now()).as("the operator makes progress").isBefore(end);
            pass(step);
        }
    }

    /** Lets this much time pass, in steps of {@link #FAST}. */
    void passAll(Duration time) {
        Instant end = now().plus(time);
        while (now().isBefore(end)) {
            pass(FAST);
        }
    }

    private void pass(Duration step) {
        if (operator.hasCrashed()) {
            crashes++;
            restart();
        }
        fleet.pass(step);
        if (step.equals(FAST) && ++steps % 4 == 0) {
            wakeClients();
        }
    }

    /** Replaces the operator. */
    void restart() {
        apiServerFaults += operator.faultsHit();
        operator.close();
        operator = startedOperator();
    }

    /** A timer of the operator does not notice that the clock was advanced. */
    void wakeClients() {
        stage.labelNamespace("woken-at", Long.toString(System.nanoTime()));
    }

    Instant now() {
        return stage.simulator().clock().instant();
    }

    /** The id of the client secret that the Secret of the client has; empty for the original. */
    String published(String client) {
        return Optional.ofNullable(stage.secret(client))
                .map(Secret::getMetadata)
                .map(metadata -> metadata.getAnnotations().get(Marks.CLIENT_SECRET_ID))
                .orElse("");
    }

    /** Whether the Secret and every copy of the client have this client secret. */
    boolean haveAll(String clientId, String secretId) {
        return fleet.of(clientId).stream()
                .allMatch(workload -> workload.storedId().equals(secretId));
    }

    List<LiveSecret> live(String clientId) {
        return stage.simulator().client(Stage.POOL_ID, clientId).secrets();
    }

    /** When the operator deleted a secret in Cognito. The journal has a call soon after its effect. */
    Instant deletedAt(String secretId) {
        stage.eventually().until(() -> deletion(secretId).isPresent());
        return deletion(secretId).orElseThrow();
    }

    private Optional<Instant> deletion(String secretId) {
        return stage.simulator().journal().of("DeleteUserPoolClientSecret").stream()
                .filter(call -> call.committed() && secretId.equals(call.secretId()))
                .map(JournalEntry::time)
                .findFirst();
    }

    /** Since when every workload's Secret has its last value. */
    Instant carriedSince(String clientId) {
        return fleet.of(clientId).stream()
                .map(Workload::carriesSince)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    List<AuthenticationRefusal> refusals(String clientId) {
        return stage.simulator().authentications().refusals(clientId);
    }
}
