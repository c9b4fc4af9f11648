package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.rotation.Cause;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationStep;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Deletes secrets in Cognito, and records the end of a rotation. Each method throws {@link AwsCallException} if the call failed, {@link
 * CallCancelled} if the object changed while the call waited, and {@link OutcomeUnknown} if only a later listing shows the outcome.
 */
final class SecretDeleter {

    private final AppClients clients;
    private final RotationRecords records;
    private final RotationAnnouncements announcements;

    SecretDeleter(AppClients clients, RotationRecords records, RotationAnnouncements announcements) {
        this.clients = clients;
        this.records = records;
        this.announcements = announcements;
    }

    void deleteStray(RotationPass pass, SecretId stray) {
        delete(pass, stray.id());
    }

    void deleteNamed(RotationPass pass, String secretId) {
        delete(pass, secretId);
        announcements.deletedNamed(pass, secretId);
        pass.memory().answeredRetirement(secretId);
        RotationRecord rotation = pass.rotation();
        if (rotation != null) {
            records.write(pass, rotation.withRetired(secretId), Map.of());
        }
    }

    void retire(RotationPass pass, RotationStep.Retire retire) {
        delete(pass, retire.id());
        // Before the record is written: without it, the next reconciliation finds the secret gone and only finishes.
        announcements.retired(pass, retire);
        finish(pass);
    }

    /** Records the end of a rotation whose previous secret is gone, perhaps because a person named it. */
    void finish(RotationPass pass) {
        Cause cause = pass.cause();
        RotationRecord rotation = Objects.requireNonNull(pass.rotation(), "the step needs a record");
        String named = Annotations.value(pass.target().resource(), Annotations.RETIRE_SECRET);
        boolean isNamed = named != null
                && rotation.state() instanceof Overlap overlap
                && overlap.previous() != null
                && named.equals(overlap.previous().id());
        RotationRecord ended = isNamed && named != null ? rotation.retired().withRetired(named) : rotation.retired();
        records.write(pass, ended, Map.of(RecordKey.PREVIOUS, Optional.empty()));
        announcements.ended(cause, RotationOutcome.COMPLETED);
    }

    private void delete(RotationPass pass, String secretId) {
        try {
            clients.deleteSecret(
                    pass.target().access(),
                    pass.clientId(),
                    secretId,
                    () -> pass.target().stillWanted().getAsBoolean());
        } catch (AwsCallException failed) {
            if (failed.failure().kind() == FailureKind.LAST_SECRET) {
                // Cognito has one secret left, which may be another one than this.
                throw new OutcomeUnknown(failed.failure());
            }
            if (failed.failure().kind() != FailureKind.SECRET_NOT_FOUND) {
                throw failed;
            }
        }
        pass.memory().deleted(secretId);
        pass.forgetListing();
    }
}
