package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Something goes wrong at a single call, or somebody else acts in the window around it, while the operator lives on. One
 * client for each call and each trouble, all of them at the same time.
 */
class EveryWindowIT extends AtEveryCall {

    private static final String TOUCHED = "somebody annotates the Secret";

    private final AtomicInteger clockSet = new AtomicInteger();
    private final ReasonsOfReady said = new ReasonsOfReady();

    @AfterEach
    void closeWatch() {
        said.close();
    }

    @TestFactory
    Stream<DynamicTest> anAdoptionGetsOverEveryTrouble() {
        return getsOverEveryTrouble(Scenario.ADOPT);
    }

    @TestFactory
    Stream<DynamicTest> anObservationGetsOverEveryTrouble() {
        return getsOverEveryTrouble(Scenario.OBSERVE);
    }

    @TestFactory
    Stream<DynamicTest> aRestoreOfAnEditedSecretGetsOverEveryTrouble() {
        return getsOverEveryTrouble(Scenario.RESTORE_AN_EDITED_SECRET);
    }

    @TestFactory
    Stream<DynamicTest> aRestoreOfADeletedSecretGetsOverEveryTrouble() {
        return getsOverEveryTrouble(Scenario.RESTORE_A_DELETED_SECRET);
    }

    @TestFactory
    Stream<DynamicTest> aSecretThatIsRenamedGetsOverEveryTrouble() {
        return getsOverEveryTrouble(Scenario.RENAME_THE_SECRET);
    }

    @TestFactory
    Stream<DynamicTest> aRecreateGetsOverEveryTrouble() {
        return getsOverEveryTrouble(Scenario.RECREATE);
    }

    @TestFactory
    Stream<DynamicTest> aClientThatIsKeptGetsOverEveryTrouble() {
        return getsOverEveryTrouble(Scenario.RETAIN);
    }

    /** Searched one after the other: one walk over the pool serves all who wait, and belongs to none. */
    @TestFactory
    Stream<DynamicTest> aSearchGetsOverEveryTrouble() {
        Rehearsal rehearsal = Rehearsal.of(Scenario.RECREATE, scene, nextName());
        return rehearsal.moments().stream()
                .filter(moment -> moment.call().what().equals(SEARCH))
                .flatMap(AtEveryCall::troubles)
                .map(trouble -> DynamicTest.dynamicTest(trouble.name(), () -> {
                    String name = nextName();
                    Scenario.RECREATE.prepare(scene, name);
                    scene.calm();
                    Strike strike = scene.border()
                            .arm(Strike.at(trouble.moment(), trouble.deed().apply(name)));
                    Scenario.RECREATE.begin(scene, name);
                    strike.await();
                    Scenario.RECREATE.assertDone(scene, name, rehearsal.outcome());
                }));
    }

    @TestFactory
    Stream<DynamicTest> aDeletionInAnyWindowOfAnUpdateLeavesNothing() {
        return inEveryWindow(
                Scenario.UPDATE,
                "the object is deleted",
                name -> scene.stage().delete(name),
                name -> Scenario.DELETE.assertDone(scene, name, Map.of()));
    }

    @TestFactory
    Stream<DynamicTest> aStatusThatIsWipedInAnyWindowOfAnUpdateMakesNoSecondClient() {
        return inEveryWindow(
                Scenario.UPDATE, "the status is wiped", name -> scene.stage().wipeStatus(name), name -> {
                    scene.stage().eventually().untilAsserted(() -> scene.assertRight(name, scene.settingsOf(name)));
                    assertThat(scene.creates(name)).isZero();
                });
    }

    @TestFactory
    Stream<DynamicTest> anObjectThatSomebodyElseWritesToInAnyWindowOfACreateIsCreatedOnce() {
        return inEveryWindow(
                Scenario.CREATE,
                "somebody labels the object",
                name -> scene.stage().edit(name, object -> {
                    object.getMetadata().getLabels().put("written-by", "somebody");
                    return object;
                }),
                this::assertRightWithOneCreate);
    }

