package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.secret.SecretValue;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.Ownership;
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.status.Step;
import org.jspecify.annotations.Nullable;

/** The secret of the object's app client, as Cognito describes it. Describes the client at most once in a pass. */
final class OwnClientSecret implements SecretValue {

    private final AppClients clients;
    private final ClientOwnership clientOwnership;
    private final ReconcileInput input;
    private final SecretRequest request;
    private @Nullable AppClient client;
    private boolean isProven;

    /** @param described the client, if this pass has described it already */
    OwnClientSecret(
            AppClients clients,
            ClientOwnership clientOwnership,
            ReconcileInput input,
            SecretRequest request,
            @Nullable AppClient described) {
        this.clients = clients;
        this.clientOwnership = clientOwnership;
        this.input = input;
        this.request = request;
        this.client = described;
    }

    @Override
    public @Nullable ClientSecret get() {
        AppClient own = requireOwnClient();
        return request.confidential() ? secretOf(own) : null;
    }

    /** The value that Cognito describes, also while the client has another secret; null if it describes none. */
    @Nullable
    ClientSecret described() {
        return requireOwnClient().secret();
    }

    @Override
    public boolean isAtHand() {
        return client != null;
    }

    /** A client id in the status proves nothing, so Cognito must confirm that the client is the object's. */
    private AppClient requireOwnClient() {
        AppClient described = client != null
                ? client
                : clients.describe(input.pool().access(), request.values().clientId(), Priority.USER);
        client = described;
        if (!isProven) {
            Ownership ownership = clientOwnership.ownership(input.resource(), described);
            if (ownership != Ownership.OWN && ownership != Ownership.ADOPTED) {
                throw StopReconciliation.refused(
                        Step.CLIENT,
                        Reason.NOT_OURS,
                        "App client " + described.clientId()
                                + " does not belong to this object. The operator does not publish it. It retries hourly.",
                        Pace.HOURLY);
            }
            isProven = true;
        }
        return described;
    }

    private ClientSecret secretOf(AppClient own) {
        ClientSecret value = own.secret();
        if (value == null) {
            throw StopReconciliation.refused(
                    Step.SECRET,
                    Reason.SECRET_VALUE_LOST,
                    "Cognito no longer shows the secret of app client " + own.clientId()
                            + ", because its original secret was deleted there. Write the live value into key "
                            + request.shape().secretKey() + " of Secret '" + request.secretName()
                            + "' by hand. Or delete the app client"
                            + " and annotate this object to get a new one. The operator retries hourly.",
                    Pace.HOURLY);
        }
        return value;
    }
}
