package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controlplane.Versions;
import dev.appclients.cognito.simulator.Fault;
import dev.appclients.cognito.simulator.Switch;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A create with unknown outcome. The operator searches for the client until the create has settled, and then repeats it. */
class UncertainCreateIT extends OnScene {

    private static final Duration LATE = Scene.SETTLES_AFTER.dividedBy(8);

    @BeforeEach
    void settle() {
        scene.settle();
    }

    @Test
    void aCommitAfterTheTimeoutIsFoundAndNotRepeated() {
        scene.stage().simulator().faults().on("CreateUserPoolClient").commitLate(LATE);

        Scenario.CREATE.begin(scene, "web");

        assertSyncedWithOneCreate();
    }

    /** One listing serves every search. This listing starts for another client while the create is still in flight. */
    @Test
    void aSlowCreateIsNotSearchedInAListingThatStartedBeforeItEnded() {
        NthCall result = ReferenceRun.of(Scenario.CREATE, scene, nextName()).calls().stream()
                .filter(nthCall -> nthCall.call().operation().contains("status"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        failCreate("web", new InjectedFault.Effect.RunBefore(() -> {
            failCreate("other", new InjectedFault.Effect.BreakConnection());
            Scenario.CREATE.begin(scene, "other");
            scene.stage().awaitReady("other");
        }));
        scene.proxy()
                .arm(InjectedFault.at(
                        result, request -> request.mentions("web"), new InjectedFault.Effect.BreakConnection()));

        Scenario.CREATE.begin(scene, "web");

        assertSyncedWithOneCreate();
    }

    @Test
    void anIntentThatCouldNotBeWrittenCausesNoSearch() {
        scene.proxy()
                .arm(InjectedFault.among(
                        "the intent of web",
                        (call, request) -> call.operation().contains("status") && request.mentions("pendingCreate"),
                        1,
                        new InjectedFault.Effect.BreakConnection()));

        Scenario.CREATE.begin(scene, "web");

        assertSyncedWithOneCreate();
        assertThat(scene.stage().simulator().journal().of("ListUserPoolClients"))
                .isEmpty();
    }

    private void failCreate(String name, InjectedFault.Effect effect) {
        scene.proxy()
                .arm(InjectedFault.among(
                        "the create of " + name,
                        (call, request) -> call.operation().equals("CreateUserPoolClient") && request.mentions(name),
                        1,
                        effect));
    }

    @ParameterizedTest(name = "a clock change of {0} h settles a create neither too early nor too late")
    @ValueSource(ints = {-9, 9})
    void aClockChangeCausesNoSecondClient(int hours) throws Exception {
        Fault late =
                scene.stage().simulator().faults().on("CreateUserPoolClient").commitLate(LATE);
        Scenario.CREATE.begin(scene, "web");
        late.awaitHit(Stage.PATIENCE);

        scene.clock().set(Duration.ofHours(hours));

        assertSyncedWithOneCreate();
    }

    @ParameterizedTest(name = "a successor with a clock error of {0} h waits for the settling time and no longer")
    @ValueSource(ints = {-9, 9})
    void aSuccessorWithAnotherClockCausesNoSecondClient(int hours) throws Exception {
        Fault late =
                scene.stage().simulator().faults().on("CreateUserPoolClient").commitLate(LATE);
        Scenario.CREATE.begin(scene, "web");
        late.awaitHit(Stage.PATIENCE);

        scene.clock().set(Duration.ofHours(hours));
        scene.crashAndRestart();

        assertSyncedWithOneCreate();
    }

    @Test
    void aFailedCreateIsRepeatedAlthoughTheClockWasSetBack() throws Exception {
        Fault failed =
                scene.stage().simulator().faults().on("CreateUserPoolClient").dropBeforeCommit();
        Scenario.CREATE.begin(scene, "web");
        failed.awaitHit(Stage.PATIENCE);

        scene.clock().set(Duration.ofHours(-9));

        assertSyncedWithOneCreate();
    }

    @Test
    void aFailedCreateSettlesWhileTheNextOneIsBlocked() throws Exception {
        Fault failed =
                scene.stage().simulator().faults().on("CreateUserPoolClient").dropBeforeCommit();
        Scenario.CREATE.begin(scene, "web");
        failed.awaitHit(Stage.PATIENCE);
        var foreign = scene.stage()
                .admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace(scene.stage().namespace())
                        .endMetadata()
                        .build())
                .create();

        scene.stage().awaitCondition("web", "Ready", "False", "SecretConflict");

        assertThat(scene.stage().status("web").pendingCreate()).isNull();
        scene.stage().admin().resource(foreign).delete();
        scene.stage().annotate("web", "cognito.appclients.dev/reconcile-requested-at", "now");
        assertSyncedWithOneCreate();
    }

    @Test
    void aStatusThatIsWipedWhileACreateIsUncertainCausesNoSecondClient() throws Exception {
        scene.stage().simulator().switches().lag(LATE);
        scene.stage().simulator().switches().set(Switch.LIST_LAGS, true);
        Fault lost =
                scene.stage().simulator().faults().on("CreateUserPoolClient").dropAfterCommit();
        Scenario.CREATE.begin(scene, "web");
        lost.awaitHit(Stage.PATIENCE);

        scene.stage().wipeStatus("web");

        assertSyncedWithOneCreate();
    }

    @Test
    void aCommitAfterACrashIsFoundByTheNextOperator() throws Exception {
        Fault late =
                scene.stage().simulator().faults().on("CreateUserPoolClient").commitLate(LATE);
        Scenario.CREATE.begin(scene, "web");
        late.awaitHit(Stage.PATIENCE);

        scene.crashAndRestart();

        assertSyncedWithOneCreate();
    }

    @Test
    void aLaggingListHidesAClientOnlyUntilTheCreateHasSettled() {
        scene.stage().simulator().switches().lag(LATE);
        scene.stage().simulator().switches().set(Switch.LIST_LAGS, true);
        scene.stage().simulator().faults().on("CreateUserPoolClient").dropAfterCommit();

        Scenario.CREATE.begin(scene, "web");

        assertSyncedWithOneCreate();
    }

    @Test
    void aFailedCreateIsRepeatedOnlyAfterItHasSettled() {
        scene.stage().simulator().faults().on("CreateUserPoolClient").dropBeforeCommit();

        Scenario.CREATE.begin(scene, "web");

        assertSyncedWithOneCreate();
        var attempts = scene.stage().simulator().journal().of("CreateUserPoolClient");
        assertThat(attempts).hasSize(2);
        assertThat(Duration.between(
                        attempts.getFirst().time(), attempts.getLast().time()))
                .isGreaterThanOrEqualTo(Scene.SETTLES_AFTER.minusMillis(50));
    }

    @Test
    void deletingAnObjectWithAnUncertainCreateWaitsForTheClientAndDeletesIt() throws Exception {
        Fault late =
                scene.stage().simulator().faults().on("CreateUserPoolClient").commitLate(LATE);
        Scenario.CREATE.begin(scene, "web");
        late.awaitHit(Stage.PATIENCE);
        UserPoolClient object = scene.stage().client("web");

        scene.stage().delete("web");

        scene.stage().awaitGone("web");
        assertThat(scene.creates("web")).isEqualTo(1);
        assertThat(scene.clientsOf(object)).isEmpty();
    }

    /** Before its first create, the successor must read the pool. */
    @Test
    void aSuccessorCreatesAtTheTimeThatItReported() {
        scene.stopOrderly();
        Scenario.CREATE.begin(scene, "web");
        scene.stage().edit("web", object -> {
            object.addFinalizer(ControllerNames.CLIENT_FINALIZER);
            return object;
        });
        var clients = scene.stage()
                .admin()
                .resources(UserPoolClient.class)
                .inNamespace(scene.stage().namespace());
        clients.withName("web")
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\":{\"pendingCreate\":{\"since\":\"" + Instant.now() + "\"}}}");
        Set<String> reports = ConcurrentHashMap.newKeySet();
        try (var versions = Versions.of(
                clients,
                (action, object) -> Conditions.find(object.getStatus().conditions(), "Ready")
                        .filter(ready -> ready.getReason().equals("CreateOutcomeUnknown"))
                        .ifPresent(ready -> reports.add(ready.getMessage())))) {
            scene.startAnother();

            assertSyncedWithOneCreate();
        }
        assertThat(reports).hasSize(1);
    }