    @TestFactory
    Stream<DynamicTest> aForeignSecretInAnyWindowOfACreateStaysAsItIs() {
        return inEveryWindow(Scenario.CREATE, "somebody takes the Secret's name", this::takeSecretName, name -> {
            scene.stage()
                    .eventually()
                    .until(() -> isReady(name)
                            || scene.stage()
                                    .condition(name, "Stalled")
                                    .filter(stalled -> stalled.getReason().equals("SecretConflict"))
                                    .isPresent());
            if (isReady(name)) {
                // It was ours before somebody could take it.
                assertRightWithOneCreate(name);
            } else {
                assertThat(scene.stage().data(name)).containsOnly(Map.entry("password", "theirs"));
                assertThat(scene.clientsOf(scene.stage().client(name))).hasSizeLessThanOrEqualTo(1);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aForeignWriterInAnyWindowOfARewriteIsNoFault() {
        return inEveryWindow(Scenario.UPDATE, TOUCHED, this::touchSecrets, this::assertRightWithoutAFlap);
    }

    @TestFactory
    Stream<DynamicTest> aForeignWriterInAnyWindowOfARestoreIsNoFault() {
        return inEveryWindow(
                Scenario.RESTORE_AN_EDITED_SECRET, TOUCHED, this::touchSecrets, this::assertRightWithoutAFlap);
    }

    @TestFactory
    Stream<DynamicTest> aForeignWriterInAnyWindowOfARenamingIsNoFault() {
        return inEveryWindow(Scenario.RENAME_THE_SECRET, TOUCHED, this::touchSecrets, this::assertRightWithoutAFlap);
    }

    @TestFactory
    Stream<DynamicTest> aChangeInCognitoInAnyWindowOfAnUpdateIsPutRight() {
        Map<String, String> updated = Rehearsal.outcomeOf(Scenario.UPDATE, scene, nextName());
        return inEveryWindow(
                Scenario.UPDATE,
                "somebody changes the client in Cognito",
                name -> scene.stage().changeInCognito(name, Map.of("AuthSessionValidity", 9)),
                name -> {
                    // What came after the update is drift, and is found by the next look.
                    scene.stage().annotate(name, "cognito.appclients.dev/reconcile-requested-at", "now");
                    scene.stage().eventually().untilAsserted(() -> scene.assertRight(name, updated));
                });
    }

    @TestFactory
    Stream<DynamicTest> aClockThatIsSetInAnyWindowOfACreateMakesNoSecondClient() {
        return inEveryWindow(Scenario.CREATE, "the clock is set", this::setClock, this::assertRightWithOneCreate);
    }

    @TestFactory
    Stream<DynamicTest> aClockThatIsSetInAnyWindowOfADeletionLeavesNothing() {
        return inEveryWindow(
                Scenario.DELETE,
                "the clock is set",
                this::setClock,
                name -> Scenario.DELETE.assertDone(scene, name, Map.of()));
    }

    private boolean isReady(String name) {
        return scene.stage()
                .condition(name, "Ready")
                .filter(ready -> ready.getStatus().equals("True"))
                .isPresent();
    }

    /** Forward and backward by turns, by hours. */
    private void setClock(String name) {
        scene.clock().set(Duration.ofHours(clockSet.incrementAndGet() % 2 == 0 ? 9 : -9));
    }

    private void assertRightWithoutAFlap(String name) {
        scene.stage().eventually().untilAsserted(() -> scene.assertRight(name, scene.settingsOf(name)));
        assertThat(scene.stage().eventsAbout(name))
                .filteredOn(event -> event.getType().equals("Warning"))
                .extracting(Event::getReason)
                .isSubsetOf("SecretRestored");
        assertThat(said.of(name)).doesNotContain("ApiServerUnavailable", "Pending");
    }

    /** As a tool does that annotates every Secret that it sees. */
    private void touchSecrets(String name) {
        scene.stage().admin().secrets().inNamespace(scene.stage().namespace()).list().getItems().stream()
                .map(secret -> secret.getMetadata().getName())
                .filter(secret -> secret.startsWith(name))
                .forEach(secret -> scene.stage()
                        .admin()
                        .secrets()
                        .inNamespace(scene.stage().namespace())
                        .withName(secret)
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"metadata\":{\"annotations\":{\"example.com/touched\":\"" + System.nanoTime()
                                        + "\"}}}"));
    }

    private void takeSecretName(String name) {
        try {
            scene.stage()
                    .admin()
                    .resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withNamespace(scene.stage().namespace())
                            .endMetadata()
                            .addToStringData("password", "theirs")
                            .build())
                    .create();
        } catch (KubernetesClientException taken) {
            assertThat(taken.getCode()).isEqualTo(409);
        }
    }
}
