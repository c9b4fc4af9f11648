package dev.appclients.cognito.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.PublicDigest;
import dev.appclients.cognito.secret.content.Inputs;
import dev.appclients.cognito.secret.content.StandardPreset;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the requested Secret. The objects returned here print their data: they are for the API server, never for a log or a
 * message.
 */
public final class SecretManifest {

    static final String TYPE = "Opaque";

    private SecretManifest() {}

    /**
     * The Secret for a create.
     *
     * @param secret the client secret; null exactly for a public client
     * @throws IllegalArgumentException if a confidential client has no secret, or a public one has one
     */
    public static Secret of(SecretRequest request, @Nullable ClientSecret secret) {
        if (request.confidential() != (secret != null)) {
            throw new IllegalArgumentException("Secret '" + request.secretName() + "' was to be written "
                    + (secret == null
                            ? "without the secret of a confidential client"
                            : "with a secret for a public client"));
        }
        SortedMap<String, String> data = new TreeMap<>();
        StandardPreset.publicEntries(request.values()).forEach((key, value) -> data.put(key, encode(value)));
        if (secret != null) {
            StandardPreset.secretEntries(secret).forEach((key, value) -> data.put(key, encode(value)));
        }
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(request.owner().namespace())
                .withName(request.secretName())
                .withLabels(labels(request))
                .withAnnotations(annotations(request))
                .withOwnerReferences(ownerReferences(request))
                .endMetadata()
                .withType(TYPE)
                .withData(data)
                .build();
    }

    /** The keys of the Secret's data. */
    public static SortedSet<String> keys(SecretRequest request) {
        SortedSet<String> keys =
                new TreeSet<>(StandardPreset.publicEntries(request.values()).keySet());
        keys.addAll(StandardPreset.secretKeys(request.confidential()));
        return Collections.unmodifiableSortedSet(keys);
    }

    /** The inputs that the Secret is written from. */
    public static Inputs inputs(SecretRequest request) {
        return new Inputs(
                request.revision(),
                new PublicDigest()
                        .add("type", TYPE)
                        .add("public", StandardPreset.publicEntries(request.values()))
                        .add("secret", StandardPreset.secretKeys(request.confidential()))
                        .add("labels", labels(request))
                        .add("annotations", fixedAnnotations(request))
                        .add(
                                "owner",
                                ownerReferences(request).stream()
                                        .flatMap(owner -> Stream.of(
                                                owner.getApiVersion(),
                                                owner.getKind(),
                                                owner.getName(),
                                                owner.getUid()))
                                        .toList())
                        .hex());
    }

    static SortedMap<String, String> labels(SecretRequest request) {
        SortedMap<String, String> labels = new TreeMap<>(Map.of(
                Marks.MANAGED_BY,
                Marks.FIELD_MANAGER,
                Marks.CLIENT_UID,
                request.source().uid()));
        labels.put(request.owner().marks().uid(), request.owner().uid());
        return labels;
    }

    static SortedMap<String, String> annotations(SecretRequest request) {
        SortedMap<String, String> annotations = fixedAnnotations(request);
        annotations.put(Marks.INPUTS, inputs(request).toString());
        return annotations;
    }

    private static SortedMap<String, String> fixedAnnotations(SecretRequest request) {
        SortedMap<String, String> annotations = new TreeMap<>(Map.of(
                Marks.CLIENT,
                request.source().path(),
                Marks.CLIENT_ID,
                request.values().clientId()));
        annotations.put(request.owner().marks().path(), request.owner().path());
        return annotations;
    }

    /**
     * The owner controls the Secret, so that no other controller takes it over. It does not block the owner's deletion: the
     * operator's finalizer orders that already, and clusters that check it would require the right to update the owner's
     * finalizers.
     */
    static List<OwnerReference> ownerReferences(SecretRequest request) {
        if (!request.ownedByResource()) {
            return List.of();
        }
        SecretOwner owner = request.owner();
        return List.of(new OwnerReferenceBuilder()
                .withApiVersion(owner.apiVersion())
                .withKind(owner.kind())
                .withName(owner.name())
                .withUid(owner.uid())
                .withController(true)
                .withBlockOwnerDeletion(false)
                .build());
    }

    private static String encode(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
    }
}
