package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.ClientSecret;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares the Secret in the cluster with the one that should be there. It never looks at values: the managed fields tell
 * whether somebody else wrote one. That is sound against accidents, not against somebody who writes under our name as field
 * manager, which the rights to write this Secret allow. The object may be a full one or what {@link SecretView} left of it.
 */
public final class SecretInspection {

    private SecretInspection() {}

    /** How the observed Secret compares with the desired one. */
    public static SecretState inspect(SecretRequest desired, @Nullable Secret observed) {
        if (observed == null) {
            return new SecretState.Absent();
        }
        SecretState.NotOurs obstacle = SecretOwnership.obstacle(desired.owner(), observed);
        if (obstacle != null) {
            return obstacle;
        }
        SecretState state = compare(desired, observed);
        String lock = lock(state, desired, observed);
        return lock == null ? state : new SecretState.Locked("Secret '" + desired.secretName() + "' " + lock + ".");
    }

    /**
     * What stands in the way of writing a Secret of this name for this owner; null when there is none yet, or it is the owner's.
     * Asked before a client exists, so that none is created whose Secret cannot be published.
     */
    public static SecretState.@Nullable NotOurs obstacle(SecretOwner owner, @Nullable Secret observed) {
        return observed == null ? null : SecretOwnership.obstacle(owner, observed);
    }

    /**
     * The client secret that may be written again without asking Cognito.
     *
     * @param live read just now from the API server, with data; the write must be bound to it by {@link SecretManifest#onlyOnto}
     * @return null when the Secret is not ours, was tampered with, or tells of another app client
     */
    public static @Nullable ClientSecret reusableSecret(SecretRequest desired, @Nullable Secret live) {
        if (live == null || SecretOwnership.obstacle(desired.owner(), live) != null) {
            return null;
        }
        boolean sameClient = tellsOfSameClient(desired, live);
        boolean intact = FieldOwnership.of(live)
                .doubtful(StandardPreset.secretKeys(desired.confidential()))
                .isEmpty();
        return desired.confidential() && sameClient && intact ? StandardPreset.clientSecret(live) : null;
    }

    /** Whether what we wrote last was about the very app client that is to be written now. */
    public static boolean tellsOfSameClient(SecretRequest desired, Secret live) {
        return desired.values().clientId().equals(recordedClientId(live));
    }

    /** The id of the app client that the Secret was written for; empty when the mark is no longer the one that we wrote. */
    public static Optional<String> clientIdIn(Secret observed) {
        return Optional.ofNullable(recordedClientId(observed));
    }

    /** Whether the change reached a secret value, so that the live one can no longer be trusted. */
    public static boolean touchesSecret(SecretRequest desired, SecretState.Edit edit) {
        return !Collections.disjoint(StandardPreset.secretKeys(desired.confidential()), edit.fields());
    }

    /** Whether what we wrote last was written from the very inputs that the Secret is to be written from now. */
    public static boolean tellsOfSameInputs(SecretRequest desired, @Nullable Secret observed) {
        return observed != null && sameInputs(desired, observed);
    }

    private static SecretState compare(SecretRequest desired, Secret observed) {
        FieldOwnership fields = FieldOwnership.of(observed);
        boolean sameInputs = sameInputs(desired, observed);
        SortedSet<String> doubtful = fields.doubtful(keysToTrust(desired, sameInputs));
        if (!doubtful.isEmpty()) {
            return new SecretState.Tampered(new SecretState.Edit(fields.whoChangedData(doubtful), doubtful));
        }
        SortedSet<String> edited = WrittenMetadata.of(desired).editedIn(observed, sameInputs);
        if (!edited.isEmpty()) {
            return new SecretState.Edited(
                    recordedClientId(observed), new SecretState.Edit(fields.whoChangedMetadata(edited), edited));
        }
        return sameInputs ? new SecretState.Current() : new SecretState.Outdated(recordedClientId(observed));
    }

    private static boolean sameInputs(SecretRequest desired, Secret observed) {
        return SecretManifest.inputs(desired).equals(Inputs.recordedIn(observed))
                && FieldOwnership.of(observed).weOwnAnnotation(Marks.INPUTS);
    }

    /** When the inputs differ, a public key may be new, and all public values are written anew anyway. */
    private static SortedSet<String> keysToTrust(SecretRequest desired, boolean sameInputs) {
        return sameInputs ? SecretManifest.keys(desired) : StandardPreset.secretKeys(desired.confidential());
    }

    /** The mark counts only as long as it is still the one that we wrote. */
    private static @Nullable String recordedClientId(Secret observed) {
        Map<String, String> annotations = observed.getMetadata().getAnnotations();
        boolean ours = FieldOwnership.of(observed).weOwnAnnotation(Marks.CLIENT_ID);
        return ours && annotations != null ? annotations.get(Marks.CLIENT_ID) : null;
    }

    private static @Nullable String lock(SecretState state, SecretRequest desired, Secret observed) {
        if (observed.getMetadata().getDeletionTimestamp() != null) {
            return "is being deleted, and waits for its finalizers "
                    + observed.getMetadata().getFinalizers() + ". It is written anew when it is gone";
        }
        if (!SecretManifest.TYPE.equals(observed.getType())) {
            return "has the type " + observed.getType() + ", which Kubernetes never lets change to "
                    + SecretManifest.TYPE + ". Delete it, and it is written anew";
        }
        boolean valuesStay = state instanceof SecretState.Current
                || (state instanceof SecretState.Edited && sameInputs(desired, observed));
        if (Boolean.TRUE.equals(observed.getImmutable()) && !valuesStay) {
            return "was made immutable, so it cannot be brought up to date. Delete it, and it is written anew";
        }
        return null;
    }
}
