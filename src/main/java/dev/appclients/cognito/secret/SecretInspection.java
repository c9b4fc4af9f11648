package dev.appclients.cognito.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the Secret in the cluster with the requested one. It never reads values: the managed fields show whether another
 * writer changed one. This detects accidents. It does not detect a writer that uses the operator's name as field manager, which
 * the right to write this Secret permits. The Secret may be complete, or stripped by {@link SecretStripper}.
 */
public final class SecretInspection {

    private SecretInspection() {}

    /** Inspects the Secret; null stands for an absent one. */
    public static SecretState inspect(SecretRequest desired, @Nullable Secret observed) {
        if (observed == null) {
            return new SecretState.Absent();
        }
        SecretState.NotOwned obstacle = SecretOwnership.obstacle(desired.owner(), observed);
        if (obstacle != null) {
            return isInherited(desired, obstacle) ? new SecretState.Inherited() : obstacle;
        }
        return new SecretComparison(desired, observed).state();
    }

    /** The value of a copy comes from its source, so the Secret of a former claim proves nothing and holds nothing back. */
    private static boolean isInherited(SecretRequest desired, SecretState.NotOwned obstacle) {
        return desired.inherits()
                && obstacle instanceof SecretState.FormerOwner former
                && (desired.owner().isClaim() || desired.values().clientId().equals(former.clientId()));
    }

    /** The reason why the owner may not write this Secret; null if the Secret is absent or the owner's. */
    public static SecretState.@Nullable NotOwned obstacle(SecretOwner owner, @Nullable Secret observed) {
        return observed == null ? null : SecretOwnership.obstacle(owner, observed);
    }

    /**
     * The client secret that may be written again without a call to Cognito. The Secret may have another shape or name than the
     * requested one.
     *
     * @param live read from the API server, with data; the write must be bound to its version
     * @return null if the Secret is not the owner's, its client secret was changed, or it is of another app client or revision. Null
     *     for a copy, which takes its value only from its source
     */
    public static @Nullable ClientSecret reusableSecret(SecretRequest desired, @Nullable Secret live) {
        if (live == null || SecretOwnership.obstacle(desired.owner(), live) != null || !isOfSameClient(desired, live)) {
            return null;
        }
        String key = new SecretComparison(desired, live).reusableKey();
        return key == null ? null : clientSecret(live, key);
    }

    /**
     * Whether {@link #reusableSecret} finds the client secret in this Secret.
     *
     * @param observed complete, or stripped by {@link SecretStripper}
     */
    public static boolean isReusable(SecretRequest desired, Secret observed) {
        return SecretOwnership.obstacle(desired.owner(), observed) == null
                && isOfSameClient(desired, observed)
                && new SecretComparison(desired, observed).reusableKey() != null;
    }

    private static @Nullable ClientSecret clientSecret(Secret live, String key) {
        String encoded = live.getData() == null ? null : live.getData().get(key);
        if (encoded == null || encoded.isEmpty()) {
            return null;
        }
        try {
            return new ClientSecret(new String(Base64.getDecoder().decode(encoded), UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /** Whether the operator's last write was for the requested app client. */
    public static boolean isOfSameClient(SecretRequest desired, Secret live) {
        return desired.values().clientId().equals(SecretComparison.recordedClientId(live));
    }

    /** The app client that the Secret was written for; empty if the annotation {@link Marks#CLIENT_ID} is no longer the operator's. */
    public static Optional<String> clientIdIn(Secret observed) {
        return Optional.ofNullable(SecretComparison.recordedClientId(observed));
    }

    /** The id of the client secret in the Secret; empty if it is not known, or the annotation is no longer the operator's. */
    public static Optional<String> clientSecretIdIn(Secret observed) {
        return Optional.ofNullable(CarriedSecretId.recordedIn(observed));
    }

    /** The keys whose values are the operator's, sorted. */
    public static List<String> writtenKeys(Secret observed) {
        return List.copyOf(FieldOwnership.of(observed).ownedNames(FieldOwnership.DATA));
    }

    /** Whether the edit changed a secret value, so that the live one may not be reusable. */
    public static boolean changesSecret(SecretRequest desired, SecretState.Edit edit) {
        return !Collections.disjoint(new DesiredSecret(desired).contents().secretKeys(), edit.fields());
    }

    /** Whether the operator's last write was made from the requested inputs, whatever the version of their digest. */
    public static boolean hasSameInputs(SecretRequest desired, @Nullable Secret observed) {
        return observed != null && new SecretComparison(desired, observed).hasSameInputs();
    }
}
