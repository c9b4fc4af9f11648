package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ApiVersion;
import dev.appclients.cognito.api.v1beta1.DeletionPolicy;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.api.v1beta1.SecretStatus;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.secret.Endpoints;
import dev.appclients.cognito.secret.PublicValues;
import dev.appclients.cognito.secret.RedirectUri;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretManifest;
import dev.appclients.cognito.secret.SecretOwner;
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.secret.SecretState;
import dev.appclients.cognito.status.LoginPage;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the Secret what it should be, and writes only when it is not. */
final class SecretPublisher {

    private static final long FIRST_REVISION = 1;
    private static final String NO_CLIENT_YET = "none";

    private final KubernetesView kubernetes;
    private final SecretStore secrets;
    private final SecretWriter writer;
    private final RestoreHistory restores;

    SecretPublisher(KubernetesView kubernetes, SecretStore secrets, SecretWriter writer, RestoreHistory restores) {
        this.kubernetes = kubernetes;
        this.secrets = secrets;
        this.writer = writer;
        this.restores = restores;
    }

    /**
     * Whether status and Secret say of the pool what its facts say, or nothing is written to the Secret: then the facts need no
     * confirmation.
     *
     * @param settings that the Secret is to tell of
     */
    boolean isTold(Subject subject, Progress progress, AppClientSettings settings, SecretNeed need) {
        String clientId = progress.clientId();
        if (clientId == null || !subject.pool().facts().arn().value().equals(progress.userPoolARN())) {
            return false;
        }
        Secret cached = cached(subject);
        SecretRequest request = request(subject, clientId, settings);
        return switch (inspected(progress, request, cached)) {
            case SecretState.Current() -> true;
            case SecretState.Absent() -> need == SecretNeed.NOTHING;
            case SecretState.NotOurs notOurs ->
                need == SecretNeed.NOTHING || SecretInspection.tellsOfSameInputs(request, cached);
            default -> SecretInspection.tellsOfSameInputs(request, cached);
        };
    }

    /** Compares the cached Secret with the wanted one, once for each pair in a pass. */
    private static SecretState inspected(Progress progress, SecretRequest request, @Nullable Secret cached) {
        String version = cached == null ? "" : cached.getMetadata().getResourceVersion();
        InspectedSecret last = progress.inspectedSecret();
        if (last == null || !last.version().equals(version) || !last.request().equals(request)) {
            last = new InspectedSecret(request, version, SecretInspection.inspect(request, cached));
            progress.inspected(last);
        }
        return last.state();
    }

    /** What the Secret wants of a look at Cognito, as far as the cache tells. */
    SecretNeed need(Subject subject, Progress progress) {
        String clientId = progress.clientId();
        // While a restore has to wait nothing is written, so nothing is asked either, unless a person asks.
        boolean waits = restores.beforeNext(subject.uid()) != null && !subject.isReconcileRequested();
        if (clientId == null || waits) {
            return SecretNeed.NOTHING;
        }
        SecretRequest request =
                request(subject, clientId, progress.settings(subject.desired().settings()));
        return switch (inspected(progress, request, cached(subject))) {
            // What nobody can overwrite is no reason to ask Cognito: somebody else's Secret may lack the mark that the
            // cache goes by.
            case SecretState.Absent() -> isForeign(subject) ? SecretNeed.NOTHING : repair(request, false);
            case SecretState.Tampered(var edit) -> repair(request, !SecretInspection.touchesSecret(request, edit));
            case SecretState.Edited(String recorded, var edit) -> repair(request, clientId.equals(recorded));
            case SecretState.Outdated(String recorded) ->
                clientId.equals(recorded) ? SecretNeed.NOTHING : repair(request, false);
            case SecretState.Current() -> SecretNeed.NOTHING;
            case SecretState.Locked locked -> SecretNeed.NOTHING;
            case SecretState.NotOurs notOurs ->
                SecretWriter.isInherited(subject, notOurs) ? repair(request, false) : SecretNeed.NOTHING;
        };
    }

    private static SecretNeed repair(SecretRequest request, boolean valueIntact) {
        return request.confidential() && !valueIntact ? SecretNeed.VALUE : SecretNeed.REPAIR;
    }

