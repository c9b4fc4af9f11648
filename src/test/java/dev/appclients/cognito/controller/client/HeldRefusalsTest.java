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
    private final CheckMemory checkMemory = new CheckMemory(clock, new Random(1));
    private final HeldRefusals heldRefusals =
            new HeldRefusals(checkMemory, new ClientOwnership(nothingKnown), nothingKnown.roomTries());
    private final ReconcileInput input = refusedBefore();

    @BeforeEach
    void isRefused() {
        heldRefusals.remember(input, StopReconciliation.with(REFUSED, Pace.HOURLY));
    }

    @Test
    void aRefusalHoldsForAnHour() {
        assertThat(heldRefusals.held(input)).contains(REFUSED);

        clock.advance(HOUR);

        assertThat(heldRefusals.held(input)).isEmpty();
    }

    @Test
    void aRepeatedRefusalHoldsForAnotherHour() {
        clock.advance(HOUR);

        heldRefusals.remember(input, StopReconciliation.with(REFUSED, Pace.HOURLY));

        assertThat(heldRefusals.held(input)).contains(REFUSED);
    }

    /** The hour ends between the check of the refusal and the report. */
    @Test
    void aReconciliationWithoutACallDoesNotExtendTheRefusal() {
        StopReconciliation stop = new PreflightCheck(null, heldRefusals)
                .heldRefusal(input)
                .orElseThrow()
                .stop();
        clock.advance(HOUR);

        heldRefusals.remember(input, stop);

        assertThat(heldRefusals.held(input)).isEmpty();
    }

    @Test
    void afterARestartAReconciliationWithoutACallRemembersTheInputOfTheRefusal() {
        CheckMemory later = new CheckMemory(clock, new Random(1));
        HeldRefusals restarted = new HeldRefusals(later, new ClientOwnership(nothingKnown), nothingKnown.roomTries());
        restarted.remember(
                input,
                new PreflightCheck(null, restarted)
                        .heldRefusal(input)
                        .orElseThrow()
                        .stop());

        assertThat(restarted.held(input)).contains(REFUSED);
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
        return ReconcileInputs.of(client, generation);
    }
}
