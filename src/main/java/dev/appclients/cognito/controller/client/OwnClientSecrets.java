package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.aws.AppClients;

/**
 * The source of client secrets as Cognito has them.
 *
 * @param clients describes the app clients
 * @param ownership proves to whom they belong
 * @param listed lists their secrets
 * @param refusals remember the values that Cognito did not show
 */
record OwnClientSecrets(AppClients clients, ClientOwnership ownership, ListedSecrets listed, SecretRefusals refusals) {

    /** Whether Cognito did not show the secret before, and the operator does not ask again in this pass. */
    boolean isHeld(ReconcileInput input) {
        return refusals.held(input).isPresent();
    }
}
