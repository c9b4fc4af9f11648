package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.TestClock;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a refusal holds. */
class HeldRefusalsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Outcome.Refused REFUSED =
            new Outcome.Refused(Step.CLIENT, Reason.NOT_APPLIED, "Cognito shows others");

    private final TestClock clock = new TestClock();
    private final Informers nothingKnown = new Informers();
    private final CheckMemory memory = new CheckMemory(clock, new Random(1));
    private final HeldRefusals refusals = new HeldRefusals(memory, new ClientOwnership(nothingKnown), nothingKnown);
    private final ReconcileInput subject = refusedBefore();

    @BeforeEach
    void isRefused() {
        refusals.remember(subject, StopReconciliation.with(REFUSED, Pace.HOURLY));
    }

    @Test
    void aRefusalHoldsForAnHour() {
        assertThat(refusals.held(subject)).contains(REFUSED);

        clock.advance(HOUR);

        assertThat(refusals.held(subject)).isEmpty();
    }

    @Test
    void aRepeatedRefusalHoldsForAnotherHour() {
        clock.advance(HOUR);

        refusals.remember(subject, StopReconciliation.with(REFUSED, Pace.HOURLY));

        assertThat(refusals.held(subject)).contains(REFUSED);
    }

    /** The hour ends between the check of the refusal and the report. */
    @Test
    void aReconciliationWithoutACallDoesNotExtendTheRefusal() {
        StopReconciliation stop = new PreflightCheck(null, refusals)
                .heldRefusal(subject)
                .orElseThrow()
                .stop();
        clock.advance(HOUR);

        refusals.remember(subject, stop);

        assertThat(refusals.held(subject)).isEmpty();
    }

    @Test
    void afterARestartAReconciliationWithoutACallRemembersTheInputOfTheRefusal() {
        CheckMemory later = new CheckMemory(clock, new Random(1));
        HeldRefusals restarted = new HeldRefusals(later, new ClientOwnership(nothingKnown), nothingKnown);
        restarted.remember(
                subject,
                new PreflightCheck(null, restarted)
                        .heldRefusal(subject)
                        .orElseThrow()
                        .stop());

        assertThat(restarted.held(subject)).contains(REFUSED);
        assertThat(restarted.held(withPoolGeneration(2))).isEmpty();
    }

    private static ReconcileInput refusedBefore() {
        return withPoolGeneration(1);
    }

    private static ReconcileInput withPoolGeneration(long generation) {
        UserPoolClient client = Serialization.unmarshal(
                """
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web, namespace: shop, uid: 8a7c1d52-6b1e-4d0a-9a53-2f0c6d1b7e44, generation: 1}
                spec: {userPoolRef: {name: customers}, appType: Confidential}
                status:
                  conditions:
                  - {type: %s, status: "False", reason: %s, message: %s, observedGeneration: 1}
                """.formatted(Step.CLIENT.condition(), REFUSED.reason().text(), REFUSED.message()),
                UserPoolClient.class);
        return Subjects.of(client, generation);
    }
}
