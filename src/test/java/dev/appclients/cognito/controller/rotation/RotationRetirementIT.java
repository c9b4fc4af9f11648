package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.Fault;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The annotation {@code retire-secret}, and secrets that another writer adds or deletes. */
class RotationRetirementIT extends OnRotationStage {

    @Test
    void thePreviousSecretIsDeletedAtOnceOnRequest() {
        client(SHARED);
        copy("one");
        String original = liveIds().getFirst();
        String second = rotate("1");
        stage.eventually().untilAsserted(() -> assertThat(carried("one")).isEqualTo(second));

        stage.annotate("web", RETIRE, original);

        awaitLive(second);
        awaitPhase("Steady");
        awaitNotPending();
        assertThat(authenticates("web")).isTrue();
        stage.eventually().untilAsserted(() -> assertThat(stage.events("web")).contains("SecretRetired"));
    }

    @Test
    void aDeletionIsAnnouncedOnceEvenIfItsRecordIsWrittenLater() throws Exception {
        client(ROTATED);
        String original = liveIds().getFirst();
        rotate("1");
        awaitCarried();
        Fault delete = stage.simulator().faults().on(DELETE).pause();

        passWithoutOperator(PAST_OVERLAP);
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "1");
        changeRecordDuring(delete);

        awaitPhase("Steady");
        awaitRetiredOnce(original);
    }

    @Test
    void aNamedDeletionIsAnnouncedOnceEvenIfItsRecordIsWrittenLater() throws Exception {
        String current = steady();
        String foreign = addForeign();
        Fault delete = stage.simulator().faults().on(DELETE).pause();

        stage.annotate("web", RETIRE, foreign);
        changeRecordDuring(delete);

        awaitLive(current);
        awaitRetiredOnce(foreign);
    }

    /** The operator cannot write the version of the record that it decided with. */
    private void changeRecordDuring(Fault delete) throws Exception {
        delete.awaitHit(Stage.PATIENCE);
        stage.editSecret(
                recordName(), record -> record.getMetadata().getLabels().put("team", "shop"));
        delete.release();
    }

    private void awaitRetiredOnce(String id) {
        stage.eventually().untilAsserted(() -> assertThat(retired(id)).hasSize(1));
        reconcile();
        assertThat(retired(id))
                .singleElement()
                .satisfies(event -> assertThat(event.getCount()).isEqualTo(1));
    }

    private List<Event> retired(String id) {
        return stage.eventsAbout("web").stream()
                .filter(event -> event.getReason().equals("SecretRetired")
                        && event.getMessage().contains(id))
                .toList();
    }

    @Test
    void theNameOfThePublishedSecretIsRefused() {
        client(ROTATED);
        String original = liveIds().getFirst();
        String second = rotate("1");

        stage.annotate("web", RETIRE, second);
        assertThat(awaitPending("RetirementRefused").getMessage()).contains(second, "which is published");
        assertReady();
        assertThat(liveIds()).containsExactly(original, second);

        endOverlapUnderARefusal(second);
        stage.removeAnnotation("web", RETIRE);
        awaitNotPending();
    }

    private void endOverlapUnderARefusal(String current) {
        awaitCarried();
        pass(PAST_OVERLAP);
        awaitLive(current);
    }

    @Test
    void theNameOfTheOnlySecretIsRefused() {
        client(ROTATED);
        String original = liveIds().getFirst();

        stage.annotate("web", RETIRE, original);

        assertThat(awaitPending("RetirementRefused").getMessage()).contains(original, "which is published");
        assertThat(liveIds()).containsExactly(original);
        assertReady();
    }

    @Test
    void anUnknownNameIsRefused() {
        String current = steady();

        stage.annotate("web", RETIRE, current + "-2");

        assertThat(awaitPending("RetirementRefused").getMessage()).contains(current + "-2", "does not list");
        assertReady();
        stage.annotate("web", ROTATE, "2");
        awaitRotated(current);
    }

    @Test
    void theNameOfASecretThatACopyCarriesIsRefused() {
        client(SHARED);
        copy("late");
        lock("late");
        String original = liveIds().getFirst();
        String second = rotate("1");

        stage.annotate("web", RETIRE, original);
        assertThat(awaitPending("RetirementRefused").getMessage()).contains(original, "still carries");
        assertThat(liveIds()).containsExactly(original, second);

        unlock("late");
        stage.eventually().untilAsserted(() -> assertThat(carried("late")).isEqualTo(second));
        reconcile();
        awaitLive(second);
    }

    @Test
    void aForeignSecretBlocksTheRotationUntilItIsDeleted() {
        String current = steady();
        String foreign = addForeign();

        stage.annotate("web", ROTATE, "2");

        assertThat(awaitPending("ForeignSecret").getMessage())
                .contains("list-user-pool-client-secrets", "cognito.appclients.dev/retire-secret");
        assertThat(rotation().phase()).isEqualTo("Blocked");
        assertReady();
        assertThat(liveIds()).containsExactly(current, foreign);
        assertThat(published()).isEqualTo(current);

        deleteForeign(foreign);
        reconcile();
        String third = awaitRotated(current);
        assertThat(liveIds()).containsExactly(current, third);
    }

    @Test
    void aForeignSecretOfAnOriginalClientBlocksTheRotation() {
        client(ROTATED);
        String original = liveIds().getFirst();
        String foreign = addForeign();

        stage.annotate("web", ROTATE, "1");

        awaitPending("ForeignSecret");
        assertThat(liveIds()).containsExactly(original, foreign);
        stage.annotate("web", RETIRE, foreign);
        String second = awaitRotated("");
        assertThat(liveIds()).containsExactly(original, second);
    }

    @Test
    void aForeignSecretThatTheAnnotationNamesIsDeletedAndTheRotationGoesOn() {
        String current = steady();
        String foreign = addForeign();
        stage.annotate("web", ROTATE, "2");
        awaitPending("ForeignSecret");
        stage.forgetCalls();

        stage.annotate("web", RETIRE, foreign);

        String third = awaitRotated(current);
        assertThat(liveIds()).containsExactly(current, third);
        assertThat(deletedIds()).containsExactly(foreign);
        assertThat(authenticates("web")).isTrue();
    }

    /** A client without a record keeps nothing about the deletion, so a new process asks Cognito again. */
    @Test
    void aRestartDeletesNothingTwiceForAClientWithoutARecord() {
        client(ROTATED);
        String original = liveIds().getFirst();
        String foreign = addForeign();
        stage.annotate("web", RETIRE, foreign);
        awaitLive(original);
        stage.eventually().untilAsserted(() -> assertThat(deletedIds()).containsExactly(foreign));
        awaitNotPending();
        assertThat(record()).isNull();
        String another = addForeign();
        stage.forgetCalls();

        stage.restartOperator();
        assertThat(awaitPending("RetirementRefused").getMessage())
                .contains(foreign, "is deleted already", "Remove the annotation");
        stage.wake("web");
        stage.wake("web");

        assertThat(liveIds()).containsExactly(original, another);
        assertThat(clientCalls()).containsOnlyOnce(LIST).doesNotContain(ADD, DELETE);
        assertReady();
        stage.removeAnnotation("web", RETIRE);
        awaitNotPending();
        assertThat(liveIds()).containsExactly(original, another);
    }

    @Test
    void aForeignSecretAddedWhileTheNextOneIsStagedBlocksAndIsNeverDeleted() {
        String current = steady();
        RotationProgress.STAGED.reach(this);
        // After the last attempt, so it cannot be the operator's.
        stage.simulator().clock().advance(Duration.ofMinutes(10));
        String foreign = addForeign();
        stage.simulator().faults().clear();

        pass(Duration.ofMinutes(61));
        awaitPending("ForeignSecret");
        assertThat(liveIds()).containsExactly(current, foreign);
        assertThat(published()).isEqualTo(current);

        deleteForeign(foreign);
        reconcile();
        awaitRotated(current);
    }

    @Test
    void theSecretIsPublishedAgainWhenItsSuccessorIsGoneAndAnotherRotationStarts() {
        client(SHARED);
        copy("one");
        String original = liveIds().getFirst();
        String second = rotate("1");
        stage.eventually().untilAsserted(() -> assertThat(carried("one")).isEqualTo(second));
        awaitCarried();
        deleteForeign(second);

        pass(PAST_OVERLAP);

        String third = awaitRotated(second);
        stage.eventually().untilAsserted(() -> {
            assertThat(published()).isEqualTo(liveIds().getLast());
            assertThat(rotation().phase()).isEqualTo("Overlap");
        });
        assertThat(third).isNotEmpty();
        assertThat(liveIds()).hasSize(2).startsWith(original).doesNotContain(second);
        assertThat(authenticates("web")).isTrue();
        awaitCopy(team, "one");
        stage.eventually().untilAsserted(() -> assertThat(stage.events("web")).contains("PublishedSecretGone"));
    }

    @Test
    void aSecretThatIsGoneIsReplacedAfterTwoLists() {
        String current = steady();
        String foreign = addForeign();
        deleteForeign(current);
        stage.forgetCalls();

        pass(Duration.ofHours(7));

        String third = awaitRotated(current);
        assertThat(liveIds()).containsExactly(foreign, third);
        assertThat(authenticates("web")).isTrue();
        assertThat(clientCalls()).containsExactly(LIST, LIST, ADD);
        assertReady();
    }

    @Test
    void aForeignSecretBesideThePublishedOneIsLeftAlone() {
        String current = steady();
        String foreign = addForeign();
        stage.forgetCalls();

        pass(Duration.ofHours(7));
        pass(Duration.ofHours(7));

        assertThat(liveIds()).containsExactly(current, foreign);
        assertThat(published()).isEqualTo(current);
        assertThat(clientCalls()).containsOnly(LIST);
        assertReady();
    }
}
