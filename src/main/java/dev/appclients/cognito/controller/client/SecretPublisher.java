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
import dev.appclients.cognito.secret.content.Endpoints;
import dev.appclients.cognito.secret.content.PublicValues;
import dev.appclients.cognito.secret.content.RedirectUri;
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
    private final ClientOwnership claims;

    SecretPublisher(
            KubernetesView kubernetes,
            SecretStore secrets,
            SecretWriter writer,
            RestoreHistory restores,
            AppClients clients,
            ClientOwnership claims) {
        this.kubernetes = kubernetes;
        this.secrets = secrets;
        this.writer = writer;
        this.restores = restores;
        this.clients = clients;
        this.claims = claims;
    }

    /**
     * Whether this pass changes no fact of the pool in status and Secret, so that the facts need no confirmation.
     *
     * @param settings the settings that the Secret is to publish
     */
    boolean keepsPublishedFacts(
            ReconcileInput subject, PassState progress, AppClientSettings settings, SecretNeed need) {
        String clientId = progress.clientId();
        if (clientId == null || !subject.pool().facts().arn().value().equals(progress.userPoolARN())) {
            return false;
        }
        Secret cached = cached(subject);
        SecretRequest request = request(subject, clientId, settings);
        return switch (inspect(progress, request, cached)) {
            case SecretState.Current() -> true;
            case SecretState.Absent() -> need == SecretNeed.NOTHING;
            case SecretState.NotOwned notOwned ->
                need == SecretNeed.NOTHING || SecretInspection.hasSameInputs(request, cached);
            case SecretState.Inherited inherited -> need == SecretNeed.NOTHING;
            default -> SecretInspection.hasSameInputs(request, cached);
        };
    }

    private static SecretState inspect(PassState progress, SecretRequest request, @Nullable Secret cached) {
        String version = cached == null ? "" : cached.getMetadata().getResourceVersion();
        InspectedSecret last = progress.inspectedSecret();
        if (last == null || !last.version().equals(version) || !last.request().equals(request)) {
            last = new InspectedSecret(request, version, SecretInspection.inspect(request, cached));
            progress.inspected(last);
        }
        return last.state();
    }

    /** What the Secret needs from Cognito, judged on the cache. */
    SecretNeed need(ReconcileInput subject, PassState progress) {
        String clientId = progress.clientId();
        // While a restore has to wait, the operator writes nothing, so it needs nothing, unless the user requests it.
        boolean waits = restores.beforeNext(subject.uid()) != null && !subject.isReconcileRequested();
        if (clientId == null || waits) {
            return SecretNeed.NOTHING;
        }
        SecretRequest request =
                request(subject, clientId, progress.settings(subject.desired().settings()));
        return switch (inspect(progress, request, cached(subject))) {
            // Another owner's Secret, absent from the cache because it lacks the label, is no reason to call Cognito.
            case SecretState.Absent() -> isForeign(subject) ? SecretNeed.NOTHING : repair(request, false);
            case SecretState.Tampered(var edit) -> repair(request, !SecretInspection.changesSecret(request, edit));
            case SecretState.Edited(String recorded, var edit) -> repair(request, clientId.equals(recorded));
            case SecretState.Outdated(String recorded) ->
                clientId.equals(recorded) ? SecretNeed.NOTHING : repair(request, false);
            case SecretState.Current() -> SecretNeed.NOTHING;
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
    void ensurePublishable(ReconcileInput subject) {
        Secret cached = cached(subject);
        if (cached != null) {
            refuseObstacle(subject, cached);
            return;
        }
        SecretRequest request =
                request(subject, NO_CLIENT_YET, subject.desired().settings());
        Secret placeholder =
                SecretManifest.of(request, subject.desired().confidential() ? new ClientSecret(NO_CLIENT_YET) : null);
        try {
            secrets.dryRunCreate(placeholder);
        } catch (KubernetesClientException e) {
            if (!KubernetesFailure.isConflict(e)) {
                throw KubernetesFailure.whileWriting(secretName(subject), e);
            }
            refuseObstacle(subject, secrets.read(subject.namespace(), secretName(subject)));
        }
    }

    /**
     * Publishes the client.
     *
     * @param client the client that this pass has described; null if it made no call, because the client is known to be current
     * @throws StopReconciliation if the Secret cannot be written
     */
    void publish(ReconcileInput subject, PassState progress, @Nullable AppClient client) {
        String clientId = progress.clientId();
        if (clientId == null) {
            return;
        }
        AppClientSettings settings =
                client == null ? progress.settings(subject.desired().settings()) : client.settings();
        SecretRequest request = request(subject, clientId, settings);
        recordEndpoints(subject, progress, request, settings);
        SecretState state = inspect(progress, request, cached(subject));
        if (!(state instanceof SecretState.Current)) {
            write(subject, progress, request, client, state);
        }
        progress.published(new SecretStatus(
                request.secretName(),
                List.copyOf(SecretManifest.keys(request)),
                request.revision(),
                request.confidential() ? "Original" : null));
        progress.done(Step.SECRET);
        removeFormerSecrets(subject);
    }

    private void write(
            ReconcileInput subject,
            PassState progress,
            SecretRequest request,
            @Nullable AppClient client,
            SecretState state) {
        SecretStatus published = progress.secret();
        boolean wasPublished = published != null && request.secretName().equals(published.name());
        SecretValue value = new OwnClientSecret(clients, claims, subject, request, client);
        try {
            writer.write(new SecretWrite(request, value, wasPublished, subject.isReconcileRequested()), state);
        } catch (SecretContested contested) {
            progress.requeueAfter(contested.retryAfter());
            throw contested.stop();
        }
    }

    /** Removes the Secrets under former names, except retained ones. */
    private void removeFormerSecrets(ReconcileInput subject) {
        String name = secretName(subject);
        for (Secret former : kubernetes.secretsOf(subject.namespace(), subject.uid())) {
            boolean retained = former.getMetadata().getOwnerReferences().isEmpty();
            if (former.getMetadata().getName().equals(name) || retained) {
                continue;
            }
            writer.remove(owner(subject), former.getMetadata().getName());
        }
    }

    private boolean isForeign(ReconcileInput subject) {
        Secret live = secrets.read(subject.namespace(), secretName(subject));
        return SecretInspection.obstacle(owner(subject), live) != null;
    }

    private void refuseObstacle(ReconcileInput subject, @Nullable Secret observed) {
        SecretState.NotOwned obstacle = SecretInspection.obstacle(owner(subject), observed);
        if (obstacle != null) {
            throw SecretWriter.refused(obstacle);
        }
    }

    private static void recordEndpoints(
            ReconcileInput subject, PassState progress, SecretRequest request, AppClientSettings settings) {
        PublicValues values = request.values();
        progress.endpoints(
                values.issuer(),
                Endpoints.of(values).loginUrl(),
                LoginPage.of(settings, subject.pool().facts(), values.clientId()));
    }

    private @Nullable Secret cached(ReconcileInput subject) {
        return kubernetes.secret(subject.namespace(), secretName(subject)).orElse(null);
    }

    private static String secretName(ReconcileInput subject) {
        return OwnSecrets.secretName(subject.resource());
    }

    private static SecretOwner owner(ReconcileInput subject) {
        return OwnSecrets.owner(subject.resource());
    }

    private static SecretRequest request(ReconcileInput subject, String clientId, AppClientSettings settings) {
        SecretSpec spec = subject.spec().secret();
        boolean retained = spec != null && spec.onDelete() == DeletionPolicy.RETAIN;
        return new SecretRequest(
                owner(subject),
                secretName(subject),
                !retained,
                subject.adopted() != null,
                PublicValues.of(
                        clientId, subject.pool().facts(), settings.oauth(), redirectUri(subject, settings.oauth())),
                subject.desired().confidential(),
                FIRST_REVISION);
    }

    private static @Nullable String redirectUri(ReconcileInput subject, OAuth oauth) {
        return subject.observes()
                ? RedirectUri.observed(oauth)
                : RedirectUri.managed(oauth, subject.spec().callbackURLs());
    }
}
