package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.secret.content.Inputs;
import dev.appclients.cognito.secret.content.PublicValues;
import dev.appclients.cognito.secret.content.RecordedValues;
import dev.appclients.cognito.secret.content.SecretShape;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's own Secret as the source of copies: untampered, and consistent with the record that the operator keeps in it. It is read
 * from the Secret alone, except the pool's ARN, so that a copy needs no call to Cognito.
 */
public final class SourceSecret {

    private final SecretRequest request;
    private final String resourceVersion;

    private SourceSecret(SecretRequest request, String resourceVersion) {
        this.request = request;
        this.resourceVersion = resourceVersion;
    }

    /**
     * Reads the source.
     *
     * @param client the UserPoolClient, as the owner of the Secret
     * @param shape the form that its manifest asks for
     * @param arn of the client's pool; null if it is not known. A Secret whose template uses it is then no source
     * @param observed complete, or stripped by {@link SecretStripper}
     * @return empty if the Secret is not the client's, was changed by another writer, is outdated, or was written by a version of the
     *     operator that did not record the values. The pass of the client corrects all but the first
     */
    public static Optional<SourceSecret> of(
            SecretOwner client, SecretShape shape, @Nullable PoolArn arn, Secret observed) {
        if (SecretOwnership.obstacle(client, observed) != null) {
            return Optional.empty();
        }
        String clientId = SecretComparison.recordedClientId(observed);
        Inputs inputs = Inputs.recordedIn(observed);
        return clientId == null || inputs == null
                ? Optional.empty()
                : RecordedValues.recordedIn(observed, clientId)
                        .map(recorded -> request(client, shape, recorded.withArn(arn), inputs, observed))
                        .filter(request -> isIntact(request, observed))
                        .map(request ->
                                new SourceSecret(request, observed.getMetadata().getResourceVersion()));
    }

    private static SecretRequest request(
            SecretOwner client, SecretShape shape, RecordedValues recorded, Inputs inputs, Secret observed) {
        ObjectMeta metadata = observed.getMetadata();
        boolean ownedByResource = metadata.getOwnerReferences() != null
                && metadata.getOwnerReferences().stream()
                        .anyMatch(owner -> client.uid().equals(owner.getUid()));
        return new SecretRequest(
                client,
                metadata.getName(),
                ownedByResource,
                false,
                SourceClient.of(client),
                shape,
                recorded.values(),
                recorded.confidential(),
                inputs.revision(),
                recordedSecretId(observed));
    }

    static @Nullable String recordedSecretId(Secret observed) {
        Map<String, String> annotations = observed.getMetadata().getAnnotations();
        boolean isIntact = FieldOwnership.of(observed).operatorOwnsAnnotation(Marks.CLIENT_SECRET_ID);
        return isIntact && annotations != null ? annotations.get(Marks.CLIENT_SECRET_ID) : null;
    }

    private static boolean isIntact(SecretRequest request, Secret observed) {
        return switch (SecretInspection.inspect(request, observed)) {
            case SecretState.Current() -> true;
            case SecretState.CurrentOfOlderVersion older -> older.isSource();
            default -> false;
        };
    }

    /** The public values of the client. */
    public PublicValues values() {
        return request.values();
    }

    /** Whether the client has a secret. */
    public boolean confidential() {
        return request.confidential();
    }

    /** Counts the client secrets that were published for the app client, from 1. */
    public long revision() {
        return request.revision();
    }

    /** The resource version of the Secret that was read. */
    public String resourceVersion() {
        return resourceVersion;
    }

    /** The id of the client secret in Cognito; null if it is not known. */
    public @Nullable String clientSecretId() {
        return request.clientSecretId();
    }

    /**
     * The client secret.
     *
     * @param live read from the API server, with data
     * @return null for a public client, and if the live Secret is not consistent with this source
     */
    public @Nullable ClientSecret value(Secret live) {
        return isIntact(request, live) ? SecretInspection.reusableSecret(request, live) : null;
    }
}