    @Test
    void anOrderlyStopDuringACreateFinishesItAndLeavesNoIntent() throws Exception {
        Fault pause =
                scene.stage().simulator().faults().on("CreateUserPoolClient").pause();
        Scenario.CREATE.begin(scene, "web");
        pause.awaitHit(Stage.PATIENCE);

        Thread stop = Thread.ofVirtual().start(scene::stopOrderly);
        pause.release();
        stop.join();

        var status = scene.stage().status("web");
        assertThat(status.pendingCreate()).isNull();
        assertThat(status.clientId())
                .isEqualTo(scene.clientOf("web").clientId())
                .isEqualTo(scene.stage().data("web").get("client-id"));
        scene.stage().simulator().journal().clear();
        scene.startAnother();
        scene.stage().eventually().untilAsserted(() -> scene.assertSynced("web", scene.settingsOf("web")));
        scene.awaitQuiet();
        assertThat(scene.stage().simulator().journal().entries()).isEmpty();
    }

    @Test
    void anOrderlyStopBetweenTheIntentAndItsCreateLeavesNoIntent() {
        InjectedFault intent = scene.proxy()
                .arm(InjectedFault.among(
                        "the intent of web",
                        (call, request) -> call.operation().contains("status") && request.mentions("pendingCreate"),
                        1,
                        new InjectedFault.Effect.RunAfter(scene::beginStop)));
        Scenario.CREATE.begin(scene, "web");
        intent.await();

        scene.stopOrderly();

        assertThat(scene.stage().status("web").pendingCreate()).isNull();
        assertThat(scene.creates("web")).isZero();
        scene.startAnother();
        assertSyncedWithOneCreate();
    }

    private void assertSyncedWithOneCreate() {
        scene.stage().eventually().untilAsserted(() -> scene.assertSynced("web", scene.settingsOf("web")));
        assertThat(scene.creates("web")).isEqualTo(1);
    }
}
