package dev.appclients.cognito.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.appclients.cognito.api.v1beta1.RotationStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.model.Reason;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks the condition RotationPending and the rotation in the status. */
class RotationReportTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final RotationStatus OVERLAP = new RotationStatus(
            "Overlap", "2026-01-01T00:00:00Z", "2026-01-08T00:00:00Z", "Overlap 9/10 until 2026-01-08");
    private static final RotationStatus STEADY = new RotationStatus("Steady", null, null, null);
    private static final RotationReport ROTATING =
            new RotationReport(OVERLAP, Reason.ROTATING, "Both secrets are valid until 2026-01-08T00:00:00Z");

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"ROTATING", "COPIES_LAGGING", "FOREIGN_SECRET", "RETIREMENT_REFUSED", "ACCESS_DENIED"})
    void aPendingRotationIsAConditionThatDoesNotAffectReady(Reason reason) {
        var status = compose(null, OVERLAP, new RotationReport(OVERLAP, reason, "The operator retries."));

        assertThat(Conditions.find(status.conditions(), "RotationPending")).hasValueSatisfying(pending -> {
            assertThat(pending.getStatus()).isEqualTo("True");
            assertThat(pending.getReason()).isEqualTo(reason.text());
            assertThat(pending.getMessage()).isEqualTo("The operator retries.");
            assertThat(pending.getObservedGeneration()).isEqualTo(3);
        });
        assertThat(Conditions.isTrue(status.conditions(), "Ready")).isTrue();
        assertThat(Conditions.find(status.conditions(), "Reconciling")).isEmpty();
        assertThat(Conditions.find(status.conditions(), "Stalled")).isEmpty();
        assertThat(status.rotation()).isEqualTo(OVERLAP);
    }

    @Test
    void theConditionIsAbsentWhileNoRotationIsPending() {
        var before = compose(null, OVERLAP, ROTATING);

        var after = compose(before, STEADY, new RotationReport(STEADY, null, null));

        assertThat(Conditions.find(after.conditions(), "RotationPending")).isEmpty();
        assertThat(after.rotation()).isEqualTo(STEADY);
    }

    @Test
    void aPassThatDoesNotReachTheRotationKeepsTheCondition() {
        var before = compose(null, OVERLAP, ROTATING);

        var after = ClientStatus.compose(before, report(4, StatusFields.of(before), null), NOW.plusSeconds(60));

        assertThat(Conditions.find(after.conditions(), "RotationPending"))
                .isEqualTo(Conditions.find(before.conditions(), "RotationPending"))
                .isPresent();
        assertThat(after.rotation()).isEqualTo(OVERLAP);
        assertThat(Conditions.find(compose(null, null, null).conditions(), "RotationPending"))
                .as("absent if it was never there")
                .isEmpty();
    }

    @Test
    void theStatusEchoesTheRequestForARotation() {
        var status = ClientStatus.compose(null, report(3, fields(OVERLAP, "now"), ROTATING), NOW);

        assertThat(status.lastHandledRotateAt()).isEqualTo("now");
        assertThat(StatusFields.of(status)).isEqualTo(fields(OVERLAP, "now"));
    }

    @Test
    void theConditionIsOneOfTheOperator() {
        assertThat(Conditions.foreignTypes(compose(null, OVERLAP, ROTATING).conditions()))
                .isEmpty();
    }

    @Test
    void aReasonHasAMessage() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RotationReport(OVERLAP, Reason.ROTATING, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new RotationReport(OVERLAP, null, "It waits."));
    }

    private static UserPoolClientStatus compose(
            @Nullable UserPoolClientStatus previous,
            @Nullable RotationStatus rotation,
            @Nullable RotationReport report) {
        return ClientStatus.compose(previous, report(3, fields(rotation, null), report), NOW);
    }

    private static StatusReport report(long generation, StatusFields fields, @Nullable RotationReport rotation) {
        return new StatusReport(
                generation,
                new Outcome.Synced("In sync"),
                EnumSet.allOf(Step.class),
                fields,
                LoginPage.NOT_REQUIRED,
                List.of(),
                rotation);
    }

    private static StatusFields fields(@Nullable RotationStatus rotation, @Nullable String handled) {
        return new StatusFields(
                RecordedClient.NONE, PublishedEndpoints.NONE, null, null, null, rotation, null, handled);
    }
}
