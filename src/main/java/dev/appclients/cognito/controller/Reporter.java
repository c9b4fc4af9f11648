package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.guards.LostChange;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.ClientStatus;
import dev.appclients.cognito.status.Conclusion;
import dev.appclients.cognito.status.FailureText;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Ends a pass: writes the status if it differs, tells of transitions, and says when to look again. */
final class Reporter {

    private final StatusWriter statuses;
    private final Refusals refusals;
    private final LookMemory memory;
    private final ClientObserver observer;
    private final Schedule schedule;
    private final Transitions transitions;
    private final KubernetesView kubernetes;
    private final Leadership leadership;
    private final InstantSource clock;

    Reporter(
            StatusWriter statuses,
            Refusals refusals,
            LookMemory memory,
            ClientObserver observer,
            Schedule schedule,
            Announcer announcer,
            KubernetesView kubernetes,
            Leadership leadership,
            InstantSource clock) {
        this.statuses = statuses;
        this.refusals = refusals;
        this.memory = memory;
        this.observer = observer;
        this.schedule = schedule;
        this.transitions = new Transitions(announcer);
        this.kubernetes = kubernetes;
        this.leadership = leadership;
        this.clock = clock;
    }

    /** What a pass that went through has come to. */
    Conclusion conclude(Subject subject, Progress progress) {
        progress.handled(subject.annotation(Annotations.RECONCILE_REQUESTED_AT));
        Stop flaw = progress.flaw();
        if (flaw != null) {
            refusals.remember(subject, flaw);
            if (progress.lookAgainAfter() == null) {
                progress.lookAgainAfter(memory.failed(subject.uid(), flaw.pace()));
            }
            return flaw.conclusion();
        }
        if (progress.lookAgainAfter() == null) {
            progress.lookAgainAfter(schedule.afterSuccess(subject.uid(), observer.interval(subject)));
        }
        String secret = progress.secret() == null
                ? ""
                : " and published in Secret " + progress.secret().name();
        String state = subject.observes() ? " is observed" : " is in sync";
        return new Conclusion.Synced("App client " + progress.clientId() + state + secret);
    }

    /** Reports a pass that went through. */
    UpdateControl<UserPoolClient> report(
            Context<UserPoolClient> context, UserPoolClient resource, Progress progress, Conclusion conclusion) {
        return end(context, resource, progress, conclusion, Pace.SOON);
    }

    /** Reports a pass that ended early. */
    UpdateControl<UserPoolClient> stopped(
            Context<UserPoolClient> context, UserPoolClient resource, Progress progress, Stop stop) {
        progress.handled(Annotations.value(resource, Annotations.RECONCILE_REQUESTED_AT));
        if (progress.admission() != null) {
            refusals.remember(Subject.of(resource, context, progress.admission()), stop);
        }
        return end(context, resource, progress, stop.conclusion(), stop.pace());
    }

    /** Reports a pass that a failed call ended. */
    UpdateControl<UserPoolClient> failed(
            Context<UserPoolClient> context, UserPoolClient resource, Progress progress, Failure failure) {
        String pool = kubernetes
                .pool(resource.getSpec().userPoolRef().name())
                .map(found -> found.getSpec().userPoolId())
                .orElse(resource.getSpec().userPoolRef().name());
        Conclusion conclusion = FailureText.conclude(Step.CLIENT, failure, pool);
        return stopped(
                context,
                resource,
                progress,
                Stop.with(conclusion, failure.kind().pace()));
    }

    /** Reports a pass that the API server ended. */
    UpdateControl<UserPoolClient> unavailable(
            Context<UserPoolClient> context,
            UserPoolClient resource,
            Progress progress,
            KubernetesClientException failure) {
        Stop stop = KubernetesFailure.unavailable(Step.SECRET, failure);
        return end(context, resource, progress, stop.conclusion(), stop.pace());
    }

    /** The pass waits until the pool was read, which wakes it; told only when the reading failed. */
    UpdateControl<UserPoolClient> poolUnread(
            Context<UserPoolClient> context, UserPoolClient resource, Progress progress, PoolUnread unread) {
        return unread.isFailing()
                ? stopped(context, resource, progress, Guard.notReady(unread.poolName()))
                : UpdateControl.<UserPoolClient>noUpdate()
                        .rescheduleAfter(
                                schedule.afterFailure(resource.getMetadata().getUid(), Pace.MINUTES));
    }

    /** The object changed while the pass waited for its turn: begun anew, after an intent that came to nothing is taken back. */
    UpdateControl<UserPoolClient> overtaken(
            Context<UserPoolClient> context, UserPoolClient resource, Progress progress) {
        if (progress.isIntentRecorded() && leadership.holds()) {
            Conclusion begunAnew = new Conclusion.Waiting(
                    Step.CLIENT,
                    Reason.PENDING,
                    "The object changed while its app client was about to be created; begun anew");
            write(context, resource, progress, begunAnew);
        }
        return leadership.holds()
                ? UpdateControl.<UserPoolClient>noUpdate().reschedule()
                : UpdateControl.<UserPoolClient>noUpdate();
    }

    private UpdateControl<UserPoolClient> end(
            Context<UserPoolClient> context,
            UserPoolClient resource,
            Progress progress,
            Conclusion conclusion,
            Pace pace) {
        Optional<UserPoolClient> written;
        try {
            written = write(context, resource, progress, conclusion);
        } catch (KubernetesClientException e) {
            written = Optional.empty();
        }
        if (written.isEmpty()) {
            // The result stands in what was written before, or will be found again: only the report is late.
            return UpdateControl.<UserPoolClient>noUpdate()
                    .rescheduleAfter(
                            schedule.afterFailure(resource.getMetadata().getUid(), Pace.SOON));
        }
        if (LostChange.happened(resource, written.get())) {
            return UpdateControl.<UserPoolClient>noUpdate().reschedule();
        }
        Duration delay = schedule.afterFailure(resource.getMetadata().getUid(), progress.lookAgainAfter(), pace);
        return UpdateControl.<UserPoolClient>noUpdate().rescheduleAfter(delay);
    }

    /** Writes the status if it differs; the object as it is now, or empty when the status could not be written onto it. */
    private Optional<UserPoolClient> write(
            Context<UserPoolClient> context, UserPoolClient resource, Progress progress, Conclusion conclusion) {
        UserPoolClient latest = progress.latest();
        UserPoolClientStatus status = ClientStatus.compose(
                latest.getStatus(),
                progress.report(resource.getMetadata().getGeneration(), conclusion),
                clock.instant());
        Optional<UserPoolClient> now =
                status.equals(latest.getStatus()) ? Optional.of(latest) : statuses.write(context, latest, status);
        now.ifPresent(written -> {
            transitions.tell(resource, status);
            transitions.tellDrift(resource, status);
            transitions.tellDoubts(resource, progress.warnings());
            transitions.tellUnknownSettings(resource, status);
        });
        return now;
    }
}
