package dev.appclients.cognito.controller.secret;

import dev.appclients.cognito.controller.reconcile.EventRecorder;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretManifest;
import dev.appclients.cognito.secret.SecretOwner;
import dev.appclients.cognito.secret.SecretPatch;
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.secret.SecretState;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Writes one Secret for any owner: creates it if there is none, else patches exactly the version that it has inspected. Limits
 * restores by {@link RestoreHistory}, per owner.
 */
public final class SecretWriter {

    private static final String UNKNOWN_DELETER = "a client that deletes it, which Kubernetes does not record";

    private static final int MAX_ATTEMPTS = 3;

    private final SecretStore secrets;
    private final RestoreHistory restores;
    private final EventRecorder events;

    public SecretWriter(SecretStore secrets, RestoreHistory restores, EventRecorder events) {
        this.secrets = secrets;
        this.restores = restores;
        this.events = events;
    }

    /**
     * Writes the Secret. After a conflict, it reads and inspects the Secret again, up to {@value #MAX_ATTEMPTS} attempts.
     *
     * @param cached the state of the Secret in the cache; the live Secret is inspected before it is changed
     * @throws StopReconciliation if the Secret cannot be written
     * @throws SecretContested if a restore has to wait
     * @throws SecretChanged if another writer changed the Secret before each attempt
     */
    public void write(SecretWrite write, SecretState cached) {
        SecretRequest request = write.request();
        // The cache lacks a Secret without the operator's label. It is read before the value costs a call.
        boolean createsUnread =
                cached instanceof SecretState.Absent && write.value().isAtHand();
        retryOnConflict(request.secretName(), isFirst -> {
            Secret live = isFirst && createsUnread
                    ? null
                    : secrets.read(request.owner().namespace(), request.secretName());
            if (live == null) {
                create(write);
            } else {
                inspectAndRewrite(write, live);
            }
        });
    }

    /** Deletes the owner's Secret of this name, if there is one. Conflicts as in {@link #write}. */
    public void remove(SecretOwner owner, String name) {
        retryOnConflict(name, isFirst -> {
            Secret live = secrets.read(owner.namespace(), name);
            if (live != null && SecretInspection.obstacle(owner, live) == null) {
                secrets.delete(live);
            }
        });
    }

    /** The end of a pass whose owner may not write the Secret. Retried often, because the operator cannot see its deletion. */
    public static StopReconciliation refused(SecretState.NotOwned notOwned) {
        Reason reason = notOwned instanceof SecretState.FormerOwner ? Reason.RESTORED_OBJECT : Reason.SECRET_CONFLICT;
        return StopReconciliation.refused(
                Step.SECRET, reason, notOwned.message() + " The operator retries within five minutes.", Pace.MINUTES);
    }

    @FunctionalInterface
    private interface Attempt {
        void make(boolean isFirst);
    }

    private static void retryOnConflict(String secret, Attempt attempt) {
        for (int made = 0; made < MAX_ATTEMPTS; made++) {
            try {
                attempt.make(made == 0);
                return;
            } catch (KubernetesClientException e) {
                if (!KubernetesFailure.isStale(e)) {
                    throw KubernetesFailure.whileWriting(secret, e);
                }
            }
        }
        throw new SecretChanged(secret);
    }

    private void create(SecretWrite write) {
        if (write.wasPublished()) {
            requireRestoreDue(write, UNKNOWN_DELETER);
        }
        secrets.create(SecretManifest.of(write.request(), write.value().get()));
        if (write.wasPublished()) {
            // Counted after the create: a foreign Secret in its place is not restored, however often it is read.
            recordRestore(write, "it was deleted");
        }
    }

    private void inspectAndRewrite(SecretWrite write, Secret live) {
        switch (SecretInspection.inspect(write.request(), live)) {
            case SecretState.Current() -> {}
            case SecretState.Absent() -> throw new IllegalStateException("a Secret that was read is not absent");
            case SecretState.Inherited() -> replace(write, live);
            case SecretState.NotOwned notOwned -> throw refused(notOwned);
            case SecretState.Unwritable(String message) ->
                throw StopReconciliation.refused(Step.SECRET, Reason.SECRET_IMMUTABLE, message, Pace.MINUTES);
            case SecretState.Outdated outdated -> rewrite(write, live);
            case SecretState.CurrentOfOlderVersion older -> rewrite(write, live);
            case SecretState.Edited(var recorded, var edit) -> restore(write, live, edit);
            case SecretState.Tampered(var edit) -> restore(write, live, edit);
        }
    }

    /** Deletes and creates: the API server accepts no second controller beside the former owner. */
    private void replace(SecretWrite write, Secret live) {
        ClientSecret value = write.value().get();
        secrets.delete(live);
        secrets.create(SecretManifest.of(write.request(), value));
    }

    private void restore(SecretWrite write, Secret live, SecretState.Edit edit) {
        requireRestoreDue(write, edit.who());
        rewrite(write, live);
        recordRestore(write, edit.who() + " had changed " + String.join(", ", edit.fields()));
    }

    private void rewrite(SecretWrite write, Secret live) {
        SecretRequest request = write.request();
        ClientSecret value = SecretInspection.reusableSecret(request, live);
        boolean isProven = value != null || (!request.confidential() && SecretInspection.isOfSameClient(request, live));
        if (!isProven) {
            value = write.value().get();
        }
        secrets.patch(live, SecretPatch.of(request, value, live));
    }

    private void requireRestoreDue(SecretWrite write, String contender) {
        RestoreHistory.Wait wait = restores.beforeNext(write.request().owner().uid());
        if (wait != null && !write.isRequested()) {
            throw new SecretContested(write.request().secretName(), contender, wait);
        }
    }

    private void recordRestore(SecretWrite write, String cause) {
        SecretOwner owner = write.request().owner();
        restores.restored(owner.uid());
        events.secretRestored(reference(owner), write.request().secretName(), cause);
    }

    private static HasMetadata reference(SecretOwner owner) {
        GenericKubernetesResource reference = new GenericKubernetesResource();
        reference.setApiVersion(owner.apiVersion());
        reference.setKind(owner.kind());
        reference.setMetadata(new ObjectMetaBuilder()
                .withNamespace(owner.namespace())
                .withName(owner.name())
                .withUid(owner.uid())
                .build());
        return reference;
    }
}
