package dev.appclients.cognito.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.PoolStatus.PoolReport;
import dev.appclients.cognito.status.PoolStatus.Problem;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PoolStatusTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = Instant.parse("2026-01-02T04:00:00Z");
    private static final String ARN = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Shop";
    private static final PoolFacts FACTS = new PoolFacts(
            new PoolArn(ARN),
            "https://issuer",
            null,
            "ESSENTIALS",
            PoolAttributes.of(List.of("email", "sub"), List.of("sub"), List.of("email")));
    private static final Problem TROUBLE = new Problem(Reason.ACCESS_DENIED, "Let the operator read the pool");

    @Test
    void aPoolThatWasReadIsReadyAndItsFactsAreKept() {
        ClusterUserPoolStatus status = compose(null, FACTS, null, false, 0, false);

        assertThat(status.userPoolARN()).isEqualTo(ARN);
        assertThat(status.issuer()).isEqualTo("https://issuer");
        assertThat(status.tier()).isEqualTo("ESSENTIALS");
        assertThat(told(status)).containsOnly(Map.entry("Ready", "True/Synced"), Map.entry("InUse", "False/NotInUse"));
    }

    @Test
    void aFailedReadKeepsAllFacts() {
        ClusterUserPoolStatus before = compose(null, FACTS, null, false, 1, false);
        ClusterUserPoolStatus after = compose(before, null, TROUBLE, true, 1, false);

        assertThat(after.userPoolARN()).isEqualTo(ARN);
        assertThat(after.issuer()).isEqualTo("https://issuer");
        assertThat(told(after))
                .containsOnly(
                        Map.entry("Ready", "False/AccessDenied"),
                        Map.entry("Stalled", "True/AccessDenied"),
                        Map.entry("InUse", "True/InUse"));
    }

    @Test
    void aTransientErrorDoesNotStall() {
        assertThat(told(compose(null, null, new Problem(Reason.THROTTLED, "later"), false, 0, false)))
                .containsEntry("Reconciling", "True/Throttled")
                .doesNotContainKey("Stalled");
    }

    @Test
    void anUnexpectedErrorLeavesAPoolUnknownAndKeepsAllFacts() {
        ClusterUserPoolStatus before = compose(null, FACTS, null, false, 1, false);
        ClusterUserPoolStatus after = compose(before, null, new Problem(Reason.UNEXPECTED_ERROR, "?"), false, 1, false);

        assertThat(told(after))
                .containsEntry("Ready", "Unknown/UnexpectedError")
                .containsEntry("Reconciling", "True/UnexpectedError");
        assertThat(after.userPoolARN()).isEqualTo(ARN);
    }

    @Test
    void aPoolThatIsBeingDeletedNamesTheClientsThatHoldItUp() {
        assertThat(told(compose(null, FACTS, null, false, 2, true)))
                .containsEntry("Ready", "False/PoolTerminating")
                .containsEntry("InUse", "True/InUse");
    }

    /** Whoever deletes the pool must not read that nothing refers to it. */
    @Test
    void aPoolWhoseClientsCannotBeListedIsNeitherInUseNorUnused() {
        Problem problem = new Problem(Reason.MISSING_PERMISSION, "?");

        assertThat(told(compose(null, FACTS, problem, true, null, false)))
                .containsEntry("Ready", "False/MissingPermission")
                .containsEntry("InUse", "Unknown/MissingPermission");
    }

    @Test
    void anUnchangedStatusIsEqualSoThatItIsNotWritten() {
        ClusterUserPoolStatus before = compose(null, FACTS, null, false, 1, false);

        assertThat(PoolStatus.compose(before, new PoolReport(3, FACTS, null, false, 7, false, null), LATER))
                .as("the number of clients is not in the status, so that a client does not change it")
                .isEqualTo(before);
    }

    private static ClusterUserPoolStatus compose(
            ClusterUserPoolStatus previous,
            PoolFacts facts,
            Problem problem,
            boolean stalled,
            Integer clients,
            boolean terminating) {
        return PoolStatus.compose(
                previous, new PoolReport(3, facts, problem, stalled, clients, terminating, null), NOW);
    }

    private static Map<String, String> told(ClusterUserPoolStatus status) {
        return status.conditions().stream()
                .collect(Collectors.toMap(Condition::getType, c -> c.getStatus() + "/" + c.getReason()));
    }
}
