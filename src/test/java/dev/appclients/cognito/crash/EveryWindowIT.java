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
 * A single call fails, or another writer acts before or after it, while the operator keeps running. Each call and failure has its
 * own client, and all run at the same time.
 */
class EveryWindowIT extends AtEveryCall {

    private static final String TOUCHED = "another writer annotates the Secret";

    private final AtomicInteger clockSet = new AtomicInteger();
    private final ReasonsOfReady reasons = new ReasonsOfReady();

    @AfterEach
    void closeWatch() {
        reasons.close();
    }

    @TestFactory
    Stream<DynamicTest> anAdoptionRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.ADOPT);
    }

    @TestFactory
    Stream<DynamicTest> anObservationRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.OBSERVE);
    }

    @TestFactory
    Stream<DynamicTest> aRestoreOfAnEditedSecretRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.RESTORE_AN_EDITED_SECRET);
    }

    @TestFactory
    Stream<DynamicTest> aRestoreOfADeletedSecretRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.RESTORE_A_DELETED_SECRET);
    }

    @TestFactory
    Stream<DynamicTest> aRenamedSecretRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.RENAME_THE_SECRET);
    }

    @TestFactory
    Stream<DynamicTest> aRecreateRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.RECREATE);
    }

    @TestFactory
    Stream<DynamicTest> aCopyRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.COPY_THE_SECRET);
    }

    @TestFactory
    Stream<DynamicTest> aRenamedCopyRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.RENAME_THE_COPY);
    }

    @TestFactory
    Stream<DynamicTest> aWithdrawnCopyRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.WITHDRAW_THE_COPY);
    }

    @TestFactory
    Stream<DynamicTest> aPushedCopyRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.PUSH_THE_SECRET);
    }

    @TestFactory
    Stream<DynamicTest> aRetainedClientRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.RETAIN);
    }

    @TestFactory
    Stream<DynamicTest> aRotationRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.ROTATE);
    }

    @TestFactory
    Stream<DynamicTest> aRetirementRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.RETIRE);
    }

    @TestFactory
    Stream<DynamicTest> aRevocationRecoversFromEveryFailure() {
        return recoversFromEveryFailure(Scenario.REVOKE);
    }

    /** Runs one search after the other, since one listing serves every waiting client and belongs to none. */
    @TestFactory
    Stream<DynamicTest> aSearchRecoversFromEveryFailure() {
        ReferenceRun reference = ReferenceRun.of(Scenario.RECREATE, scene, nextName());
        return reference.calls().stream()
                .filter(nthCall -> nthCall.call().operation().equals(SEARCH))
                .flatMap(AtEveryCall::failures)
                .map(failure -> DynamicTest.dynamicTest(failure.name(), () -> {
                    String name = nextName();
                    Scenario.RECREATE.prepare(scene, name);
                    scene.settle();
                    InjectedFault fault = scene.proxy()
                            .arm(InjectedFault.at(
                                    failure.nthCall(), failure.effect().apply(name)));
                    Scenario.RECREATE.begin(scene, name);
                    fault.await();
                    Scenario.RECREATE.assertDone(scene, name, reference.outcome());
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
    Stream<DynamicTest> aStatusThatIsWipedInAnyWindowOfAnUpdateCausesNoSecondClient() {
        return inEveryWindow(
                Scenario.UPDATE, "the status is wiped", name -> scene.stage().wipeStatus(name), name -> {
                    scene.stage().eventually().untilAsserted(() -> scene.assertSynced(name, scene.settingsOf(name)));
                    assertThat(scene.creates(name)).isZero();
                });
    }

    @TestFactory
    Stream<DynamicTest> aLabelByAnotherWriterInAnyWindowOfACreateCausesNoSecondClient() {
        return inEveryWindow(
                Scenario.CREATE,
                "another writer labels the object",
                name -> scene.stage().edit(name, object -> {
                    object.getMetadata().getLabels().put("written-by", "another-writer");
                    return object;
                }),
                this::assertSyncedWithOneCreate);
    }

    @TestFactory
    Stream<DynamicTest> aForeignSecretInAnyWindowOfACreateStaysUnchanged() {
        return inEveryWindow(Scenario.CREATE, "another writer takes the Secret's name", this::takeSecretName, name -> {
            scene.stage()
                    .eventually()
                    .until(() -> isReady(name)
                            || scene.stage()
                                    .condition(name, "Stalled")
                                    .filter(stalled -> stalled.getReason().equals("SecretConflict"))
                                    .isPresent());
            if (isReady(name)) {
                // The operator created the Secret before the other writer could.
                assertSyncedWithOneCreate(name);
            } else {
                assertThat(scene.stage().data(name)).containsOnly(Map.entry("password", "theirs"));
                assertThat(scene.clientsOf(scene.stage().client(name))).hasSizeLessThanOrEqualTo(1);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> anAnnotationByAnotherWriterInAnyWindowOfARewriteCausesNoWarning() {
        return inEveryWindow(Scenario.UPDATE, TOUCHED, this::touchSecrets, this::assertSyncedWithoutAFlap);
    }

    @TestFactory
    Stream<DynamicTest> anAnnotationByAnotherWriterInAnyWindowOfARestoreCausesNoWarning() {
        return inEveryWindow(
                Scenario.RESTORE_AN_EDITED_SECRET, TOUCHED, this::touchSecrets, this::assertSyncedWithoutAFlap);
    }

    @TestFactory
    Stream<DynamicTest> anAnnotationByAnotherWriterInAnyWindowOfARenameCausesNoWarning() {
        return inEveryWindow(Scenario.RENAME_THE_SECRET, TOUCHED, this::touchSecrets, this::assertSyncedWithoutAFlap);
    }

    @TestFactory
    Stream<DynamicTest> aChangeInCognitoInAnyWindowOfAnUpdateIsCorrected() {
        Map<String, String> updated = ReferenceRun.outcomeOf(Scenario.UPDATE, scene, nextName());
        return inEveryWindow(
                Scenario.UPDATE,
                "another writer changes the client in Cognito",
                name -> scene.stage().changeInCognito(name, Map.of("AuthSessionValidity", 9)),
                name -> {
                    // A change after the update is drift. The requested reconcile finds it.
                    scene.stage().annotate(name, "cognito.appclients.dev/reconcile-requested-at", "now");
                    scene.stage().eventually().untilAsserted(() -> scene.assertSynced(name, updated));
                });
    }

    @TestFactory
    Stream<DynamicTest> aClockChangeInAnyWindowOfACreateCausesNoSecondClient() {
        return inEveryWindow(Scenario.CREATE, "the clock changes", this::setClock, this::assertSyncedWithOneCreate);
    }

    @TestFactory
    Stream<DynamicTest> aClockChangeInAnyWindowOfADeletionLeavesNothing() {
        return inEveryWindow(
                Scenario.DELETE,
                "the clock changes",
                this::setClock,
                name -> Scenario.DELETE.assertDone(scene, name, Map.of()));
    }

    private boolean isReady(String name) {
        return scene.stage()
                .condition(name, "Ready")
                .filter(ready -> ready.getStatus().equals("True"))
                .isPresent();
    }

    /** Sets the clock forward and backward in turn, by hours. */
    private void setClock(String name) {
        scene.clock().set(Duration.ofHours(clockSet.incrementAndGet() % 2 == 0 ? 9 : -9));
    }

    private void assertSyncedWithoutAFlap(String name) {
        scene.stage().eventually().untilAsserted(() -> scene.assertSynced(name, scene.settingsOf(name)));
        assertThat(scene.stage().eventsAbout(name))
                .filteredOn(event -> event.getType().equals("Warning"))
                .extracting(Event::getReason)
                .isSubsetOf("SecretRestored");
        assertThat(reasons.of(name)).doesNotContain("ApiServerUnavailable", "Pending");
    }

    /** Annotates the client's Secrets, as another tool does. */
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
