package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.reconcile.PassDeferred;
import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;
import dev.appclients.cognito.controller.reconcile.Schedule;
import dev.appclients.cognito.controller.reconcile.StatusWrite;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.secret.SecretChanged;
import dev.appclients.cognito.controller.workarounds.LostChange;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.FailureText;
import dev.appclients.cognito.status.Outcome;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the deletion of a UserPoolClient. It keeps the finalizer until the object's app client is deleted or released. */
final class ClientCleanup {

    private static final Logger LOG = LoggerFactory.getLogger(ClientCleanup.class);

    private static final Outcome FINALIZER_STAYS = new Outcome.Deleting(
            "The API server rejects the removal of the operator's finalizer. Check the operator's RBAC and the"
                    + " admission policies. The operator retries within a minute.");

    private final ClientRelease release;
    private final ClientReports reports;
    private final Schedule schedule;

    ClientCleanup(ClientRelease release, ClientReports reports, Schedule schedule) {
        this.release = release;
        this.reports = reports;
        this.schedule = schedule;
    }

    DeleteControl release(UserPoolClient resource, Context<UserPoolClient> context) {
        PassState pass = PassState.from(resource);
        try {
            return released(resource, context, pass);
        } catch (RuntimeException | Error unexpected) {
            return unexpected(resource, context, pass, unexpected);
        }
    }

    private DeleteControl released(UserPoolClient resource, Context<UserPoolClient> context, PassState pass) {
        try {
            release.release(resource, pass);
        } catch (StopReconciliation stop) {
            return keep(context, resource, pass, stop.outcome(), stop.pace());
        } catch (AwsCallException failed) {
            return keep(
                    context,
                    resource,
                    pass,
                    outcome(resource, failed.failure()),
                    failed.failure().kind().pace());
        } catch (CallCancelled | PassDeferred notCalled) {
            return DeleteControl.noFinalizerRemoval();
        } catch (SecretChanged changed) {
            return retry(resource, NotWritten.CONFLICT);
        } catch (KubernetesClientException unavailable) {
            return unavailable(context, resource, pass, unavailable);
        }
        if (context.getRetryInfo().isPresent()) {
            // Only the framework's removal of the finalizer ends a reconciliation with an exception.
            reports.write(context, resource, pass, FINALIZER_STAYS);
        }
        reportLeftBehind(resource, context, pass);
        return DeleteControl.defaultDelete();
    }

    /** Reports, in the object's last condition and event, an app client that is not proven to be the object's. */
    private void reportLeftBehind(UserPoolClient resource, Context<UserPoolClient> context, PassState pass) {
        String clientId = pass.leftBehind();
        if (clientId == null) {
            return;
        }
        Outcome left = new Outcome.DeletionRefused(
                Reason.CLIENT_LEFT_BEHIND,
                "App client " + clientId + " stays in Cognito: its name does not end in the suffix of this object, so"
                        + " the operator cannot prove that it created the client. Delete the app client in Cognito if"
                        + " nothing uses it.");
        LOG.warn("App client {} stays in Cognito: its name does not end in the suffix of this object", clientId);
        reports.writeLast(context, resource, pass, left);
    }

    private static Outcome outcome(UserPoolClient resource, Failure failure) {
        String message =
                FailureText.message(failure, resource.getSpec().userPoolRef().name());
        return failure.kind().needsHuman()
                ? new Outcome.DeletionRefused(FailureText.reason(failure.kind()), message + DeletionRefusal.RETAIN)
                : new Outcome.Deleting(message);
    }

    private DeleteControl unavailable(
            Context<UserPoolClient> context,
            UserPoolClient resource,
            PassState pass,
            KubernetesClientException failure) {
        if (KubernetesFailure.isConflict(failure)) {
            reports.writeLearned(context, pass);
            return retry(resource, NotWritten.CONFLICT);
        }
        return keep(
                context,
                resource,
                pass,
                new Outcome.Deleting("The API server returned an error: " + KubernetesFailure.message(failure)
                        + ". The operator retries within a minute."),
                Pace.SOON);
    }

    private DeleteControl unexpected(
            UserPoolClient resource, Context<UserPoolClient> context, PassState pass, Throwable error) {
        reports.unexpected(resource, "deletion", error);
        try {
            return keep(context, resource, pass, new Outcome.Unexpected(), Pace.SOON);
        } catch (RuntimeException | Error unreported) {
            reports.unexpected(resource, "report on the deletion", unreported);
            return retry(resource, NotWritten.FAILED);
        }
    }

    private DeleteControl keep(
            Context<UserPoolClient> context, UserPoolClient resource, PassState pass, Outcome outcome, Pace pace) {
        return switch (reports.write(context, resource, pass, outcome)) {
            case StatusWrite.Unwritten<UserPoolClient>(NotWritten why, var failure) -> retry(resource, why);
            // For example, a user changed deletionPolicy.
            case StatusWrite.Written<UserPoolClient>(UserPoolClient now)
            when LostChange.happened(resource, now) ->
                DeleteControl.noFinalizerRemoval().reschedule();
            case StatusWrite.Written<UserPoolClient> written ->
                DeleteControl.noFinalizerRemoval()
                        .rescheduleAfter(
                                schedule.afterFailure(resource.getMetadata().getUid(), pass.requeueAfter(), pace));
        };
    }

    private DeleteControl retry(UserPoolClient resource, NotWritten why) {
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(reports.retry(resource, why));
    }
}
