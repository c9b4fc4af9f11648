package dev.appclients.cognito.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.appclients.cognito.api.v1beta1.GeneratedKey;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.secret.content.GeneratedKeys;
import dev.appclients.cognito.secret.content.Inputs;
import dev.appclients.cognito.secret.content.RecordedValues;
import dev.appclients.cognito.secret.content.SecretContents;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds the requested Secret. The objects returned here print their data: they are for the API server, never for a log or a
 * message.
 */
public final class SecretManifest {

    private SecretManifest() {}

    /** As {@link #of(SecretRequest, ClientSecret, GeneratedKeys)}, for a shape without generated keys. */
    public static Secret of(SecretRequest request, @Nullable ClientSecret secret) {
        return of(request, secret, null);
    }

    /**
     * The Secret for a create.
     *
     * @param secret the client secret; null exactly for a public client
     * @param generated supplies the generated keys; null permits none
     * @throws IllegalArgumentException if a confidential client has no secret, a public one has one, or {@link SecretContents#check}
     *     finds problems
     */
    public static Secret of(SecretRequest request, @Nullable ClientSecret secret, @Nullable GeneratedKeys generated) {
        return of(new DesiredSecret(request), secret, generated, Set.of());
    }

    /** @param present the generated keys that the Secret has already, which are left out */
    static Secret of(
            DesiredSecret desired,
            @Nullable ClientSecret secret,
            @Nullable GeneratedKeys generated,
            Set<String> present) {
        SecretRequest request = desired.request();
        requireValid(request, secret);
        SortedMap<String, String> data = new TreeMap<>();
        desired.contents().publicEntries().forEach((key, value) -> data.put(key, encode(value)));
        if (secret != null) {
            desired.contents().secretEntries(secret).forEach((key, value) -> data.put(key, encode(value)));
        }
        for (GeneratedKey key : request.shape().generate()) {
            if (!present.contains(key.key())) {
                data.put(
                        key.key(),
                        Objects.requireNonNull(generated, "generated").data(key));
            }
        }
        return new SecretBuilder()
                .withKind(request.kind())
                .withNewMetadata()
                .withNamespace(request.owner().namespace())
                .withName(request.secretName())
                .withLabels(desired.labels())
                .withAnnotations(desired.annotations(desired.inputs()))
                .withOwnerReferences(desired.ownerReferences())
                .endMetadata()
                .withType(request.shape().type())
                .withData(data)
                .build();
    }

    private static void requireValid(SecretRequest request, @Nullable ClientSecret secret) {
        if (request.confidential() != (secret != null)) {
            throw new IllegalArgumentException(request.kind() + " '" + request.secretName() + "' was to be written "
                    + (secret == null
                            ? "without the secret of a confidential client"
                            : "with a secret for a public client"));
        }
        List<String> problems = SecretContents.check(
                request.shape(), request.confidential(), request.shape().configMap());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(request.kind() + " '" + request.secretName()
                    + "' was to be written although " + problems.getFirst());
        }
    }

    /** The keys of the Secret's data, the generated ones included. */
    public static SortedSet<String> keys(SecretRequest request) {
        DesiredSecret desired = new DesiredSecret(request);
        SortedSet<String> keys = desired.determinedKeys();
        keys.addAll(desired.generatedKeys());
        return Collections.unmodifiableSortedSet(keys);
    }

    /** The inputs that the Secret is written from. */
    public static Inputs inputs(SecretRequest request) {
        return new DesiredSecret(request).inputs();
    }

    /** The reason why the public values do not fit into the Secret, with the action for the user; null if they fit. */
    public static @Nullable String excess(SecretRequest request) {
        RecordedValues recorded = DesiredSecret.recorded(request);
        return recorded == null ? null : recorded.excess();
    }

    private static String encode(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
    }
}
