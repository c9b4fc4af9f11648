package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.aws.CallNoLongerWanted;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.ClientStatus;
import dev.appclients.cognito.status.Conclusion;
import dev.appclients.cognito.status.FailureText;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a UserPoolClient: the finalizer goes when nothing of ours is left in Cognito, and not before. */
final class ClientCleanup {

    private static final Logger LOG = LoggerFactory.getLogger(ClientCleanup.class);

    private final ClientRelease release;
    private final StatusWriter statuses;
    private final Transitions transitions;
    private final Schedule schedule;
    private final LookMemory memory;
    private final RestoreHistory restores;
    private final InstantSource clock;

    ClientCleanup(
            ClientRelease release,
            StatusWriter statuses,
            Announcer announcer,
            Schedule schedule,
            LookMemory memory,
            RestoreHistory restores,
            InstantSource clock) {
        this.release = release;
        this.statuses = statuses;
        this.transitions = new Transitions(announcer);
        this.schedule = schedule;
        this.memory = memory;
        this.restores = restores;
        this.clock = clock;
    }

    DeleteControl release(UserPoolClient resource, Context<UserPoolClient> context) {
        Progress progress = Progress.from(resource);
        try {
            release.release(resource, progress);
        } catch (Stop stop) {
            return keep(context, resource, progress, stop.conclusion(), stop.pace());
        } catch (FailedCall failed) {
            return keep(
                    context,
                    resource,
                    progress,
                    conclusion(resource, failed.failure()),
                    failed.failure().kind().pace());
        } catch (CallNoLongerWanted overtaken) {
            return DeleteControl.noFinalizerRemoval();
        }
        tellLeftBehind(resource, context, progress);
        memory.forget(resource.getMetadata().getUid());
        restores.forget(resource.getMetadata().getUid());
        return DeleteControl.defaultDelete();
    }

    /** The last thing that the object says, in a condition and an event: without its suffix nothing proves that the client is its own. */
    private void tellLeftBehind(UserPoolClient resource, Context<UserPoolClient> context, Progress progress) {
        String clientId = progress.leftBehind();
        if (clientId == null) {
            return;
        }
        Conclusion left = new Conclusion.DeletionRefused(
                Reason.CLIENT_LEFT_BEHIND,
                "App client " + clientId + " stays in Cognito: its name does not end in the suffix of this object, so"
                        + " the operator cannot prove that it created the client. Delete the app client in Cognito if"
                        + " nothing uses it.");
        LOG.warn("App client {} stays in Cognito: its name does not end in the suffix of this object", clientId);
        UserPoolClientStatus status = ClientStatus.compose(
                resource.getStatus(), progress.report(resource.getMetadata().getGeneration(), left), clock.instant());
        try {
            statuses.write(context, resource, status);
        } catch (KubernetesClientException unwritten) {
            // The event tells the same, and a status holds no deletion up.
            LOG.warn("The status could not be written: {}", unwritten.getMessage());
        }
        transitions.tell(resource, status);
    }

    private static Conclusion conclusion(UserPoolClient resource, Failure failure) {
        String message =
                FailureText.message(failure, resource.getSpec().userPoolRef().name());
        return failure.kind().needsHuman()
                ? new Conclusion.DeletionRefused(
                        FailureText.reason(failure.kind()),
                        message + " Or set spec.deletionPolicy: Retain to let the object go and keep the app client.")
                : new Conclusion.Deleting(message);
    }

    private DeleteControl keep(
            Context<UserPoolClient> context,
            UserPoolClient resource,
            Progress progress,
            Conclusion conclusion,
            Pace pace) {
        UserPoolClientStatus status = ClientStatus.compose(
                resource.getStatus(),
                progress.report(resource.getMetadata().getGeneration(), conclusion),
                clock.instant());
        try {
            if (!status.equals(resource.getStatus())) {
                statuses.write(context, resource, status);
                transitions.tell(resource, status);
            }
        } catch (KubernetesClientException reportedLater) {
            return again(resource, progress, Pace.SOON);
        }
        return again(resource, progress, pace);
    }

    private DeleteControl again(UserPoolClient resource, Progress progress, Pace pace) {
        return DeleteControl.noFinalizerRemoval()
                .rescheduleAfter(
                        schedule.afterFailure(resource.getMetadata().getUid(), progress.lookAgainAfter(), pace));
    }
}
