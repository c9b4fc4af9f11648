package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.SecretStatus;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.rotation.RotationPass;
import dev.appclients.cognito.controller.rotation.SecretRotations;
import dev.appclients.cognito.controller.secret.SecretValue;
import dev.appclients.cognito.controller.secret.SecretWrite;
import dev.appclients.cognito.controller.secret.SecretWriter;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.rotation.PublishedSecretId;
import dev.appclients.cognito.secret.SecretManifest;
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.secret.content.Endpoints;
import dev.appclients.cognito.secret.content.GeneratedKeys;
import dev.appclients.cognito.secret.content.PublicValues;
import dev.appclients.cognito.status.LoginPage;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Publishes the client's values in its Secret and its ConfigMap. Writes only what is not current in the cache. */
final class SecretPublisher {

    private static final String NO_CLIENT_YET = "none";

    /** A message with all problems of a large manifest would not be read. */
    private static final int MAX_PROBLEMS = 5;

    /** The ConfigMap is written after the Secret, which was written for the same client. */
    private static final SecretValue PROVEN_BY_THE_SECRET = new SecretValue() {
        @Override
        public @Nullable ClientSecret get() {
            return null;
        }

        @Override
        public boolean isAtHand() {
            return true;
        }
    };

    private final KubernetesView kubernetes;
    private final ClientOutput secrets;
    private final ClientOutput configMaps;
    private final OwnClientSecrets values;
    private final SecretRotations rotations;
    private final SecureRandom random;

    SecretPublisher(
            KubernetesView kubernetes,
            ClientOutput secrets,
            ClientOutput configMaps,
            OwnClientSecrets values,
            SecretRotations rotations,
            SecureRandom random) {
        this.kubernetes = kubernetes;
        this.secrets = secrets;
        this.configMaps = configMaps;
        this.values = values;
        this.rotations = rotations;
        this.random = random;
    }

    /**
     * Verifies that the manifest asks for a Secret and a ConfigMap that can be written.
     *
     * @throws StopReconciliation if not
     */
    static void requireValidForms(ReconcileInput input) {
        List<String> problems =
                OutputRequests.problems(input.spec(), input.desired().confidential());
        if (!problems.isEmpty()) {
            throw StopReconciliation.refused(
                    Step.SECRET,
                    Reason.INVALID_SECRET,
                    problems.stream().limit(MAX_PROBLEMS).collect(Collectors.joining(" "))
                            + " The operator writes nothing. The operator retries hourly.",
                    Pace.HOURLY);
        }
    }

    /**
     * Whether this pass changes no fact of the pool in status, Secret and ConfigMap, so that the facts need no confirmation.
     *
     * @param settings the settings that the Secret is to publish
     */
    boolean keepsPublishedFacts(ReconcileInput input, PassState pass, AppClientSettings settings, SecretNeed need) {
        String clientId = pass.clientId();
        if (clientId == null || !input.pool().facts().arn().value().equals(pass.userPoolARN())) {
            return false;
        }
        SecretRequest configMap = OutputRequests.configMap(input, clientId, settings);
        return secrets.keepsFacts(pass, request(input, pass, clientId, settings), need)
                && (configMap == null || configMaps.keepsFacts(pass, configMap, need));
    }

    /** The need of the Secret and the ConfigMap for a description from Cognito, judged on the cache. */
    SecretNeed need(ReconcileInput input, PassState pass) {
        String clientId = pass.clientId();
        if (clientId == null) {
            return SecretNeed.NOTHING;
        }
        AppClientSettings settings = pass.settings(input.desired().settings());
        SecretNeed ofSecret = secrets.need(input, pass, request(input, pass, clientId, settings));
        if (ofSecret == SecretNeed.VALUE && values.isHeld(input)) {
            return SecretNeed.NOTHING;
        }
        SecretRequest configMap = OutputRequests.configMap(input, clientId, settings);
        return configMap == null || ofSecret != SecretNeed.NOTHING ? ofSecret : configMaps.need(input, pass, configMap);
    }

