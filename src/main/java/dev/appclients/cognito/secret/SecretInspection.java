package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.content.Inputs;
import dev.appclients.cognito.secret.content.StandardPreset;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
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
        SecretState state = compare(desired, observed);
        String fault = unwritable(state, desired, observed);
        return fault == null
                ? state
                : new SecretState.Unwritable("Secret '" + desired.secretName() + "' " + fault + ".");
    }

    private static boolean isInherited(SecretRequest desired, SecretState.NotOwned obstacle) {
        return desired.inherits()
                && obstacle instanceof SecretState.FormerOwner former
                && desired.values().clientId().equals(former.clientId());
    }

    /** The reason why the owner may not write this Secret; null if the Secret is absent or the owner's. */
    public static SecretState.@Nullable NotOwned obstacle(SecretOwner owner, @Nullable Secret observed) {
        return observed == null ? null : SecretOwnership.obstacle(owner, observed);
    }

    /**
     * The client secret that may be written again without a call to Cognito.
     *
     * @param live read from the API server, with data; the write must be bound to its version
     * @return null if the Secret is not the owner's, its client secret was changed, or it is of another app client
     */
    public static @Nullable ClientSecret reusableSecret(SecretRequest desired, @Nullable Secret live) {
        if (live == null || SecretOwnership.obstacle(desired.owner(), live) != null) {
            return null;
        }
        boolean sameClient = isOfSameClient(desired, live);
        boolean intact = FieldOwnership.of(live)
                .unproven(StandardPreset.secretKeys(desired.confidential()))
                .isEmpty();
        return desired.confidential() && sameClient && intact ? StandardPreset.clientSecret(live) : null;
    }

    /** Whether the operator's last write was for the requested app client. */
    public static boolean isOfSameClient(SecretRequest desired, Secret live) {
        return desired.values().clientId().equals(recordedClientId(live));
    }

    /** The app client that the Secret was written for; empty if the annotation is no longer the operator's. */
    public static Optional<String> clientIdIn(Secret observed) {
        return Optional.ofNullable(recordedClientId(observed));
    }

    /** Whether the edit changed a secret value, so that the live one cannot be reused. */
    public static boolean changesSecret(SecretRequest desired, SecretState.Edit edit) {
        return !Collections.disjoint(StandardPreset.secretKeys(desired.confidential()), edit.fields());
    }

    /** Whether the operator's last write was made from the requested inputs. */
    public static boolean hasSameInputs(SecretRequest desired, @Nullable Secret observed) {
        return observed != null && sameInputs(desired, observed);
    }

    private static SecretState compare(SecretRequest desired, Secret observed) {
        FieldOwnership fields = FieldOwnership.of(observed);
        boolean sameInputs = sameInputs(desired, observed);
        SortedSet<String> unproven = fields.unproven(keysToProve(desired, sameInputs));
        if (!unproven.isEmpty()) {
            return new SecretState.Tampered(new SecretState.Edit(fields.dataEditor(unproven), unproven));
        }
        SortedSet<String> edited = WrittenMetadata.of(desired).editedIn(observed, sameInputs);
        if (!edited.isEmpty()) {
            return new SecretState.Edited(
                    recordedClientId(observed), new SecretState.Edit(fields.metadataEditor(edited), edited));
        }
        return sameInputs ? new SecretState.Current() : new SecretState.Outdated(recordedClientId(observed));
    }

    private static boolean sameInputs(SecretRequest desired, Secret observed) {
        return SecretManifest.inputs(desired).equals(Inputs.recordedIn(observed))
                && FieldOwnership.of(observed).operatorOwnsAnnotation(Marks.INPUTS);
    }

    /** With other inputs a public key may be new, and every public value is rewritten anyway. */
    private static SortedSet<String> keysToProve(SecretRequest desired, boolean sameInputs) {
        return sameInputs ? SecretManifest.keys(desired) : StandardPreset.secretKeys(desired.confidential());
    }

    /** The annotation counts only while the operator owns it. */
    private static @Nullable String recordedClientId(Secret observed) {
        Map<String, String> annotations = observed.getMetadata().getAnnotations();
        boolean isIntact = FieldOwnership.of(observed).operatorOwnsAnnotation(Marks.CLIENT_ID);
        return isIntact && annotations != null ? annotations.get(Marks.CLIENT_ID) : null;
    }

    private static @Nullable String unwritable(SecretState state, SecretRequest desired, Secret observed) {
        if (observed.getMetadata().getDeletionTimestamp() != null) {
            return "is being deleted and waits for its finalizers "
                    + observed.getMetadata().getFinalizers() + ". The operator creates a new one when it is gone";
        }
        if (!SecretManifest.TYPE.equals(observed.getType())) {
            return "has the type " + observed.getType() + ", and Kubernetes does not allow a change to "
                    + SecretManifest.TYPE + ". Delete the Secret. The operator then creates a new one";
        }
        boolean valuesStay = state instanceof SecretState.Current
                || (state instanceof SecretState.Edited && sameInputs(desired, observed));
        if (Boolean.TRUE.equals(observed.getImmutable()) && !valuesStay) {
            return "is immutable and out of date. Delete the Secret. The operator then creates a new one";
        }
        return null;
    }
}
