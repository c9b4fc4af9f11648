package dev.appclients.cognito.status;

import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.model.ClientIds;
import dev.appclients.cognito.model.PoolArn;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The app client in Cognito as the status records it. A record is a hint: the operator proves ownership before it uses the client.
 *
 * @param clientId the app client's id; null while there is none
 * @param userPoolARN the pool that the client was created in
 * @param pendingCreateSince when a create of unknown outcome began; null if there is none
 * @param appliedSettings digest of the settings last written or confirmed
 * @param unknownSettings names of settings that Cognito shows and this version does not know, sorted
 */
public record RecordedClient(
        @Nullable String clientId,
        @Nullable String userPoolARN,
        @Nullable Instant pendingCreateSince,
        @Nullable String appliedSettings,
        List<String> unknownSettings) {

    /** No client and no create. */
    public static final RecordedClient NONE = new RecordedClient(null, null, null, null, List.of());

    /** Reads a status. A malformed value was forged and counts as absent. */
    public static RecordedClient of(UserPoolClientStatus status) {
        String id = status.clientId();
        String arn = status.userPoolARN();
        return new RecordedClient(
                id != null && ClientIds.isPossible(id) ? id : null,
                arn != null && PoolArn.isPossible(arn) ? arn : null,
                status.pendingCreate() == null
                        ? null
                        : time(status.pendingCreate().since()),
                status.appliedSettings(),
                List.copyOf(Objects.requireNonNullElse(status.unknownSettings(), List.of())));
    }

    /** A create begins, and replaces any former client. */
    public static RecordedClient creating(Instant since, String arn) {
        return new RecordedClient(null, arn, since, null, List.of());
    }

    /** The create is known to have made no client. */
    public RecordedClient withoutCreate() {
        return new RecordedClient(clientId, null, null, appliedSettings, unknownSettings);
    }

    /** The client exists in this pool. */
    public RecordedClient found(String id, String arn) {
        return new RecordedClient(id, arn, null, appliedSettings, unknownSettings);
    }

    /** Drops every record that is not of the app client that the object adopts. */
    public RecordedClient adopting(String id) {
        return id.equals(clientId)
                ? new RecordedClient(id, userPoolARN, null, appliedSettings, unknownSettings)
                : new RecordedClient(null, null, null, null, unknownSettings);
    }

    /** The same with an id from a hint, unless the id is malformed, or a client or a create is recorded. */
    public RecordedClient orElse(@Nullable String hint) {
        return clientId != null || pendingCreateSince != null || hint == null || !ClientIds.isPossible(hint)
                ? this
                : new RecordedClient(hint, userPoolARN, null, appliedSettings, unknownSettings);
    }

    /** The same with the digest of the settings in Cognito; null if they are not known. */
    public RecordedClient withAppliedSettings(@Nullable String digest) {
        return new RecordedClient(clientId, userPoolARN, pendingCreateSince, digest, unknownSettings);
    }

    /** The same with the settings that this version does not know. */
    public RecordedClient withUnknownSettings(List<String> names) {
        return new RecordedClient(clientId, userPoolARN, pendingCreateSince, appliedSettings, names);
    }

    /** The epoch if it is no time. The create history decides when a create settles, not this value. */
    private static Instant time(String recorded) {
        try {
            return Instant.parse(recorded);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
