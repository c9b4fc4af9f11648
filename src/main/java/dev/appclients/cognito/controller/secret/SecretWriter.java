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
import dev.appclients.cognito.secret.content.GeneratedKeys;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

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
    private final GeneratedKeys generated;

    public SecretWriter(SecretStore secrets, RestoreHistory restores, EventRecorder events) {
        this(secrets, restores, events, new SecureRandom());
    }

    /** @param random makes the generated keys */
    public SecretWriter(SecretStore secrets, RestoreHistory restores, EventRecorder events, SecureRandom random) {
        this.secrets = secrets;
        this.restores = restores;
        this.events = events;
        this.generated = new GeneratedKeys(random);
    }

    /** As {@link #write(SecretWrite, SecretState, Secret)}, but reads the live Secret before it changes one. */
    public void write(SecretWrite write, SecretState state) {
        write(write, state, null);
    }

    /**
     * Writes the Secret. After a conflict, it reads and inspects the Secret again, up to {@value #MAX_ATTEMPTS} attempts.
     *
     * @param state the state of {@code cached}
     * @param cached the Secret in the cache; null if there is none. Patched without a read if it is outdated and the value is at hand;
     *     else the live Secret is inspected before it is changed
     * @throws StopReconciliation if the Secret cannot be written
     * @throws SecretContested if a restore has to wait
     * @throws SecretChanged if another writer changed the Secret before each attempt
     */
    public void write(SecretWrite write, SecretState state, @Nullable Secret cached) {
        SecretRequest request = write.request();
        requireBounded(request);
        retryOnConflict(object(request.secretName()), isFirst -> {
            if (isFirst && write.value().isAtHand() && isWrittenUnread(write, state, cached)) {
                return;
            }
            // The cache lacks a Secret without the operator's label. It is read before the value costs a call.
            Secret live = secrets.read(request.owner().namespace(), request.secretName());
            if (live == null) {
                create(write);
            } else {
                inspectAndRewrite(write, live);
            }
        });
    }

    private boolean isWrittenUnread(SecretWrite write, SecretState state, @Nullable Secret cached) {
        if (state instanceof SecretState.Absent) {
            create(write);
            return true;
        }
        if (cached == null || !(state instanceof SecretState.Outdated)) {
            return false;
        }
        var patch = SecretPatch.ofCached(write.request(), write.value().get(), cached, generated);
        patch.ifPresent(change -> secrets.patch(cached, change));
        return patch.isPresent();
    }

    /** Deletes the owner's Secret of this name, if there is one. Conflicts as in {@link #write}. */
    public void remove(SecretOwner owner, String name) {
        retryOnConflict(object(name), isFirst -> {
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

    /** The end of a pass whose Secret is not as requested, and which Kubernetes refuses to change. */
    public static StopReconciliation refused(SecretState.Unwritable unwritable) {
        return StopReconciliation.refused(
                Step.SECRET,
                Reason.SECRET_IMMUTABLE,
                unwritable.message() + " The operator retries within five minutes.",
                Pace.MINUTES);
    }

    /**
     * Makes sure that the public values fit into the Secret.
     *
     * @throws StopReconciliation if they do not
     */
    public static void requireBounded(SecretRequest request) {
        String excess = SecretManifest.excess(request);
        if (excess != null) {
            throw StopReconciliation.refused(
                    Step.SECRET,
                    Reason.INVALID_SECRET,
                    excess + " The operator writes nothing. The operator retries hourly.",
                    Pace.HOURLY);
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void make(boolean isFirst);
    }

    private static void retryOnConflict(String object, Attempt attempt) {
        for (int made = 0; made < MAX_ATTEMPTS; made++) {
            try {
                attempt.make(made == 0);
                return;
            } catch (KubernetesClientException e) {
                if (!KubernetesFailure.isStale(e)) {
                    throw KubernetesFailure.whileWriting(object, e);
                }
            }
        }
        throw new SecretChanged(object);
    }

    private void create(SecretWrite write) {
        if (write.wasPublished()) {
            requireRestoreDue(write, UNKNOWN_DELETER);
        }
        secrets.create(manifest(write, former(write)));
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
            case SecretState.Unwritable unwritable -> throw refused(unwritable);
            case SecretState.Outdated outdated -> rewrite(write, live);
            case SecretState.CurrentOfOlderVersion older -> rewrite(write, live);
            case SecretState.Edited(var recorded, var edit) -> restore(write, live, edit);
            case SecretState.Tampered(var edit) -> restore(write, live, edit);
        }
    }

    /** Deletes and creates: the API server accepts no second controller beside the former owner. */
    private void replace(SecretWrite write, Secret live) {
        Secret manifest = SecretManifest.of(write.request(), write.value().get(), generated.carriedFrom(live));
        secrets.delete(live);
        secrets.create(manifest);
    }

    /** The owner's Secret under a former name, with its values; null if there is none. */
    private @Nullable Secret former(SecretWrite write) {
        SecretOwner owner = write.request().owner();
        for (String name : write.formerNames()) {
            Secret live = secrets.read(owner.namespace(), name);
            if (live != null && SecretInspection.obstacle(owner, live) == null) {
                return live;
            }
        }
        return null;
    }

    private Secret manifest(SecretWrite write, @Nullable Secret former) {
        SecretRequest request = write.request();
        ClientSecret value =
                former == null || write.value().isAtHand() ? write.value().get() : valueFor(write, former);
        return SecretManifest.of(request, value, generated.carriedFrom(former));
    }

    private void restore(SecretWrite write, Secret live, SecretState.Edit edit) {
        if (edit.fields().contains(SecretState.Edit.OWNER_REFERENCES)
                && secrets.isOwnerLeaving(write.request().owner())) {
            throw new SecretChanged(object(write.request().secretName()));
        }
        requireRestoreDue(write, edit.who());
        rewrite(write, live);
        recordRestore(write, edit.who() + " had changed " + String.join(", ", edit.fields()));
    }

    private void rewrite(SecretWrite write, Secret live) {
        secrets.patch(live, SecretPatch.of(write.request(), valueFor(write, live), live, generated));
    }

    /** The client secret, from the owner's live Secret where possible. */
    private static @Nullable ClientSecret valueFor(SecretWrite write, Secret live) {
        SecretRequest request = write.request();
        if (write.value().replacesPublished()) {
            return write.value().get();
        }
        ClientSecret value = SecretInspection.reusableSecret(request, live);
        boolean isProven = value != null || (!request.confidential() && SecretInspection.isOfSameClient(request, live));
        return isProven ? value : write.value().get();
    }

    private void requireRestoreDue(SecretWrite write, String contender) {
        RestoreHistory.Wait wait = restores.beforeNext(write.request().owner().uid());
        if (wait != null && !write.isRequested()) {
            throw new SecretContested(object(write.request().secretName()), contender, wait);
        }
    }

    private void recordRestore(SecretWrite write, String cause) {
        SecretOwner owner = write.request().owner();
        restores.restored(owner.uid());
        events.secretRestored(reference(owner), object(write.request().secretName()), cause);
    }

    /** The kind and the name of the object, for messages. */
    private String object(String name) {
        return secrets.kind() + " '" + name + "'";
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
