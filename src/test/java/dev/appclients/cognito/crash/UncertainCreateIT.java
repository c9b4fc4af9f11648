package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.simulator.Fault;
import dev.appclients.cognito.simulator.Switch;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A create whose outcome is not known: it is looked for until it can no longer turn up, and only then made again. */
class UncertainCreateIT extends OnScene {

    private static final Duration HIT = Duration.ofSeconds(20);
    private static final Duration LATE = Scene.SETTLES_AFTER.dividedBy(8);

    @BeforeEach
    void calm() {
        scene.calm();
    }

    @Test
    void aCommitAfterTheOperatorGaveUpIsFoundAndNotRepeated() {
        scene.stage().simulator().faults().on("CreateUserPoolClient").commitLate(LATE);

        Scenario.CREATE.begin(scene, "web");

        assertRightWithOneCreate();
    }

    /** One walk over the pool serves all who look: this one was begun for another client, while the create was still under way. */
    @Test
    void aSlowCreateIsNotLookedForInAWalkThatWasBegunBeforeItEnded() {
        Moment result = Rehearsal.of(Scenario.CREATE, scene, nextName()).moments().stream()
                .filter(moment -> moment.call().what().contains("status"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        strikeAtCreate("web", new Strike.Deed.First(() -> {
            strikeAtCreate("other", new Strike.Deed.Break());
            Scenario.CREATE.begin(scene, "other");
            scene.stage().awaitReady("other");
        }));
        scene.border().arm(Strike.at(result, request -> request.mentions("web"), new Strike.Deed.Break()));

        Scenario.CREATE.begin(scene, "web");

        assertRightWithOneCreate();
    }

    @Test
    void anIntentThatCouldNotBeWrittenIsNoCreateThatMustBeLookedFor() {
        scene.border()
                .arm(Strike.among(
                        "the intent of web",
                        (call, request) -> call.what().contains("status") && request.mentions("pendingCreate"),
                        1,
                        new Strike.Deed.Break()));

        Scenario.CREATE.begin(scene, "web");

        assertRightWithOneCreate();
        assertThat(scene.stage().simulator().journal().of("ListUserPoolClients"))
                .isEmpty();
    }

    private void strikeAtCreate(String name, Strike.Deed deed) {
        scene.border()
                .arm(Strike.among(
                        "the create of " + name,
                        (call, request) -> call.what().equals("CreateUserPoolClient") && request.mentions(name),
                        1,
                        deed));
    }

    @ParameterizedTest(name = "a clock that is set by {0} h brings no create to its end too early, nor too late")
    @ValueSource(ints = {-9, 9})
    void aClockThatIsSetMakesNoSecondClient(int hours) throws Exception {
        Fault late =
                scene.stage().simulator().faults().on("CreateUserPoolClient").commitLate(LATE);
        Scenario.CREATE.begin(scene, "web");
        late.awaitHit(HIT);

        scene.clock().set(Duration.ofHours(hours));

        assertRightWithOneCreate();
    }

    @ParameterizedTest(name = "a successor whose clock is {0} h off waits as long as it must, and no longer")
    @ValueSource(ints = {-9, 9})
    void aSuccessorWithAnotherClockMakesNoSecondClient(int hours) throws Exception {
        Fault late =
                scene.stage().simulator().faults().on("CreateUserPoolClient").commitLate(LATE);
        Scenario.CREATE.begin(scene, "web");
        late.awaitHit(HIT);

        scene.clock().set(Duration.ofHours(hours));
        scene.succeed();

        assertRightWithOneCreate();
    }

    @Test
    void aCreateThatCameToNothingIsMadeAgainThoughTheClockWasSetBack() throws Exception {
        Fault nothing =
                scene.stage().simulator().faults().on("CreateUserPoolClient").dropBeforeCommit();
        Scenario.CREATE.begin(scene, "web");
        nothing.awaitHit(HIT);

        scene.clock().set(Duration.ofHours(-9));

        assertRightWithOneCreate();
    }

    @Test
    void aCreateThatCameToNothingIsWaitedForNoMoreWhileTheNextCannotBegin() throws Exception {
        Fault nothing =
                scene.stage().simulator().faults().on("CreateUserPoolClient").dropBeforeCommit();
        Scenario.CREATE.begin(scene, "web");
        nothing.awaitHit(HIT);
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
        assertRightWithOneCreate();
    }

    @Test
    void aStatusThatIsWipedWhileACreateIsUncertainMakesNoSecondClient() throws Exception {
        scene.stage().simulator().switches().lag(LATE);
        scene.stage().simulator().switches().set(Switch.LIST_LAGS, true);
        Fault lost =
                scene.stage().simulator().faults().on("CreateUserPoolClient").dropAfterCommit();
        Scenario.CREATE.begin(scene, "web");
        lost.awaitHit(HIT);

        scene.stage().wipeStatus("web");

        assertRightWithOneCreate();
    }

    @Test
    void aCommitAfterTheOperatorDiedIsFoundByItsSuccessor() throws Exception {
        Fault late =
                scene.stage().simulator().faults().on("CreateUserPoolClient").commitLate(LATE);
        Scenario.CREATE.begin(scene, "web");
        late.awaitHit(HIT);

        scene.succeed();

        assertRightWithOneCreate();
    }

    @Test
    void aListThatLagsHidesAClientOnlyUntilItHasSettled() {
        scene.stage().simulator().switches().lag(LATE);
        scene.stage().simulator().switches().set(Switch.LIST_LAGS, true);
        scene.stage().simulator().faults().on("CreateUserPoolClient").dropAfterCommit();

        Scenario.CREATE.begin(scene, "web");

        assertRightWithOneCreate();
    }

    @Test
    void aCreateThatCameToNothingIsMadeAgainOnlyWhenItCanNoLongerTurnUp() {
        scene.stage().simulator().faults().on("CreateUserPoolClient").dropBeforeCommit();

        Scenario.CREATE.begin(scene, "web");

        assertRightWithOneCreate();
        var attempts = scene.stage().simulator().journal().of("CreateUserPoolClient");
        assertThat(attempts).hasSize(2);
        assertThat(Duration.between(
                        attempts.getFirst().time(), attempts.getLast().time()))
                .isGreaterThanOrEqualTo(Scene.SETTLES_AFTER.minusMillis(50));
    }

    @Test
    void anObjectDeletedWithAnUncertainCreateGoesOnlyWithTheClientThatTurnsUp() throws Exception {
        Fault late =
                scene.stage().simulator().faults().on("CreateUserPoolClient").commitLate(LATE);
        Scenario.CREATE.begin(scene, "web");
        late.awaitHit(HIT);
        UserPoolClient object = scene.stage().client("web");

        scene.stage().delete("web");

        scene.stage().awaitGone("web");
        assertThat(scene.creates("web")).isEqualTo(1);
        assertThat(scene.clientsOf(object)).isEmpty();
    }

    @Test
    void anOrderlyStopInTheMiddleOfACreateFinishesItAndLeavesNoIntent() throws Exception {
        Fault pause =
                scene.stage().simulator().faults().on("CreateUserPoolClient").pause();
        Scenario.CREATE.begin(scene, "web");
        pause.awaitHit(HIT);

        Thread stop = Thread.ofVirtual().start(scene::stopOrderly);
        pause.release();
        stop.join();

        var status = scene.stage().status("web");
        assertThat(status.pendingCreate()).isNull();
        assertThat(status.clientId())
                .isEqualTo(scene.clientOf("web").clientId())
                .isEqualTo(scene.stage().data("web").get("client-id"));
        scene.stage().simulator().journal().clear();
        scene.replace();
        scene.stage().eventually().untilAsserted(() -> scene.assertRight("web", scene.settingsOf("web")));
        scene.awaitQuiet();
        assertThat(scene.stage().simulator().journal().entries()).isEmpty();
    }

    private void assertRightWithOneCreate() {
        scene.stage().eventually().untilAsserted(() -> scene.assertRight("web", scene.settingsOf("web")));
        assertThat(scene.creates("web")).isEqualTo(1);
    }
}
