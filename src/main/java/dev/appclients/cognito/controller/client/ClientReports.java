package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.reconcile.ConditionTransitions;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.EventRecorder;
import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;
import dev.appclients.cognito.controller.reconcile.Schedule;
import dev.appclients.cognito.controller.reconcile.StatusPatcher;
import dev.appclients.cognito.controller.reconcile.StatusWrite;
import dev.appclients.cognito.status.ClientStatus;
import dev.appclients.cognito.status.Outcome;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports a reconciliation of a client: its status and, once it is written, each transition in a log line or an event. */
final class ClientReports {

    private static final Logger LOG = LoggerFactory.getLogger(ClientReports.class);

    private final StatusPatcher<UserPoolClientStatus, UserPoolClient> statuses;
    private final ConditionTransitions transitions;
    private final Schedule schedule;
    private final PassListener listener;
    private final InstantSource clock;

    ClientReports(
            StatusPatcher<UserPoolClientStatus, UserPoolClient> statuses,
            EventRecorder events,
            Schedule schedule,
            PassListener listener,
            InstantSource clock) {
        this.statuses = statuses;
        this.transitions = new ConditionTransitions(events);
        this.schedule = schedule;
        this.listener = listener;
        this.clock = clock;
    }

    /** Writes the outcome of a reconciliation, if the status differs. */
    StatusWrite<UserPoolClient> write(
            Context<UserPoolClient> context, UserPoolClient resource, PassState pass, Outcome outcome) {
        return statuses.report(
                context, resource, pass.latest(), composed(resource, pass, outcome), announcement(resource, pass));
    }

    /** Reports an object whose finalizer is removed next. The event is created even if the status cannot be written. */
    void writeLast(Context<UserPoolClient> context, UserPoolClient resource, PassState pass, Outcome outcome) {
        if (write(context, resource, pass, outcome) instanceof StatusWrite.Unwritten<UserPoolClient>) {
            statuses.announceOnce(resource, composed(resource, pass, outcome), announcement(resource, pass));
        }
    }

    /** Writes the results of a reconciliation that a conflict ended, and keeps every condition. */
    void writeLearned(Context<UserPoolClient> context, PassState pass) {
        UserPoolClient latest = pass.latest();
        UserPoolClientStatus status = ClientStatus.brokenOff(latest.getStatus(), pass.fields());
        if (!status.equals(latest.getStatus())) {
            statuses.write(context, latest, status);
        }
    }

    /** When to repeat a reconciliation whose status was not written, or that a conflict ended. */
    Duration retry(UserPoolClient resource, NotWritten why) {
        return schedule.after(statuses.retry(resource, why));
    }

    /** Logs and counts an error that the code does not expect. Only the log contains its text. */
    void unexpected(UserPoolClient resource, String phase, Throwable error) {
        listener.unexpectedError(ControllerNames.CLIENTS);
        LOG.error(
                "UnexpectedError: the {} of UserPoolClient {}/{} failed. The operator retries within a minute",
                phase,
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                error);
    }

    private UserPoolClientStatus composed(UserPoolClient resource, PassState pass, Outcome outcome) {
        return ClientStatus.compose(
                pass.latest().getStatus(),
                pass.report(resource.getMetadata().getGeneration(), outcome),
                clock.instant());
    }

    private BiConsumer<@Nullable UserPoolClientStatus, UserPoolClientStatus> announcement(
            UserPoolClient resource, PassState pass) {
        return (before, after) -> {
            transitions.announceReady(resource, before, after);
            transitions.announceDrift(resource, before, after);
            transitions.announceWarnings(resource, before, pass.warnings());
            transitions.announceUnknownSettings(resource, before, after);
        };
    }
}
