package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.cluster.RoomTries;
import dev.appclients.cognito.controller.reconcile.StatusPatcher;
import dev.appclients.cognito.controller.reconcile.StatusWrite;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.ClientStatus;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Records in the status that a create is about to begin. After a crash, the next process knows that an app client may exist. The same
 * patch publishes the object's first conditions.
 */
final class IntentRecorder {

    private final StatusPatcher<UserPoolClientStatus, UserPoolClient> writer;
    private final CreateHistory creates;
    private final RoomTries roomTries;
    private final InstantSource clock;

    IntentRecorder(
            StatusPatcher<UserPoolClientStatus, UserPoolClient> writer,
            CreateHistory creates,
            RoomTries roomTries,
            InstantSource clock) {
        this.writer = writer;
        this.creates = creates;
        this.roomTries = roomTries;
        this.clock = clock;
    }

    /**
     * Records the intent. If the write fails, {@code progress} is unchanged: it keeps, for example, the id of a lost app client that
     * only an annotation lets the operator replace.
     *
     * @param judged the version that was current after the wait; the intent is bound to it
     * @throws KubernetesClientException if the API server rejects the intent; 409 if it has a newer version
     */
    void record(ReconcileInput input, PassState pass, UserPoolClient judged) {
        Instant since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        // Before the write: its response can be lost although it was stored.
        creates.beginCreate(input.uid(), since);
        String arn = input.pool().facts().arn().value();
        Outcome outcome = new Outcome.Waiting(
                Step.CLIENT,
                Reason.CREATING,
                "The operator creates the app client in user pool "
                        + input.pool().access().pool() + ".");
        UserPoolClientStatus status = ClientStatus.creating(
                judged.getStatus(),
                pass.report(judged.getMetadata().getGeneration(), outcome).creating(since, arn),
                clock.instant());
        switch (writer.writeOnto(input.context(), judged, status)) {
            case StatusWrite.Written<UserPoolClient>(UserPoolClient now) -> {
                pass.beginCreate(since, arn);
                pass.intentRecorded(now);
                roomTries.use(now);
            }
            case StatusWrite.Unwritten<UserPoolClient>(var why, RuntimeException failure) -> throw failure;
        }
    }
}
