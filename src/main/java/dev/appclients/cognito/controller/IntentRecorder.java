package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.ClientStatus;
import dev.appclients.cognito.status.Conclusion;
import dev.appclients.cognito.status.Step;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Records that a create is about to begin: whatever happens next, the one who comes after knows that a client may exist. The
 * same patch publishes the object's first conditions.
 */
final class IntentRecorder {

    private final StatusWriter writer;
    private final CreateHistory creates;
    private final InstantSource clock;

    IntentRecorder(StatusWriter writer, CreateHistory creates, InstantSource clock) {
        this.writer = writer;
        this.creates = creates;
        this.clock = clock;
    }

    /**
     * Whether the intent stands; false when the object has changed since it was read, and must be read again. Where it does not
     * stand, whoever wanted it says that the create has come to nothing.
     */
    boolean record(Subject subject, Progress progress) {
        UserPoolClient resource = subject.resource();
        Instant since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        // Before the write: its answer may be lost, and the intent stand.
        creates.begins(subject.uid(), since);
        progress.intend(since, subject.pool().facts().arn().value());
        Conclusion conclusion = new Conclusion.Waiting(
                Step.CLIENT,
                Reason.CREATING,
                "Creating the app client in user pool "
                        + subject.pool().access().pool());
        UserPoolClientStatus status = ClientStatus.creating(
                progress.latest().getStatus(),
                progress.report(resource.getMetadata().getGeneration(), conclusion),
                clock.instant());
        Optional<UserPoolClient> written = writer.writeOnto(subject.context(), progress.latest(), status);
        written.ifPresent(progress::intentRecorded);
        return written.isPresent();
    }
}
