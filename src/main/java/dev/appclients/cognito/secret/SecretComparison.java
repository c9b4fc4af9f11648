package dev.appclients.cognito.secret;

import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.PresetKeys;
import dev.appclients.cognito.model.TemplateVariable;
import dev.appclients.cognito.secret.content.Inputs;
import dev.appclients.cognito.secret.content.RecordedValues;
import dev.appclients.cognito.secret.fields.FieldOwnership;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the owner's Secret with the requested one. */
final class SecretComparison {

    private final DesiredSecret desired;
    private final Secret observed;
    private final FieldOwnership fields;

    /** From the operator's own annotation; null if it is absent, malformed or no longer the operator's. */
    private final @Nullable Inputs recorded;

    private final boolean sameInputs;

    SecretComparison(SecretRequest request, Secret observed) {
        desired = new DesiredSecret(request);
        this.observed = observed;
        fields = FieldOwnership.of(observed);
        recorded = fields.operatorOwnsAnnotation(Marks.INPUTS) ? Inputs.recordedIn(observed) : null;
        sameInputs = recorded != null && recorded.equals(desired.inputs(recorded.version()));
    }

    /** Whether the operator's last write was made from the requested inputs, whatever their version. */
    boolean hasSameInputs() {
        return sameInputs;
    }

    SecretState state() {
        SecretState state = compare();
        String fault = unwritable(state);
        SecretRequest request = desired.request();
        return fault == null
                ? state
                : new SecretState.Unwritable(request.kind() + " '" + request.secretName() + "' " + fault + ".");
    }

    private SecretState compare() {
        SortedSet<String> unproven = unproven();
        if (!unproven.isEmpty()) {
            return new SecretState.Tampered(new SecretState.Edit(fields.dataEditor(unproven), unproven));
        }
        SortedSet<String> edited =
                WrittenMetadata.of(desired, recorded, sameInputs).editedIn(observed);
        if (!edited.isEmpty()) {
            return new SecretState.Edited(
                    recordedClientId(observed), new SecretState.Edit(fields.metadataEditor(edited), edited));
        }
        if (recorded == null || !sameInputs) {
            return new SecretState.Outdated(recordedClientId(observed));
        }
        return recorded.version() == Inputs.VERSION
                ? new SecretState.Current()
                : new SecretState.CurrentOfOlderVersion(recorded.version());
    }

    /**
     * The keys that another writer changed or removed. With other inputs a key may be new, and every public value is rewritten
     * anyway. Then only the client secret must be intact, under its recorded key.
     */
    private SortedSet<String> unproven() {
        if (sameInputs) {
            SortedSet<String> missing = desired.generatedKeys();
            missing.removeIf(fields::exists);
            missing.addAll(fields.unproven(desired.determinedKeys()));
            return missing;
        }
        SortedSet<String> unproven = fields.taken(desired.contents().secretKeys());
        String key = desired.request().confidential() ? recordedSecretKey() : null;
        if (key != null) {
            unproven.addAll(fields.unproven(only(key)));
        }
        return unproven;
    }

    /** The key of the client secret in this Secret, if it can be reused; null if not. A copy takes its value only from its source. */
    @Nullable
    String reusableKey() {
        SecretRequest request = desired.request();
        boolean otherRevision = recorded != null && recorded.revision() != request.revision();
        String carried = CarriedSecretId.recordedIn(observed);
        boolean otherSecret = carried != null && !carried.equals(request.clientSecretId());
        if (!request.confidential() || otherRevision || otherSecret || request.isCopy()) {
            return null;
        }
        String key = sameInputs ? null : recordedSecretKey();
        if (key == null) {
            key = request.shape().secretKey();
        }
        return key != null && fields.unproven(only(key)).isEmpty() ? key : null;
    }

    /** The key of the client secret at the last write; null if the Secret has none, does not record it, or is a copy. */
    private @Nullable String recordedSecretKey() {
        if (desired.request().isCopy()) {
            return null;
        }
        if (fields.operatorOwnsAnnotation(Marks.VALUES)) {
            return RecordedValues.recordedIn(observed, "")
                    .map(RecordedValues::secretKey)
                    .orElse(null);
        }
        return recorded != null && recorded.version() == 1
                ? PresetKeys.key(SecretPreset.STANDARD, TemplateVariable.CLIENT_SECRET)
                : null;
    }

    private static SortedSet<String> only(String key) {
        SortedSet<String> keys = new TreeSet<>();
        keys.add(key);
        return keys;
    }

    /** The annotation counts only while the operator owns it. */
    static @Nullable String recordedClientId(Secret observed) {
        Map<String, String> annotations = observed.getMetadata().getAnnotations();
        boolean isIntact = FieldOwnership.of(observed).operatorOwnsAnnotation(Marks.CLIENT_ID);
        return isIntact && annotations != null ? annotations.get(Marks.CLIENT_ID) : null;
    }

    private @Nullable String unwritable(SecretState state) {
        String type = desired.request().shape().type();
        if (observed.getMetadata().getDeletionTimestamp() != null) {
            return "is being deleted and waits for its finalizers "
                    + observed.getMetadata().getFinalizers() + ". The operator creates a new one when it is gone";
        }
        if (!type.equals(observed.getType())) {
            return "has the type " + observed.getType() + ", and Kubernetes does not allow a change to " + type
                    + ". Change spec.secret.name too, or change the type back. The operator keeps the Secret as it is";
        }
        boolean valuesStay = sameInputs && !(state instanceof SecretState.Tampered);
        if (Boolean.TRUE.equals(observed.getImmutable()) && !valuesStay) {
            return "is immutable and out of date. Delete the "
                    + desired.request().kind() + ". The operator then creates a new one";
        }
        return null;
    }
}
