package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.DeletionPolicy;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.api.v1beta1.SecretStatus;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.secret.RestoreHistory;
import dev.appclients.cognito.controller.secret.SecretContested;
import dev.appclients.cognito.controller.secret.SecretStore;
import dev.appclients.cognito.controller.secret.SecretValue;
import dev.appclients.cognito.controller.secret.SecretWrite;
import dev.appclients.cognito.controller.secret.SecretWriter;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretManifest;
import dev.appclients.cognito.secret.SecretOwner;
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.secret.SecretState;
import dev.appclients.cognito.secret.SourceClient;
import dev.appclients.cognito.secret.content.Endpoints;
import dev.appclients.cognito.secret.content.PublicValues;
import dev.appclients.cognito.secret.content.RedirectUri;
import dev.appclients.cognito.secret.content.SecretShape;
import dev.appclients.cognito.status.LoginPage;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publishes the client's values in its Secret. Writes only if the cached Secret is not current. */
final class SecretPublisher {

    private static final long FIRST_REVISION = 1;
    private static final String NO_CLIENT_YET = "none";

    private final KubernetesView kubernetes;
    private final SecretStore secrets;
    private final SecretWriter writer;
    private final RestoreHistory restores;
    private final AppClients clients;
    private final ClientOwnership clientOwnership;

    SecretPublisher(
            KubernetesView kubernetes,
            SecretStore secrets,
            SecretWriter writer,
            RestoreHistory restores,
            AppClients clients,
            ClientOwnership clientOwnership) {
        this.kubernetes = kubernetes;
        this.secrets = secrets;
        this.writer = writer;
        this.restores = restores;
        this.clients = clients;
        this.clientOwnership = clientOwnership;
    }

    /**
     * Whether this pass changes no fact of the pool in status and Secret, so that the facts need no confirmation.
     *
     * @param settings the settings that the Secret is to publish
     */
    boolean keepsPublishedFacts(ReconcileInput input, PassState pass, AppClientSettings settings, SecretNeed need) {
        String clientId = pass.clientId();
        if (clientId == null || !input.pool().facts().arn().value().equals(pass.userPoolARN())) {
            return false;
        }
        Secret cached = cached(input);
        SecretRequest request = request(input, clientId, settings);
        return switch (inspect(pass, request, cached)) {
            case SecretState.Current() -> true;
            case SecretState.CurrentOfOlderVersion older -> true;
            case SecretState.Absent() -> need == SecretNeed.NOTHING;
            case SecretState.NotOwned notOwned ->
                need == SecretNeed.NOTHING || SecretInspection.hasSameInputs(request, cached);
            case SecretState.Inherited inherited -> need == SecretNeed.NOTHING;
            default -> SecretInspection.hasSameInputs(request, cached);
        };
    }

    private static SecretState inspect(PassState pass, SecretRequest request, @Nullable Secret cached) {
        String version = cached == null ? "" : cached.getMetadata().getResourceVersion();
        InspectedSecret last = pass.inspectedSecret();
        if (last == null || !last.version().equals(version) || !last.request().equals(request)) {
            last = new InspectedSecret(request, version, SecretInspection.inspect(request, cached));
            pass.inspected(last);
        }
        return last.state();
    }

    /** What the Secret needs from Cognito, judged on the cache. */
    SecretNeed need(ReconcileInput input, PassState pass) {
        String clientId = pass.clientId();
        // While a restore has to wait, the operator writes nothing, so it needs nothing, unless the user requests it.
        boolean waits = restores.beforeNext(input.uid()) != null && !input.isReconcileRequested();
        if (clientId == null || waits) {
            return SecretNeed.NOTHING;
        }
        SecretRequest request =
                request(input, clientId, pass.settings(input.desired().settings()));
        return switch (inspect(pass, request, cached(input))) {
            // Another owner's Secret, absent from the cache because it lacks the label, is no reason to call Cognito.
            case SecretState.Absent() -> isForeign(input) ? SecretNeed.NOTHING : repair(request, false);
            case SecretState.Tampered(var edit) -> repair(request, !SecretInspection.changesSecret(request, edit));
            case SecretState.Edited(String recorded, var edit) -> repair(request, clientId.equals(recorded));
            case SecretState.Outdated(String recorded) ->
                clientId.equals(recorded) ? SecretNeed.NOTHING : repair(request, false);
            case SecretState.Current() -> SecretNeed.NOTHING;
            case SecretState.CurrentOfOlderVersion older -> SecretNeed.NOTHING;
            case SecretState.Unwritable unwritable -> SecretNeed.NOTHING;
            case SecretState.Inherited inherited -> repair(request, false);
            case SecretState.NotOwned notOwned -> SecretNeed.NOTHING;
        };
    }

    private static SecretNeed repair(SecretRequest request, boolean valueIntact) {
        return request.confidential() && !valueIntact ? SecretNeed.VALUE : SecretNeed.REPAIR;
    }

