package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.PassListener.NotWritten;
import dev.appclients.cognito.controller.guards.LostChange;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conclusion;
import dev.appclients.cognito.status.FailureText;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a pass: writes the status if it differs, announces transitions, and says when to reconcile again. */
final class Reporter {

    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private final ClientReports reports;
    private final Refusals refusals;
    private final LookMemory memory;
    private final ClientObserver observer;
    private final Schedule schedule;
    private final Leadership leadership;

    Reporter(
            ClientReports reports,
            Refusals refusals,
            LookMemory memory,
            ClientObserver observer,
            Schedule schedule,
            Leadership leadership) {
        this.reports = reports;
        this.refusals = refusals;
        this.memory = memory;
        this.observer = observer;
        this.schedule = schedule;
        this.leadership = leadership;
    }

    /** What a pass that went through has come to. */
    Conclusion conclude(Subject subject, Progress progress) {
        progress.handled(Annotations.reconcileRequest(subject.resource()));
        Stop flaw = progress.flaw();
        if (flaw != null) {
            refusals.remember(subject, flaw);
            if (progress.lookAgainAfter() == null) {
                progress.lookAgainAfter(memory.recordFailure(subject.uid(), flaw.pace()));
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
        progress.handled(Annotations.reconcileRequest(resource));
        if (progress.admission() != null) {
            refusals.remember(Subject.of(resource, context, progress.admission()), stop);
        }
        return end(context, resource, progress, stop.conclusion(), stop.pace());
    }

    /** Reports a pass that a failed call ended. */
    UpdateControl<UserPoolClient> failed(
            Context<UserPoolClient> context, UserPoolClient resource, Progress progress, Failure failure) {
        String pool = progress.admission() == null
                ? resource.getSpec().userPoolRef().name()
                : progress.admission().access().pool().value();
        Conclusion conclusion = FailureText.conclude(Step.CLIENT, failure, pool);
        return stopped(
                context,
                resource,
                progress,
                Stop.with(conclusion, failure.kind().pace()));
    }

    /** Reports a pass that the API server ended. A conflict is no news: the pass is repeated with the newer version. */
    UpdateControl<UserPoolClient> unavailable(
            Context<UserPoolClient> context,
            UserPoolClient resource,
            Progress progress,
            KubernetesClientException failure) {
        if (KubernetesFailure.isConflict(failure)) {
            return conflict(context, resource, progress);
        }
        Stop stop = KubernetesFailure.unavailable(Step.SECRET, failure);
        return end(context, resource, progress, stop.conclusion(), stop.pace());
    }

    /** Reports a pass that an error ended which the code does not expect. */
    UpdateControl<UserPoolClient> unexpected(
            Context<UserPoolClient> context, UserPoolClient resource, Progress progress, Throwable error) {
        reports.unexpected(resource, "reconciliation", error);
        try {
            return end(context, resource, progress, new Conclusion.Unexpected(), Pace.SOON);
        } catch (RuntimeException | Error unreported) {
            reports.unexpected(resource, "report on the reconciliation", unreported);
            return retry(resource, NotWritten.FAILED);
        }
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

    /** The object changed while the pass waited for its turn: the pass is repeated, and an intent that stands is taken back. */
    UpdateControl<UserPoolClient> overtaken(
            Context<UserPoolClient> context, UserPoolClient resource, Progress progress) {
        if (!leadership.holds()) {
            return UpdateControl.noUpdate();
        }
        if (progress.isIntentRecorded()) {
            Conclusion begunAnew = new Conclusion.Waiting(
                    Step.CLIENT,
                    Reason.PENDING,
                    "The object changed while its app client was about to be created; begun anew");
            if (reports.write(context, resource, progress, begunAnew)
                    instanceof StatusWrite.Unwritten<UserPoolClient>(NotWritten why, var failure)) {
                return retry(resource, why);
            }
        }
        return UpdateControl.<UserPoolClient>noUpdate().reschedule();
    }

    /** Reports a pass that another writer of the Secret ended. That is no news: the pass is repeated, and judges what is there then. */
    UpdateControl<UserPoolClient> secretChanged(
            Context<UserPoolClient> context, UserPoolClient resource, Progress progress, SecretChanged conflict) {
        LOG.debug("{}", conflict.getMessage());
        return conflict(context, resource, progress);
    }

    private UpdateControl<UserPoolClient> end(
            Context<UserPoolClient> context,
            UserPoolClient resource,
            Progress progress,
            Conclusion conclusion,
            Pace pace) {
        return switch (reports.write(context, resource, progress, conclusion)) {
            // What the pass did stands, or the next pass finds it: only the report is late.
            case StatusWrite.Unwritten<UserPoolClient>(NotWritten why, var failure) -> retry(resource, why);
            case StatusWrite.Written<UserPoolClient>(UserPoolClient now)
            when LostChange.happened(resource, now) ->
                UpdateControl.<UserPoolClient>noUpdate().reschedule();
            case StatusWrite.Written<UserPoolClient> written ->
                UpdateControl.<UserPoolClient>noUpdate()
                        .rescheduleAfter(schedule.afterFailure(
                                resource.getMetadata().getUid(), progress.lookAgainAfter(), pace));
        };
    }

    private UpdateControl<UserPoolClient> conflict(
            Context<UserPoolClient> context, UserPoolClient resource, Progress progress) {
        reports.writeLearned(context, progress);
        return retry(resource, NotWritten.CONFLICT);
    }

    private UpdateControl<UserPoolClient> retry(UserPoolClient resource, NotWritten why) {
        return UpdateControl.<UserPoolClient>noUpdate().rescheduleAfter(reports.retry(resource, why));
    }
}
