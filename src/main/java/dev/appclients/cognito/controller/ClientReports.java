package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.PassListener.NotWritten;
import dev.appclients.cognito.status.ClientStatus;
import dev.appclients.cognito.status.Conclusion;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the status of a client when it differs, and announces each transition once its status stands. A pass that cannot write its
 * status is repeated with back-off, and a later one announces what it could not.
 */
final class ClientReports {

    private static final Logger LOG = LoggerFactory.getLogger(ClientReports.class);

    private final StatusWriter<UserPoolClientStatus, UserPoolClient> statuses;
    private final UnwrittenStatuses<UserPoolClient> unwritten;
    private final Transitions transitions;
    private final Schedule schedule;
    private final PassListener listener;
    private final InstantSource clock;

    ClientReports(
            StatusWriter<UserPoolClientStatus, UserPoolClient> statuses,
            UnwrittenStatuses<UserPoolClient> unwritten,
            Announcer announcer,
            Schedule schedule,
            PassListener listener,
            InstantSource clock) {
        this.statuses = statuses;
        this.unwritten = unwritten;
        this.transitions = new Transitions(announcer);
        this.schedule = schedule;
        this.listener = listener;
        this.clock = clock;
    }

    /** Writes how a pass ended, if the status does not say so yet. */
    StatusWrite<UserPoolClient> write(
            Context<UserPoolClient> context, UserPoolClient resource, Progress progress, Conclusion conclusion) {
        UserPoolClient latest = progress.latest();
        UserPoolClientStatus status = composed(resource, progress, conclusion);
        StatusWrite<UserPoolClient> outcome = status.equals(latest.getStatus())
                ? new StatusWrite.Written<>(latest)
                : statuses.write(context, latest, status);
        if (outcome instanceof StatusWrite.Written<UserPoolClient>) {
            announce(announced(resource), status, progress);
        }
        return outcome;
    }

    /** Announces the end of an object whose finalizer goes next, also where its status cannot be written: the event says the same. */
    void writeLast(Context<UserPoolClient> context, UserPoolClient resource, Progress progress, Conclusion conclusion) {
        if (write(context, resource, progress, conclusion) instanceof StatusWrite.Unwritten<UserPoolClient>) {
            announce(announced(resource), composed(resource, progress, conclusion), progress);
        }
    }

    /** Writes what a pass learned that a conflict broke off, and leaves every condition as it is. */
    void writeLearned(Context<UserPoolClient> context, Progress progress) {
        UserPoolClient latest = progress.latest();
        UserPoolClientStatus status = ClientStatus.brokenOff(latest.getStatus(), progress.learned());
        if (!status.equals(latest.getStatus())) {
            statuses.write(context, latest, status);
        }
    }

    /** When to repeat a pass whose status does not stand, or that a conflict broke off. */
    Duration retry(UserPoolClient resource, NotWritten why) {
        return schedule.after(unwritten.failed(resource, why));
    }

    /** Logs and counts an error that the code does not expect. Its text stands in the log alone. */
    void unexpected(UserPoolClient resource, String pass, Throwable error) {
        listener.unexpectedError(ControllerNames.CLIENTS);
        LOG.error(
                "UnexpectedError: the {} of UserPoolClient {}/{} failed. The operator retries within a minute",
                pass,
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                error);
    }

    private UserPoolClientStatus composed(UserPoolClient resource, Progress progress, Conclusion conclusion) {
        return ClientStatus.compose(
                progress.latest().getStatus(),
                progress.report(resource.getMetadata().getGeneration(), conclusion),
                clock.instant());
    }

    private void announce(UserPoolClient before, UserPoolClientStatus status, Progress progress) {
        transitions.tell(before, status);
        transitions.tellDrift(before, status);
        transitions.tellDoubts(before, progress.warnings());
        transitions.tellUnknownSettings(before, status);
    }

    /** The object of this pass, with the status whose transitions were announced last. */
    private UserPoolClient announced(UserPoolClient resource) {
        return unwritten
                .written(resource)
                .map(last -> {
                    UserPoolClient before = new UserPoolClient();
                    before.setMetadata(resource.getMetadata());
                    before.setSpec(resource.getSpec());
                    before.setStatus(last.getStatus());
                    return before;
                })
                .orElse(resource);
    }
}
