package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.rotation.PublishedSecretId;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The client whose secret may be rotated in a reconciliation.
 *
 * @param clientId of the app client
 * @param isWritable whether the operator may change the app client; false in mode Observe
 * @param isRequested whether the user has requested this reconciliation
 * @param named the secret that the client's own Secret names in the operator's annotations; null if it names none
 * @param values supplies values
 * @param stillWanted whether a call is still wanted, judged right before it
 */
public record RotationTarget(
        UserPoolClient resource,
        PoolAccess access,
        String clientId,
        boolean isWritable,
        boolean isRequested,
        @Nullable PublishedSecretId named,
        Values values,
        BooleanSupplier stillWanted) {

    /** The values that only the client's reconciliation can read. */
    public interface Values {

        /** The value in the client's own Secret, read live, if the operator wrote it and no other writer changed it; null if not. */
        @Nullable
        ClientSecret published(PublishedSecretId secret);

        /** The value that Cognito describes, of an app client that is proven to be the object's; null if it describes none. */
        @Nullable
        ClientSecret described();
    }

    String uid() {
        return resource.getMetadata().getUid();
    }
}
