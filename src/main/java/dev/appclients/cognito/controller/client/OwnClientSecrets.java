package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.secret.SecretRequest;
import org.jspecify.annotations.Nullable;

/**
 * The source of client secrets as Cognito has them.
 *
 * @param clients describes the app clients
 * @param ownership proves to whom they belong
 * @param listed lists their secrets
 * @param refusals hold what Cognito did not tell
 */
record OwnClientSecrets(AppClients clients, ClientOwnership ownership, ListedSecrets listed, SecretRefusals refusals) {

    /** @param described the client, if this pass has described or created it already */
    OwnClientSecret of(ReconcileInput input, PassState pass, SecretRequest request, @Nullable AppClient described) {
        // Only a pass that creates the client records the intent. The new client has one secret, which the answer
        // contains.
        boolean isCreated = described != null && pass.isIntentRecorded();
        return new OwnClientSecret(this, input, pass, request, described, isCreated);
    }

    /** Whether Cognito did not tell the secret before, and the operator does not ask again in this pass. */
    boolean isHeld(ReconcileInput input) {
        return refusals.held(input).isPresent();
    }
}
