package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.secret.SecretValue;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.Ownership;
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.status.FailureText;
import dev.appclients.cognito.status.Step;
import org.jspecify.annotations.Nullable;

/**
 * The secret of the object's app client, as Cognito describes it. Cognito describes only the original secret, so a list must show that
 * it is the only one. Describes the client and lists its secrets at most once in a pass.
 */
final class OwnClientSecret implements SecretValue {

    private final OwnClientSecrets source;
    private final ReconcileInput input;
    private final PassState pass;
    private final SecretRequest request;
    private @Nullable AppClient client;
    private boolean isProven;
    private boolean isOnlySecret;

    private OwnClientSecret(
            OwnClientSecrets source,
            ReconcileInput input,
            PassState pass,
            SecretRequest request,
            @Nullable AppClient described,
            boolean isCreated) {
        this.source = source;
        this.input = input;
        this.pass = pass;
        this.request = request;
        this.client = described;
        this.isOnlySecret = isCreated;
    }

    /** @param described the client, if this pass has described or created it already */
    static OwnClientSecret of(
            OwnClientSecrets source,
            ReconcileInput input,
            PassState pass,
            SecretRequest request,
            @Nullable AppClient described) {
        // Only a pass that creates the client records the intent. The new client has one secret, which the answer
        // contains.
        boolean isCreated = described != null && pass.isIntentRecorded();
        return new OwnClientSecret(source, input, pass, request, described, isCreated);
    }

    @Override
    public @Nullable ClientSecret get() {
        if (client == null && request.confidential()) {
            source.refusals().held(input).ifPresent(held -> {
                throw source.refusals().stillRefused(input, pass, held);
            });
        }
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
        return client != null && (isOnlySecret || !request.confidential());
    }

    /** A client id in the status proves nothing, so Cognito must confirm that the client is the object's. */
    private AppClient requireOwnClient() {
        AppClient described = client != null
                ? client
                : source.clients()
                        .describe(input.pool().access(), request.values().clientId(), Priority.USER);
        client = described;
        if (!isProven) {
            Ownership ownership = source.ownership().ownership(input.resource(), described);
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
            throw source.refusals().unreadable(input, pass, own.clientId());
        }
        if (!isOnlySecret) {
            requireOnlySecret(own);
            isOnlySecret = true;
        }
        return value;
    }

    private void requireOnlySecret(AppClient own) {
        DescribedSecret judged;
        try {
            judged = source.listed().judge(input, request);
        } catch (AwsCallException failed) {
            throw StopReconciliation.with(
                    FailureText.conclude(
                            Step.SECRET, failed.failure(), own.pool().value()),
                    failed.failure().kind().pace());
        }
        if (!(judged instanceof DescribedSecret.Publishable)) {
            throw source.refusals().unpublishable(input, pass, own.clientId(), judged);
        }
    }
}
