package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.ConfigMapSpec;
import dev.appclients.cognito.api.v1beta1.DeletionPolicy;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import dev.appclients.cognito.controller.cluster.SecretNames;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.rotation.PublishedSecretId;
import dev.appclients.cognito.secret.SecretOwner;
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.secret.SourceClient;
import dev.appclients.cognito.secret.content.PublicValues;
import dev.appclients.cognito.secret.content.RedirectUri;
import dev.appclients.cognito.secret.content.SecretContents;
import dev.appclients.cognito.secret.content.SecretShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds the requests for the Secret and the ConfigMap of a client from its manifest. */
final class OutputRequests {

    private static final long FIRST_REVISION = 1;

    private OutputRequests() {}

    /**
     * The Secret of the client.
     *
     * @param secret the client secret that it is to hold
     */
    static SecretRequest secret(
            ReconcileInput input, String clientId, AppClientSettings settings, PublishedSecretId secret) {
        SecretSpec spec = input.spec().secret();
        boolean retained = spec != null && spec.onDelete() == DeletionPolicy.RETAIN;
        return new SecretRequest(
                owner(input.resource()),
                SecretNames.of(input.resource()),
                !retained,
                input.adopted() != null,
                SourceClient.of(owner(input.resource())),
                SecretShape.of(spec),
                values(input, clientId, settings),
                input.desired().confidential(),
                secret.revision(),
                secret.id(),
                secret.replaced());
    }

    /** The ConfigMap of the client, in the form of a Secret; null if the manifest has none. */
    static @Nullable SecretRequest configMap(ReconcileInput input, String clientId, AppClientSettings settings) {
        ConfigMapSpec spec = input.spec().configMap();
        if (spec == null) {
            return null;
        }
        return new SecretRequest(
                owner(input.resource()),
                Objects.requireNonNull(configMapName(input.resource())),
                true,
                input.adopted() != null,
                SourceClient.of(owner(input.resource())),
                SecretShape.of(spec),
                values(input, clientId, settings),
                false,
                FIRST_REVISION);
    }

    /** The name of the client's ConfigMap; null if the manifest has none. */
    static @Nullable String configMapName(UserPoolClient client) {
        ConfigMapSpec spec = client.getSpec().configMap();
        return spec == null
                ? null
                : Objects.requireNonNullElse(spec.name(), client.getMetadata().getName());
    }

    /** The reasons why the Secret or the ConfigMap of the manifest cannot be written, each with the action for the user. */
    static List<String> problems(UserPoolClientSpec spec, boolean confidential) {
        List<String> problems =
                new ArrayList<>(SecretContents.check(SecretShape.of(spec.secret()), confidential, false));
        ConfigMapSpec configMap = spec.configMap();
        if (configMap != null) {
            problems.addAll(SecretContents.check(SecretShape.of(configMap), confidential, true));
        }
        return problems;
    }

    private static PublicValues values(ReconcileInput input, String clientId, AppClientSettings settings) {
        OAuth oauth = settings.oauth();
        String redirectUri = input.observes()
                ? RedirectUri.observed(oauth)
                : RedirectUri.managed(oauth, input.spec().callbackURLs());
        return PublicValues.of(clientId, input.pool().facts(), oauth, redirectUri);
    }

    /** The object as the owner of its Secret and its ConfigMap. */
    static SecretOwner owner(UserPoolClient resource) {
        var meta = resource.getMetadata();
        return SecretOwner.userPoolClient(meta.getNamespace(), meta.getName(), meta.getUid());
    }
}