    /**
     * Makes sure that a client about to be created can be published.
     *
     * @throws Stop if it cannot
     */
    void ensurePublishable(Subject subject) {
        Secret cached = cached(subject);
        if (cached != null) {
            refuseObstacle(subject, cached);
            return;
        }
        SecretRequest request =
                request(subject, NO_CLIENT_YET, subject.desired().settings());
        Secret rehearsal =
                SecretManifest.of(request, subject.desired().confidential() ? new ClientSecret(NO_CLIENT_YET) : null);
        try {
            secrets.rehearseCreate(rehearsal);
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
     * @param client as Cognito has it; null when Cognito was not asked, because client and Secret were known to be right
     * @throws Stop if the Secret cannot be written
     */
    void publish(Subject subject, Progress progress, @Nullable AppClient client) {
        String clientId = progress.clientId();
        if (clientId == null) {
            return;
        }
        AppClientSettings settings =
                client == null ? progress.settings(subject.desired().settings()) : client.settings();
        SecretRequest request = request(subject, clientId, settings);
        tellEndpoints(subject, progress, request, settings);
        SecretState state = inspected(progress, request, cached(subject));
        if (!(state instanceof SecretState.Current)) {
            writer.write(subject, progress, request, client, state);
        }
        progress.published(new SecretStatus(
                request.secretName(),
                List.copyOf(SecretManifest.keys(request)),
                request.revision(),
                request.confidential() ? "Original" : null));
        progress.done(Step.SECRET);
        removeFormerSecrets(subject);
    }

    /** The Secret's name was changed: what stood under the former name is ours to remove, unless it shall be kept. */
    private void removeFormerSecrets(Subject subject) {
        String name = secretName(subject);
        for (Secret former : kubernetes.secretsOf(subject.namespace(), subject.uid())) {
            boolean retained = former.getMetadata().getOwnerReferences().isEmpty();
            if (former.getMetadata().getName().equals(name) || retained) {
                continue;
            }
            writer.remove(owner(subject), former.getMetadata().getName());
        }
    }

    private boolean isForeign(Subject subject) {
        Secret live = secrets.read(subject.namespace(), secretName(subject));
        return SecretInspection.obstacle(owner(subject), live) != null;
    }

    private void refuseObstacle(Subject subject, @Nullable Secret observed) {
        SecretState.NotOurs obstacle = SecretInspection.obstacle(owner(subject), observed);
        if (obstacle != null) {
            throw refused(obstacle);
        }
    }

    /** A Secret that is not ours is left alone; looked at again often, so that it heals when the Secret goes. */
    static Stop refused(SecretState.NotOurs notOurs) {
        Reason reason = notOurs instanceof SecretState.FormerOwner ? Reason.RESTORED_OBJECT : Reason.SECRET_CONFLICT;
        return Stop.refused(
                Step.SECRET, reason, notOurs.message() + " It is looked at again within five minutes.", Pace.MINUTES);
    }

    private static void tellEndpoints(
            Subject subject, Progress progress, SecretRequest request, AppClientSettings settings) {
        PublicValues values = request.values();
        progress.endpoints(
                values.issuer(),
                Endpoints.of(values).loginUrl(),
                LoginPage.of(settings, subject.pool().facts(), values.clientId()));
    }

    private @Nullable Secret cached(Subject subject) {
        return kubernetes.secret(subject.namespace(), secretName(subject)).orElse(null);
    }

    private static String secretName(Subject subject) {
        SecretSpec spec = subject.spec().secret();
        return spec == null || spec.name() == null ? subject.name() : spec.name();
    }

    private static SecretOwner owner(Subject subject) {
        return new SecretOwner(
                ApiVersion.GROUP + "/" + ApiVersion.VERSION,
                "UserPoolClient",
                subject.namespace(),
                subject.name(),
                subject.uid());
    }

    private static SecretRequest request(Subject subject, String clientId, AppClientSettings settings) {
        SecretSpec spec = subject.spec().secret();
        boolean retained = spec != null && spec.onDelete() == DeletionPolicy.RETAIN;
        return new SecretRequest(
                owner(subject),
                secretName(subject),
                !retained,
                PublicValues.of(
                        clientId, subject.pool().facts(), settings.oauth(), redirectUri(subject, settings.oauth())),
                subject.desired().confidential(),
                FIRST_REVISION);
    }

    private static @Nullable String redirectUri(Subject subject, OAuth oauth) {
        return subject.observes()
                ? RedirectUri.observed(oauth)
                : RedirectUri.managed(oauth, subject.spec().callbackURLs());
    }
}
