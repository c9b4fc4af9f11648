package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.cluster.PoolUnread;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;
import dev.appclients.cognito.controller.reconcile.ReconcileGate;
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
    private final HeldRefusals heldRefusals;
    private final CheckMemory checkMemory;
    private final ClientObserver observer;
    private final Schedule schedule;
    private final ReconcileGate gate;

    Reporter(
            ClientReports reports,
            HeldRefusals heldRefusals,
            CheckMemory checkMemory,
            ClientObserver observer,
            Schedule schedule,
            ReconcileGate gate) {
        this.reports = reports;
        this.heldRefusals = heldRefusals;
        this.checkMemory = checkMemory;
        this.observer = observer;
        this.schedule = schedule;
        this.gate = gate;
    }

    /** The outcome of a reconciliation whose steps all ran. */
    Outcome conclude(ReconcileInput input, PassState pass) {
        pass.handled(Annotations.reconcileRequest(input.resource()));
        StopReconciliation deferred = pass.deferredStop();
        if (deferred != null) {
            heldRefusals.remember(input, deferred);
            if (pass.requeueAfter() == null) {
                pass.requeueAfter(checkMemory.recordFailure(input.uid(), deferred.pace()));
            }
            return deferred.outcome();
        }
        if (pass.requeueAfter() == null) {
            pass.requeueAfter(schedule.afterSuccess(input.uid(), observer.interval(input)));
        }
        String secret = pass.secret() == null
                ? ""
                : " and published in Secret " + pass.secret().name();
        String state = input.observes() ? " is observed" : " is in sync";
        return new Outcome.Synced("App client " + pass.clientId() + state + secret);
    }

    /** Reports a reconciliation whose steps all ran. */
    UpdateControl<UserPoolClient> report(
            Context<UserPoolClient> context, UserPoolClient resource, PassState pass, Outcome outcome) {
        return end(context, resource, pass, outcome, Pace.SOON);
    }

    /** Reports a reconciliation that ended early. */
    UpdateControl<UserPoolClient> stopped(
            Context<UserPoolClient> context, UserPoolClient resource, PassState pass, StopReconciliation stop) {
        pass.handled(Annotations.reconcileRequest(resource));
        if (pass.admittedPool() != null) {
            heldRefusals.remember(ReconcileInput.of(resource, context, pass.admittedPool()), stop);
        }
        return end(context, resource, pass, stop.outcome(), stop.pace());
    }

    /** Reports a reconciliation that a failed AWS call ended. */
    UpdateControl<UserPoolClient> failed(
            Context<UserPoolClient> context, UserPoolClient resource, PassState pass, Failure failure) {
        String pool = pass.admittedPool() == null
                ? resource.getSpec().userPoolRef().name()
                : pass.admittedPool().access().pool().value();
        Outcome outcome = FailureText.conclude(Step.CLIENT, failure, pool);
        return stopped(
                context,
                resource,
                pass,
                StopReconciliation.with(outcome, failure.kind().pace()));
    }

    /** Reports a reconciliation that the API server ended. A conflict is not reported; the operator retries with the newer version. */
    UpdateControl<UserPoolClient> unavailable(
            Context<UserPoolClient> context,
            UserPoolClient resource,
            PassState pass,
            KubernetesClientException failure) {
        if (KubernetesFailure.isConflict(failure)) {
            return conflict(context, resource, pass);
        }
        StopReconciliation stop = KubernetesFailure.unavailable(Step.SECRET, failure);
        return end(context, resource, pass, stop.outcome(), stop.pace());
    }

    /** Reports a reconciliation that an unexpected error ended. */
    UpdateControl<UserPoolClient> unexpected(
            Context<UserPoolClient> context, UserPoolClient resource, PassState pass, Throwable error) {
        reports.unexpected(resource, "reconciliation", error);
        try {
            return end(context, resource, pass, new Outcome.Unexpected(), Pace.SOON);
        } catch (RuntimeException | Error unreported) {
            reports.unexpected(resource, "report on the reconciliation", unreported);
            return retry(resource, NotWritten.FAILED);
        }
    }

    /** The read of the pool triggers the next reconciliation, unless it ended meanwhile. Reported only if it fails. */
    UpdateControl<UserPoolClient> poolUnread(
            Context<UserPoolClient> context, UserPoolClient resource, PassState pass, PoolUnread unread) {
        if (unread.isOvertaken()) {
            return overtaken(context, resource, pass);
        }
        return unread.isFailing()
                ? stopped(context, resource, pass, Guard.notReady(unread.poolName()))
                : UpdateControl.<UserPoolClient>noUpdate()
                        .rescheduleAfter(
                                schedule.afterFailure(resource.getMetadata().getUid(), Pace.MINUTES));
    }

    /**
     * The object or the facts of its pool changed during the reconciliation, or the operator stops: withdraws a recorded intent and
     * reconciles again. During shutdown the gate refuses that reconciliation.
     */
    UpdateControl<UserPoolClient> overtaken(Context<UserPoolClient> context, UserPoolClient resource, PassState pass) {
        if (!gate.leads()) {
            return UpdateControl.noUpdate();
        }
        if (pass.isIntentRecorded()) {
            Outcome startsOver = new Outcome.Waiting(
                    Step.CLIENT,
                    Reason.PENDING,
                    "The operator cancelled the create before the call to Cognito. It starts over");
            if (reports.write(context, resource, pass, startsOver)
                    instanceof StatusWrite.Unwritten<UserPoolClient>(NotWritten why, var failure)) {
                return retry(resource, why);
            }
        }
        return UpdateControl.<UserPoolClient>noUpdate().reschedule();
    }

    /** Ends a reconciliation that conflicted with another writer of the Secret. Not reported; the operator retries. */
    UpdateControl<UserPoolClient> secretChanged(
            Context<UserPoolClient> context, UserPoolClient resource, PassState pass, SecretChanged conflict) {
        LOG.debug("{}", conflict.getMessage());
        return conflict(context, resource, pass);
    }

    private UpdateControl<UserPoolClient> end(
            Context<UserPoolClient> context, UserPoolClient resource, PassState pass, Outcome outcome, Pace pace) {
        return switch (reports.write(context, resource, pass, outcome)) {
            // The next reconciliation finds the results, so only the report is late.
            case StatusWrite.Unwritten<UserPoolClient>(NotWritten why, var failure) -> retry(resource, why);
            case StatusWrite.Written<UserPoolClient>(UserPoolClient now)
            when LostChange.happened(resource, now) ->
                UpdateControl.<UserPoolClient>noUpdate().reschedule();
            case StatusWrite.Written<UserPoolClient> written ->
                UpdateControl.<UserPoolClient>noUpdate()
                        .rescheduleAfter(
                                schedule.afterFailure(resource.getMetadata().getUid(), pass.requeueAfter(), pace));
        };
    }

    private UpdateControl<UserPoolClient> conflict(
            Context<UserPoolClient> context, UserPoolClient resource, PassState pass) {
        reports.writeLearned(context, pass);
        return retry(resource, NotWritten.CONFLICT);
    }

    private UpdateControl<UserPoolClient> retry(UserPoolClient resource, NotWritten why) {
        return UpdateControl.<UserPoolClient>noUpdate().rescheduleAfter(reports.retry(resource, why));
    }
}
