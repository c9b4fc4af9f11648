package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.rotation.RotationFacts.Copies;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.rotation.RotationPolicy;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationStep;
import dev.appclients.cognito.status.FailureText;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.RotationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reports a rotation at the end of its part of a reconciliation, and schedules the next one. */
final class RotationReporter {

    private static final Duration HOUR = Duration.ofHours(1);

    /** Copies are rewritten within seconds. */
    private static final Duration COPIES = Duration.ofSeconds(5);

    private final RotationMemory memory;
    private final RotationDemands demands;
    private final RotationAnnouncements announcements;
    private final CheckMemory failures;
    private final CognitoClock clock;
    private final OverlapCopies copies;
    private final BiConsumer<UserPoolClient, Duration> wake;

    RotationReporter(
            RotationMemory memory,
            RotationDemands demands,
            RotationAnnouncements announcements,
            CheckMemory failures,
            CognitoClock clock,
            OverlapCopies copies,
            BiConsumer<UserPoolClient, Duration> wake) {
        this.memory = memory;
        this.demands = demands;
        this.announcements = announcements;
        this.failures = failures;
        this.clock = clock;
        this.copies = copies;
        this.wake = wake;
    }

    /** Reports the end of the steps. */
    void ended(RotationPass pass, RotationPolicy policy, Published.State published, RotationStep.Ending end) {
        RotationReport report = reports(pass, policy).after(end);
        if (end instanceof RotationStep.Idle(Instant until) && costs(pass, published)) {
            failures.recordSuccess(pass.target().uid());
            hold(pass, published, report, upTo(until));
        } else if (end instanceof RotationStep.Idle(Instant until)) {
            failures.recordSuccess(pass.target().uid());
            pass.memory().release();
            shown(pass, report);
            scheduleNext(pass, policy, until);
        } else {
            RotationRecord rotation = pass.rotation();
            Instant next =
                    rotation != null && rotation.state() instanceof Overlap overlap ? overlap.deadline(policy) : null;
            hold(
                    pass,
                    published,
                    report,
                    end instanceof RotationStep.AwaitSettlement ? memory.settlesAfter() : upTo(next));
        }
    }

    /** Reports a rotation that still waits after an earlier reconciliation. */
    void held(RotationPass pass, RotationReport report) {
        pass.report(report);
        wake.accept(pass.target().resource(), pass.memory().untilReleased().plusMillis(1));
    }

    /** Whether the same decision costs calls each time. */
    private static boolean costs(RotationPass pass, Published.State published) {
        boolean isListedForNothing = pass.refusal() != null && pass.refusal().why() != RotationStep.Refusal.PUBLISHED;
        return isListedForNothing || published == Published.State.LOST;
    }

    private Duration upTo(@Nullable Instant next) {
        Duration left = next == null ? HOUR : Duration.between(clock.now(), next);
        return left.isPositive() && left.compareTo(HOUR) < 0 ? left.plusSeconds(1) : HOUR;
    }

    /** Reports a failed call to Cognito. */
    void failed(RotationPass pass, RotationPolicy policy, Published.State published, Failure failure) {
        String pool = pass.target().access().pool().value();
        RotationReport report =
                reports(pass, policy).failed(FailureText.reason(failure.kind()), FailureText.message(failure, pool));
        retry(pass, published, report, failure.kind().pace());
    }

    /** Reports a failed write to the API server. */
    void stopped(RotationPass pass, RotationPolicy policy, Published.State published, StopReconciliation stop) {
        RotationReport report = switch (stop.outcome()) {
            case Outcome.Waiting(var step, Reason reason, String message) ->
                reports(pass, policy).failed(reason, message);
            case Outcome.Refused(var step, Reason reason, String message) ->
                reports(pass, policy).blocked(reason, message);
            default -> throw stop;
        };
        retry(pass, published, report, stop.pace());
    }

    private void scheduleNext(RotationPass pass, RotationPolicy policy, @Nullable Instant until) {
        RotationRecord rotation = pass.rotation();
        boolean awaitsCopies = rotation != null
                && rotation.state() instanceof Overlap overlap
                && overlap.carriedAt() == null
                && clock.now().isBefore(overlap.addedAt().plus(HOUR));
        Duration turn = demands.untilTurn(pass, policy);
        Duration check = demands.untilCheck(pass, policy);
        if (awaitsCopies) {
            wake.accept(pass.target().resource(), COPIES);
        } else if (turn != null) {
            wake.accept(pass.target().resource(), turn.plusMillis(1));
        } else if (until != null) {
            Duration left = Duration.between(clock.now(), until);
            wake.accept(pass.target().resource(), left.isPositive() ? left.plusSeconds(1) : COPIES);
        } else if (check != null) {
            wake.accept(pass.target().resource(), check.plusSeconds(1));
        }
    }

    private void retry(RotationPass pass, Published.State published, RotationReport report, Pace pace) {
        hold(pass, published, report, failures.recordFailure(pass.target().uid(), pace));
    }

    private void hold(RotationPass pass, Published.State published, RotationReport report, Duration time) {
        pass.memory().hold(time, fingerprint(pass, published), report);
        shown(pass, report);
        wake.accept(pass.target().resource(), time.plusMillis(1));
    }

    private RotationReports reports(RotationPass pass, RotationPolicy policy) {
        return new RotationReports(pass, policy, copies.of(pass), clock.now(), demands.dueAt(pass, policy));
    }

    private void shown(RotationPass pass, RotationReport report) {
        announcements.reported(pass, report);
        pass.report(report);
    }

    /** The input of a held report: another one is a reason to decide again at once. */
    String fingerprint(RotationPass pass, Published.State published) {
        UserPoolClient resource = pass.target().resource();
        Copies counted = copies.of(pass);
        return String.join(
                " ",
                String.valueOf(resource.getMetadata().getGeneration()),
                String.valueOf(Annotations.rotateRequest(resource)),
                String.valueOf(Annotations.value(resource, Annotations.RETIRE_SECRET)),
                published.name(),
                counted.carrying() + "/" + counted.counted() + "/" + counted.othersBehind());
    }

    void forget(String uid) {
        failures.forget(uid);
        demands.forget(uid);
    }

    int size() {
        return failures.size() + demands.size();
    }
}