    /**
     * Verifies that the Secret of a client can be created, before the client is created.
     *
     * @throws StopReconciliation if it cannot be created
     */
    void ensurePublishable(ReconcileInput input) {
        SecretRequest request =
                OutputRequests.secret(input, NO_CLIENT_YET, input.desired().settings(), PublishedSecretId.ORIGINAL);
        SecretWriter.requireBounded(request);
        Secret placeholder = SecretManifest.of(
                request, request.confidential() ? new ClientSecret(NO_CLIENT_YET) : null, new GeneratedKeys(random));
        secrets.ensureCreatable(request, placeholder);
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
        SecretRequest request = request(input, pass, clientId, settings);
        recordEndpoints(input, pass, request.values(), settings);
        SecretValue value = value(input, pass, request, client);
        SecretWrite write = new SecretWrite(request, value, wasPublished(pass, request), input.isReconcileRequested());
        // The drift check describes the client in its slot, so an upgrade does not rewrite every Secret at once.
        boolean isSlot = client != null;
        secrets.publish(pass, write, older -> isSlot || (!older.isSource() && isShared(input)));
        pass.published(new SecretStatus(
                request.secretName(),
                List.copyOf(SecretManifest.keys(request)),
                request.revision(),
                request.confidential() ? source(request) : null,
                request.clientSecretId()));
        secrets.removeOthers(request.owner(), request.secretName());
        if (isConfigMapPublished(input, pass, OutputRequests.configMap(input, clientId, settings), isSlot)) {
            pass.done(Step.SECRET);
        }
    }

    private static String source(SecretRequest request) {
        return request.revision() == 1 ? "Original" : "Rotated";
    }

    private SecretValue value(ReconcileInput input, PassState pass, SecretRequest request, @Nullable AppClient client) {
        SecretValue described = OwnClientSecret.of(values, input, pass, request, client);
        RotationPass rotation = pass.rotation().pass();
        return rotation == null ? described : new RotatedSecretValue(rotations, rotation, described);
    }

    /**
     * The value in the client's Secret, read live. Null if it is not this secret's, or another writer changed it.
     *
     * @param secret the one that the Secret should hold
     */
    @Nullable
    ClientSecret publishedValue(ReconcileInput input, PassState pass, PublishedSecretId secret) {
        String clientId = Objects.requireNonNull(pass.clientId());
        return secrets.value(OutputRequests.secret(
                input, clientId, pass.settings(input.desired().settings()), secret));
    }

    /**
     * The value that Cognito describes; null if it describes none.
     *
     * @throws StopReconciliation if the app client is not proven to be the object's
     */
    @Nullable
    ClientSecret describedValue(ReconcileInput input, PassState pass) {
        String clientId = Objects.requireNonNull(pass.clientId());
        SecretRequest request = OutputRequests.secret(
                input, clientId, pass.settings(input.desired().settings()), PublishedSecretId.ORIGINAL);
        return OwnClientSecret.of(values, input, pass, request, null).described();
    }

    private static SecretRequest request(
            ReconcileInput input, PassState pass, String clientId, AppClientSettings settings) {
        RotationPass rotation = pass.rotation().pass();
        return OutputRequests.secret(
                input, clientId, settings, rotation == null ? PublishedSecretId.ORIGINAL : rotation.published());
    }

    /** A failure does not abort the pass: the copies of the Secret do not need the ConfigMap. */
    private boolean isConfigMapPublished(
            ReconcileInput input, PassState pass, @Nullable SecretRequest request, boolean isSlot) {
        try {
            publishConfigMap(input, pass, request, isSlot);
            return true;
        } catch (StopReconciliation stop) {
            pass.deferStopIfNone(stop);
        } catch (KubernetesClientException e) {
            if (KubernetesFailure.isConflict(e)) {
                throw e;
            }
            pass.deferStopIfNone(KubernetesFailure.unavailable(Step.SECRET, e));
        }
        return false;
    }

    private void publishConfigMap(
            ReconcileInput input, PassState pass, @Nullable SecretRequest request, boolean isSlot) {
        if (request != null) {
            SecretWrite write = new SecretWrite(
                    request, PROVEN_BY_THE_SECRET, input.wasSecretSynced(), input.isReconcileRequested());
            configMaps.publish(pass, write, older -> isSlot);
        }
        configMaps.removeOthers(OutputRequests.owner(input.resource()), request == null ? null : request.secretName());
    }

    /** Whether copies are rendered from the Secret, or may be soon. */
    private boolean isShared(ReconcileInput input) {
        return input.spec().sharing() != null
                || !kubernetes
                        .claimsFor(ResourceID.fromResource(input.resource()))
                        .isEmpty();
    }

    private static boolean wasPublished(PassState pass, SecretRequest request) {
        SecretStatus published = pass.secret();
        return published != null && request.secretName().equals(published.name());
    }

    private static void recordEndpoints(
            ReconcileInput input, PassState pass, PublicValues values, AppClientSettings settings) {
        pass.endpoints(
                values.issuer(),
                Endpoints.of(values).loginUrl(),
                LoginPage.of(settings, input.pool().facts(), values.clientId()));
    }
}
