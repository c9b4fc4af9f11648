package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.cluster.PoolUnread;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.reconcile.Leadership;
import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;
import dev.appclients.cognito.controller.reconcile.Schedule;
import dev.appclients.cognito.controller.reconcile.StatusWrite;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.secret.SecretChanged;
import dev.appclients.cognito.controller.workarounds.LostChange;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.FailureText;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a reconciliation: writes the status if it differs, announces transitions, and schedules the next reconciliation. */
final class Reporter {

    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private final ClientReports reports;
    private final HeldRefusals refusals;
    private final CheckMemory memory;
    private final ClientObserver observer;
    private final Schedule schedule;
    private final Leadership leadership;

    Reporter(
            ClientReports reports,
            HeldRefusals refusals,
            CheckMemory memory,
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

    /** The outcome of a reconciliation whose steps all ran. */
    Outcome conclude(ReconcileInput subject, PassState progress) {
        progress.handled(Annotations.reconcileRequest(subject.resource()));
        StopReconciliation deferred = progress.deferredStop();
        if (deferred != null) {
            refusals.remember(subject, deferred);
            if (progress.requeueAfter() == null) {
                progress.requeueAfter(memory.recordFailure(subject.uid(), deferred.pace()));
            }
            return deferred.conclusion();
        }
        if (progress.requeueAfter() == null) {
            progress.requeueAfter(schedule.afterSuccess(subject.uid(), observer.interval(subject)));
        }
        String secret = progress.secret() == null
                ? ""
                : " and published in Secret " + progress.secret().name();
        String state = subject.observes() ? " is observed" : " is in sync";
        return new Outcome.Synced("App client " + progress.clientId() + state + secret);
    }

    /** Reports a reconciliation whose steps all ran. */
    UpdateControl<UserPoolClient> report(
            Context<UserPoolClient> context, UserPoolClient resource, PassState progress, Outcome conclusion) {
        return end(context, resource, progress, conclusion, Pace.SOON);
    }

    /** Reports a reconciliation that ended early. */
    UpdateControl<UserPoolClient> stopped(
            Context<UserPoolClient> context, UserPoolClient resource, PassState progress, StopReconciliation stop) {
        progress.handled(Annotations.reconcileRequest(resource));
        if (progress.admission() != null) {
            refusals.remember(ReconcileInput.of(resource, context, progress.admission()), stop);
        }
        return end(context, resource, progress, stop.conclusion(), stop.pace());
    }

    /** Reports a reconciliation that a failed AWS call ended. */
    UpdateControl<UserPoolClient> failed(
            Context<UserPoolClient> context, UserPoolClient resource, PassState progress, Failure failure) {
        String pool = progress.admission() == null
                ? resource.getSpec().userPoolRef().name()
                : progress.admission().access().pool().value();
        Outcome conclusion = FailureText.conclude(Step.CLIENT, failure, pool);
        return stopped(
                context,
                resource,
                progress,
                StopReconciliation.with(conclusion, failure.kind().pace()));
    }

    /** Reports a reconciliation that the API server ended. A conflict is not reported; the operator retries with the newer version. */
    UpdateControl<UserPoolClient> unavailable(
            Context<UserPoolClient> context,
            UserPoolClient resource,
            PassState progress,
            KubernetesClientException failure) {
        if (KubernetesFailure.isConflict(failure)) {
            return conflict(context, resource, progress);
        }
        StopReconciliation stop = KubernetesFailure.unavailable(Step.SECRET, failure);
        return end(context, resource, progress, stop.conclusion(), stop.pace());
    }

    /** Reports a reconciliation that an unexpected error ended. */
    UpdateControl<UserPoolClient> unexpected(
            Context<UserPoolClient> context, UserPoolClient resource, PassState progress, Throwable error) {
        reports.unexpected(resource, "reconciliation", error);
        try {
            return end(context, resource, progress, new Outcome.Unexpected(), Pace.SOON);
        } catch (RuntimeException | Error unreported) {
            reports.unexpected(resource, "report on the reconciliation", unreported);
            return retry(resource, NotWritten.FAILED);
        }
    }

    /** The facts of the pool trigger the next reconciliation. Reported only if their read fails. */
    UpdateControl<UserPoolClient> poolUnread(
            Context<UserPoolClient> context, UserPoolClient resource, PassState progress, PoolUnread unread) {
        return unread.isFailing()
                ? stopped(context, resource, progress, Guard.notReady(unread.poolName()))
                : UpdateControl.<UserPoolClient>noUpdate()
                        .rescheduleAfter(
                                schedule.afterFailure(resource.getMetadata().getUid(), Pace.MINUTES));
    }

    /** The object changed while the reconciliation waited for its turn: withdraws a recorded intent and reconciles again. */
    UpdateControl<UserPoolClient> overtaken(
            Context<UserPoolClient> context, UserPoolClient resource, PassState progress) {
        if (!leadership.holds()) {
            return UpdateControl.noUpdate();
        }
        if (progress.isIntentRecorded()) {
            Outcome startsOver = new Outcome.Waiting(
                    Step.CLIENT,
                    Reason.PENDING,
                    "The object changed before its app client was created. The operator starts over");
            if (reports.write(context, resource, progress, startsOver)
                    instanceof StatusWrite.Unwritten<UserPoolClient>(NotWritten why, var failure)) {
                return retry(resource, why);
            }
        }
        return UpdateControl.<UserPoolClient>noUpdate().reschedule();
    }

    /** Ends a reconciliation that conflicted with another writer of the Secret. Not reported; the operator retries. */
    UpdateControl<UserPoolClient> secretChanged(
            Context<UserPoolClient> context, UserPoolClient resource, PassState progress, SecretChanged conflict) {
        LOG.debug("{}", conflict.getMessage());
        return conflict(context, resource, progress);
    }

    private UpdateControl<UserPoolClient> end(
            Context<UserPoolClient> context,
            UserPoolClient resource,
            PassState progress,
            Outcome conclusion,
            Pace pace) {
        return switch (reports.write(context, resource, progress, conclusion)) {
            // The next reconciliation finds the results, so only the report is late.
            case StatusWrite.Unwritten<UserPoolClient>(NotWritten why, var failure) -> retry(resource, why);
            case StatusWrite.Written<UserPoolClient>(UserPoolClient now)
            when LostChange.happened(resource, now) ->
                UpdateControl.<UserPoolClient>noUpdate().reschedule();
            case StatusWrite.Written<UserPoolClient> written ->
                UpdateControl.<UserPoolClient>noUpdate()
                        .rescheduleAfter(
                                schedule.afterFailure(resource.getMetadata().getUid(), progress.requeueAfter(), pace));
        };
    }

    private UpdateControl<UserPoolClient> conflict(
            Context<UserPoolClient> context, UserPoolClient resource, PassState progress) {
        reports.writeLearned(context, progress);
        return retry(resource, NotWritten.CONFLICT);
    }

    private UpdateControl<UserPoolClient> retry(UserPoolClient resource, NotWritten why) {
        return UpdateControl.<UserPoolClient>noUpdate().rescheduleAfter(reports.retry(resource, why));
    }
}
