package dev.appclients.cognito.status;

import dev.appclients.cognito.api.v1beta1.CopiesStatus;
import dev.appclients.cognito.api.v1beta1.DriftedField;
import dev.appclients.cognito.api.v1beta1.RotationStatus;
import dev.appclients.cognito.api.v1beta1.SecretStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a UserPoolClient's status that a reconciliation carries on. They are reported even if a later step fails.
 *
 * @param client the app client in Cognito
 * @param endpoints the public values of the client and its pool
 * @param secret the Secret that was published
 * @param copies the copies of the Secret, as last counted; null if no claim asks for one
 * @param drift the fields in which an observed client differs; null if the client is not observed
 * @param rotation the rotation of the secret, as last seen; null for a client without rotation
 * @param lastHandledReconcileAt echo of the annotation that requested a reconciliation
 * @param lastHandledRotateAt echo of the annotation that requested a rotation
 */
public record StatusFields(
        RecordedClient client,
        PublishedEndpoints endpoints,
        @Nullable SecretStatus secret,
        @Nullable CopiesStatus copies,
        @Nullable List<DriftedField> drift,
        @Nullable RotationStatus rotation,
        @Nullable String lastHandledReconcileAt,
        @Nullable String lastHandledRotateAt) {

    /** The fields of an object that was never reconciled. */
    public static final StatusFields NOTHING =
            new StatusFields(RecordedClient.NONE, PublishedEndpoints.NONE, null, null, null, null, null, null);

    /** Reads a status. */
    public static StatusFields of(@Nullable UserPoolClientStatus status) {
        return status == null
                ? NOTHING
                : new StatusFields(
                        RecordedClient.of(status),
                        new PublishedEndpoints(status.issuer(), status.loginURL()),
                        status.secret(),
                        status.copies(),
                        driftIn(status),
                        status.rotation(),
                        status.lastHandledReconcileAt(),
                        status.lastHandledRotateAt());
    }

    /** The drift that a status reports; empty if the client equals the manifest, null if the client is not observed. */
    static @Nullable List<DriftedField> driftIn(UserPoolClientStatus status) {
        return Conditions.find(status.conditions(), Conditions.DRIFTED)
                .map(drifted -> Objects.requireNonNullElse(status.drift(), List.<DriftedField>of()))
                .orElse(null);
    }

    /** The fields right before a create. */
    StatusFields creating(Instant since, String arn) {
        return new StatusFields(
                RecordedClient.creating(since, arn),
                endpoints,
                secret,
                copies,
                drift,
                rotation,
                lastHandledReconcileAt,
                lastHandledRotateAt);
    }
}