    /**
     * Verifies that the Secret of a client can be created, before the client is created.
     *
     * @throws StopReconciliation if it cannot be created
     */
    void ensurePublishable(ReconcileInput input) {
        Secret cached = cached(input);
        if (cached != null) {
            refuseObstacle(input, cached);
            return;
        }
        SecretRequest request = request(input, NO_CLIENT_YET, input.desired().settings());
        Secret placeholder =
                SecretManifest.of(request, input.desired().confidential() ? new ClientSecret(NO_CLIENT_YET) : null);
        try {
            secrets.dryRunCreate(placeholder);
        } catch (KubernetesClientException e) {
            if (!KubernetesFailure.isConflict(e)) {
                throw KubernetesFailure.whileWriting(secretName(input), e);
            }
            refuseObstacle(input, secrets.read(input.namespace(), secretName(input)));
        }
    }

    /**
     * Publishes the client.
     *
     * @param client the client that this pass has described; null if it made no call, because the client is known to be current
     * @throws StopReconciliation if the Secret cannot be written
     */
    void publish(ReconcileInput input, PassState pass, @Nullable AppClient client) {
        String clientId = pass.clientId();
        if (clientId == null) {
            return;
        }
        AppClientSettings settings =
                client == null ? pass.settings(input.desired().settings()) : client.settings();
        SecretRequest request = request(input, clientId, settings);
        recordEndpoints(input, pass, request, settings);
        SecretState state = inspect(pass, request, cached(input));
        if (!(state instanceof SecretState.Current) && !(state instanceof SecretState.CurrentOfOlderVersion)) {
            write(input, pass, request, client, state);
        }
        pass.published(new SecretStatus(
                request.secretName(),
                List.copyOf(SecretManifest.keys(request)),
                request.revision(),
                request.confidential() ? "Original" : null));
        pass.done(Step.SECRET);
        removeFormerSecrets(input);
    }

    private void write(
            ReconcileInput input,
            PassState pass,
            SecretRequest request,
            @Nullable AppClient client,
            SecretState state) {
        SecretStatus published = pass.secret();
        boolean wasPublished = published != null && request.secretName().equals(published.name());
        SecretValue value = new OwnClientSecret(clients, clientOwnership, input, request, client);
        try {
            writer.write(new SecretWrite(request, value, wasPublished, input.isReconcileRequested()), state);
        } catch (SecretContested contested) {
            pass.requeueAfter(contested.retryAfter());
            throw contested.stop();
        }
    }

    /** Removes the Secrets under former names, except retained ones. */
    private void removeFormerSecrets(ReconcileInput input) {
        String name = secretName(input);
        for (Secret former : kubernetes.secretsOf(input.namespace(), input.uid())) {
            boolean retained = former.getMetadata().getOwnerReferences().isEmpty();
            if (former.getMetadata().getName().equals(name) || retained) {
                continue;
            }
            writer.remove(owner(input), former.getMetadata().getName());
        }
    }

    private boolean isForeign(ReconcileInput input) {
        Secret live = secrets.read(input.namespace(), secretName(input));
        return SecretInspection.obstacle(owner(input), live) != null;
    }

    private void refuseObstacle(ReconcileInput input, @Nullable Secret observed) {
        SecretState.NotOwned obstacle = SecretInspection.obstacle(owner(input), observed);
        if (obstacle != null) {
            throw SecretWriter.refused(obstacle);
        }
    }

    private static void recordEndpoints(
            ReconcileInput input, PassState pass, SecretRequest request, AppClientSettings settings) {
        PublicValues values = request.values();
        pass.endpoints(
                values.issuer(),
                Endpoints.of(values).loginUrl(),
                LoginPage.of(settings, input.pool().facts(), values.clientId()));
    }

    private @Nullable Secret cached(ReconcileInput input) {
        return kubernetes.secret(input.namespace(), secretName(input)).orElse(null);
    }

    private static String secretName(ReconcileInput input) {
        return OwnSecrets.secretName(input.resource());
    }

    private static SecretOwner owner(ReconcileInput input) {
        return OwnSecrets.owner(input.resource());
    }

    private static SecretRequest request(ReconcileInput input, String clientId, AppClientSettings settings) {
        SecretSpec spec = input.spec().secret();
        boolean retained = spec != null && spec.onDelete() == DeletionPolicy.RETAIN;
        return new SecretRequest(
                owner(input),
                secretName(input),
                !retained,
                input.adopted() != null,
                SourceClient.of(owner(input)),
                SecretShape.of(spec),
                PublicValues.of(clientId, input.pool().facts(), settings.oauth(), redirectUri(input, settings.oauth())),
                input.desired().confidential(),
                FIRST_REVISION);
    }

    private static @Nullable String redirectUri(ReconcileInput input, OAuth oauth) {
        return input.observes()
                ? RedirectUri.observed(oauth)
                : RedirectUri.managed(oauth, input.spec().callbackURLs());
    }
}
