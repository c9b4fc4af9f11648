package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.claim.CarriedCopies;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.EventRecorder;
import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.Cause;
import dev.appclients.cognito.rotation.RotationFacts.Published.State;
import dev.appclients.cognito.rotation.RotationPolicy;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationStep.AwaitSettlement;
import dev.appclients.cognito.rotation.RotationStep.Blocked;
import dev.appclients.cognito.rotation.RotationStep.Idle;
import dev.appclients.cognito.rotation.RotationStep.Problem;
import dev.appclients.cognito.rotation.RotationStep.Refusal;
import dev.appclients.cognito.rotation.RotationStep.RetirementRefused;
import dev.appclients.cognito.status.RotationReport;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a rotation is decided again, in virtual time. */
class RotationReporterTest {

    private static final PoolId POOL = new PoolId("eu-west-1_AbCdEfGhI");
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final RotationPolicy SCHEDULED =
            new RotationPolicy(Duration.ofDays(90), Duration.ofDays(7), Duration.ofDays(14));

    private final RotationPasses time = new RotationPasses();
    private final List<Duration> wakes = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final List<String> counts = new ArrayList<>();
    private final CognitoClock clock = new CognitoClock(() -> time.now);

    private final EventRecorder recorder = (EventRecorder) Proxy.newProxyInstance(
            EventRecorder.class.getClassLoader(), new Class<?>[] {EventRecorder.class}, (proxy, method, arguments) -> {
                events.add(String.valueOf(arguments[2]));
                return null;
            });

    private final OverlapCopies copies = new OverlapCopies((client, id) -> {
        counts.add(id);
        return Optional.of(new CarriedCopies(1_000, 999, 0));
    });

    private final RotationDemands demands = new RotationDemands(
            new CheckMemory(() -> time.now, new Random(1)),
            new CheckMemory(() -> time.now, new Random(1)),
            new StartPacer(() -> time.nanos),
            clock);

    private final RotationAnnouncements announcements = new RotationAnnouncements(recorder, PassListener.NONE);

    private final RotationReporter reporter = new RotationReporter(
            time.memory,
            demands,
            announcements,
            new CheckMemory(() -> time.now, new Random(1)),
            clock,
            copies,
            (client, delay) -> wakes.add(delay));

    private final RotationRecord steady = RotationRecord.original(new SecretId("A", time.now));
    private final RotationRecord staged =
            steady.staged(Cause.REQUEST, "monday", new SecretListing(List.of(new SecretId("A", time.now)), time.now));

    @Test
    void aSettlementIsWaitedForAlsoWhenAnotherWakeComesFirst() {
        RotationPass first = pass(staged);
        reporter.ended(first, RotationPolicy.DEFAULT, State.CURRENT, new AwaitSettlement());
        assertThat(wakes).containsExactly(RotationPasses.SETTLES_AFTER.plus(MILLI));
        wakes.clear();
        time.pass(Duration.ofSeconds(20));

        RotationPass second = pass(staged);
        RotationReport held = held(second);
        assertThat(held).isNotNull();
        reporter.held(second, held);

        assertThat(wakes).containsExactly(Duration.ofSeconds(40).plus(MILLI));
        assertThat(second.report()).isEqualTo(first.report());
        time.pass(Duration.ofSeconds(40));
        assertThat(held(second)).isNull();
    }

    @Test
    void aBlockedRotationIsDecidedHourlyOrWithAnotherInput() {
        RotationPass pass = pass(steady);
        reporter.ended(
                pass,
                RotationPolicy.DEFAULT,
                State.CURRENT,
                new Blocked(Reason.FOREIGN_SECRET, Problem.FOREIGN_SECRET));

        assertThat(wakes).containsExactly(Duration.ofHours(1).plus(MILLI));
        assertThat(events).containsExactly(Reason.FOREIGN_SECRET.name());
        assertThat(held(pass)).isNotNull();
        assertThat(held(annotated("cognito.appclients.dev/retire-secret: X"))).isNull();
        assertThat(held(annotated("cognito.appclients.dev/rotate-requested-at: tuesday")))
                .isNull();
        assertThat(pass.memory().held(reporter.fingerprint(pass, State.CONTESTED)))
                .isNull();
    }

