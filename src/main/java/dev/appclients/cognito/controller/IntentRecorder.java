package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.ClientStatus;
import dev.appclients.cognito.status.Conclusion;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Records that a create is about to begin: whatever happens next, the one who comes after knows that a client may exist. The
 * same patch publishes the object's first conditions.
 */
final class IntentRecorder {

    private final StatusWriter<UserPoolClientStatus, UserPoolClient> writer;
    private final CreateHistory creates;
    private final InstantSource clock;

    IntentRecorder(
            StatusWriter<UserPoolClientStatus, UserPoolClient> writer, CreateHistory creates, InstantSource clock) {
        this.writer = writer;
        this.creates = creates;
        this.clock = clock;
    }

    /**
     * Records the intent. It stands when this returns. When it does not stand, the progress still has what it had, such as the id of a
     * lost client that only an annotation lets the operator replace.
     *
     * @param judged the version that was found current after the wait; the intent is bound to it
     * @throws KubernetesClientException if the API server does not take the intent; 409 if it has a newer version
     */
    void record(Subject subject, Progress progress, UserPoolClient judged) {
        Instant since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        // Before the write: its answer may be lost, and the intent stand.
        creates.begins(subject.uid(), since);
        String arn = subject.pool().facts().arn().value();
        Conclusion conclusion = new Conclusion.Waiting(
                Step.CLIENT,
                Reason.CREATING,
                "Creating the app client in user pool "
                        + subject.pool().access().pool());
        UserPoolClientStatus status = ClientStatus.creating(
                judged.getStatus(),
                progress.report(judged.getMetadata().getGeneration(), conclusion)
                        .creating(since, arn),
                clock.instant());
        switch (writer.writeOnto(subject.context(), judged, status)) {
            case StatusWrite.Written<UserPoolClient>(UserPoolClient now) -> {
                progress.beginCreate(since, arn);
                progress.intentRecorded(now);
            }
            case StatusWrite.Unwritten<UserPoolClient>(var why, RuntimeException failure) -> throw failure;
        }
    }
}
