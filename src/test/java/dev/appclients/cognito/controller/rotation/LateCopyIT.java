package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.LiveSecret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A late copy leaves its workload a whole overlap. Two control runs show that the workloads notice an old secret that is deleted too
 * early.
 */
class LateCopyIT extends OnProofStage {

    private static final String CLIENT = "web";
    private static final String COPY = CLIENT + "-oidc";

    private String id;
    private String original;

    /** Why the operator does not rewrite a copy. */
    enum Late {
        IMMUTABLE,
        PAUSED
    }

    @BeforeEach
    void startWorkloads() {
        applyClaimed(CLIENT);
        id = start(CLIENT);
        original = live(id).getFirst().id();
        fleet.of(id).forEach(workload -> workload.lagsBy(Workload.LONGEST_LAG));
    }

    @ParameterizedTest
    @EnumSource
    void aCopyThatArrivesOneMinuteBeforeTheOverlapEndsLeavesItsWorkloadAWholeOverlap(Late late) {
        hold(late);
        rotateAllButTheLateCopy();

        passAll(OVERLAP.minusMinutes(1));
        release(late);
        awaitLateCopy();
        passAll(OVERLAP.minusSeconds(30));

        assertThat(live(id)).hasSize(2);
        pass(FAST, () -> live(id).size() == 1);
        assertThat(Duration.between(carriedSince(id), deletedAt(original)).plusSeconds(5))
                .isGreaterThanOrEqualTo(OVERLAP);
        passAll(Duration.ofMinutes(2));
        assertThat(refusals(id)).isEmpty();
    }

    /** The operator was down at the end of maxOverlap, and a backup has brought the old secret back. */
    @Test
    void aSecretThatIsFoundOutdatedAfterAnOutageLeavesItsWorkloadTheTimeOfItsMount() {
        LiveSecret old = live(id).getFirst();
        stage.annotate(CLIENT, Annotations.ROTATE_REQUESTED_AT, "1");
        pass(SLOW, () -> live(id).size() == 2 && haveAll(id, live(id).getLast().id()));
        operator.stop();
        new OperatorWrites(stage.admin()).fallBack(stage.namespace(), CLIENT, old);
        for (int hour = 0; hour < 72; hour++) {
            fleet.pass(Duration.ofHours(1));
        }
        restart();

        pass(FAST, () -> live(id).size() == 1);
        passAll(Duration.ofMinutes(2));

        assertThat(published(CLIENT)).isEqualTo(live(id).getFirst().id()).isNotEqualTo(old.id());
        assertThat(refusals(id)).isEmpty();
    }

    /** A control run: the proof fails if the old secret is deleted while mounts lag. */
    @Test
    void theWorkloadsAreRefusedIfTheOldSecretIsDeletedWhileTheirMountsLag() {
        stage.annotate(CLIENT, Annotations.ROTATE_REQUESTED_AT, "1");
        pass(SLOW, () -> live(id).size() == 2 && haveAll(id, live(id).getLast().id()));

        stage.simulator().removeSecret(Stage.POOL_ID, id, original);
        passAll(Duration.ofMinutes(2));

        assertThat(refusals(id))
                .isNotEmpty()
                .allSatisfy(refusal -> assertThat(refusal.secretId()).isEqualTo(original));
    }

    /** A control run: the proof fails if the overlap runs from the write of the client's Secret. */
    @Test
    void aWorkloadIsRefusedIfTheOverlapRunsFromTheWriteOfTheSource() {
        hold(Late.IMMUTABLE);
        rotateAllButTheLateCopy();

        passAll(OVERLAP.minusMinutes(1));
        release(Late.IMMUTABLE);
        awaitLateCopy();
        passAll(Duration.ofMinutes(1));
        stage.simulator().removeSecret(Stage.POOL_ID, id, original);
        passAll(Duration.ofMinutes(2));

        assertThat(refusals(id))
                .isNotEmpty()
                .allSatisfy(refusal -> assertThat(refusal.secretId()).isEqualTo(original));
    }

    private void hold(Late late) {
        switch (late) {
            case IMMUTABLE -> editSecretIn(team, COPY, secret -> secret.setImmutable(true));
            case PAUSED -> {
                annotateClaim(team, COPY, Annotations.PAUSED, "true");
                awaitClaim(team, COPY, "False", "Paused");
            }
        }
    }

    /** An immutable copy can only be deleted. The operator writes it again at once. */
    private void release(Late late) {
        switch (late) {
            case IMMUTABLE ->
                stage.admin().secrets().inNamespace(team).withName(COPY).delete();
            case PAUSED -> annotateClaim(team, COPY, Annotations.PAUSED, null);
        }
    }

    /** No time passes meanwhile: on a busy machine, the overlap would end before the workloads show the copy. */
    private void awaitLateCopy() {
        stage.eventually().until(() -> {
            fleet.observe();
            return haveAll(id, live(id).getLast().id());
        });
    }

    private void rotateAllButTheLateCopy() {
        stage.annotate(CLIENT, Annotations.ROTATE_REQUESTED_AT, "1");
        pass(
                SLOW,
                () -> live(id).size() == 2
                        && inTime().stream()
                                .allMatch(workload -> workload.storedId()
                                        .equals(live(id).getLast().id())));
        // The status shows that the operator has counted the copies.
        pass(
                SLOW,
                () -> stage.status(CLIENT).rotation() != null
                        && "Overlap".equals(stage.status(CLIENT).rotation().phase()));
    }

    private List<Workload> inTime() {
        return fleet.of(id).stream()
                .filter(workload ->
                        !(workload.namespace().equals(team) && workload.secret().equals(COPY)))
                .toList();
    }
}