    @Test
    void aRefusedRetirementThatCostsAListIsRepeatedHourly() {
        RotationPass pass = pass(steady);
        pass.refused(new RetirementRefused("X", Refusal.UNKNOWN));
        reporter.ended(pass, RotationPolicy.DEFAULT, State.CURRENT, new Idle(null));

        assertThat(held(pass)).isNotNull();
        assertThat(held(pass).pending()).isEqualTo(Reason.RETIREMENT_REFUSED);
        time.pass(Duration.ofHours(1));
        assertThat(held(pass)).isNull();
    }

    @Test
    void aRefusedRetirementDoesNotDelayTheNextStep() {
        RotationPass pass = pass(steady);
        pass.refused(new RetirementRefused("X", Refusal.UNKNOWN));
        reporter.ended(pass, RotationPolicy.DEFAULT, State.CURRENT, new Idle(time.now.plusSeconds(90)));

        assertThat(wakes).containsExactly(Duration.ofSeconds(91).plus(MILLI));
        time.pass(Duration.ofSeconds(91));
        assertThat(held(pass)).isNull();
    }

    @Test
    void aLostValueIsNotLookedForInEachReconciliation() {
        RotationPass pass = pass(steady);
        reporter.ended(pass, RotationPolicy.DEFAULT, State.LOST, new Idle(time.now.plus(Duration.ofDays(7))));

        assertThat(pass.memory().held(reporter.fingerprint(pass, State.LOST))).isNotNull();
    }

    @Test
    void theEndOfAWaitWakesTheClient() {
        reporter.ended(pass(steady), RotationPolicy.DEFAULT, State.CURRENT, new Idle(time.now.plusSeconds(90)));
        assertThat(wakes).containsExactly(Duration.ofSeconds(91));
    }

    @Test
    void theScheduleWakesTheClient() {
        reporter.ended(pass(steady), SCHEDULED, State.CURRENT, new Idle(null));
        assertThat(wakes).containsExactly(Duration.ofDays(90).plusSeconds(1));
    }

    @Test
    void withoutAScheduleNothingWakesASteadyClient() {
        RotationPass pass = pass(steady);
        reporter.ended(pass, RotationPolicy.DEFAULT, State.CURRENT, new Idle(null));
        assertThat(wakes).isEmpty();
        assertThat(held(pass)).isNull();
        assertThat(events).isEmpty();
    }

    @Test
    void theCopiesAreCountedOnceInAReconciliation() {
        RotationPass pass = pass(staged.added(new SecretId("B", time.now)));
        SecretRotations rotations = new SecretRotations(
                null, new RotationFactsReader(demands, copies, clock), null, time.memory, announcements, reporter);

        rotations.advance(pass, State.CURRENT);

        assertThat(pass.report().status().summary()).startsWith("Overlap 999/1000 until ");
        assertThat(counts).containsExactly("B");
    }

    @Test
    void theCopiesAreCountedAgainWhenAnotherSecretIsCurrentAndInTheNextReconciliation() {
        RotationPass pass = pass(staged.added(new SecretId("B", time.now)));
        copies.of(pass);
        pass.stored(RotationPasses.found(staged.added(new SecretId("C", time.now))));
        copies.of(pass);
        copies.of(pass(staged.added(new SecretId("C", time.now))));

        assertThat(counts).containsExactly("B", "C", "C");
    }

    @Test
    void theCopiesOfAClientWithoutAnOverlapAreNotCounted() {
        assertThat(copies.of(pass(steady)).lagging()).isZero();
        copies.of(pass(staged));

        assertThat(counts).isEmpty();
    }

    private RotationReport held(RotationPass pass) {
        return pass.memory().held(reporter.fingerprint(pass, State.CURRENT));
    }

    private RotationPass pass(RotationRecord rotation) {
        return time.pass(RotationPasses.UID, POOL, rotation, "", "");
    }

    private RotationPass annotated(String annotation) {
        return time.pass(RotationPasses.UID, POOL, steady, annotation, "");
    }
}
