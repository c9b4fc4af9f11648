package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.AppClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Objects;
import java.util.Optional;

/** Whether what a pass began with is still so: asked after every wait, right before a call that changes something. */
final class Currency {

    private final KubernetesView kubernetes;
    private final Guard guard;
    private final Leadership leadership;

    Currency(KubernetesView kubernetes, Guard guard, Leadership leadership) {
        this.kubernetes = kubernetes;
        this.guard = guard;
        this.leadership = leadership;
    }

    /** Same object, same generation, not deleted, still admitted to the same pool, and this process still leads. */
    boolean isCurrent(Subject subject) {
        return current(subject).isPresent();
    }

    /** The version of the object that {@link #isCurrent} judged; empty when the object is not current. */
    Optional<UserPoolClient> current(Subject subject) {
        UserPoolClient resource = subject.resource();
        return kubernetes
                .client(ResourceID.fromResource(resource))
                .filter(now -> isUnchanged(resource, now)
                        && !now.isMarkedForDeletion()
                        && guard.stillAdmits(now, subject.pool())
                        && leadership.holds());
    }

    /**
     * Whether a newer version still has everything that the decision to create was made of. The intent is bound to that version,
     * so another process's intent or client in its status, or a finalizer that is gone, must not pass unseen.
     */
    static boolean mayBeCreatedFor(Subject subject, UserPoolClient now) {
        UserPoolClient read = subject.resource();
        return Objects.equals(read.getStatus(), now.getStatus())
                && read.hasFinalizer(UserPoolClientReconciler.FINALIZER)
                        == now.hasFinalizer(UserPoolClientReconciler.FINALIZER)
                && Objects.equals(
                        Annotations.value(read, Annotations.RECREATE), Annotations.value(now, Annotations.RECREATE));
    }

    /**
     * Whether the name that the client is about to get proves no other object's ownership. Such an object may have come while the
     * call waited.
     */
    boolean isNameFree(Subject subject, AppClient client) {
        String name = subject.desired().settingsFor(client.settings()).clientName();
        return kubernetes
                .ownerOfName(name)
                .filter(other -> !other.getMetadata().getUid().equals(subject.uid()))
                .isEmpty();
    }

    /** The same for a deletion, which neither a pause nor a withdrawn permission holds up, but another deletionPolicy does. */
    boolean isStillBeingDeleted(UserPoolClient resource) {
        return kubernetes
                        .client(ResourceID.fromResource(resource))
                        .filter(now -> isUnchanged(resource, now) && now.isMarkedForDeletion())
                        .isPresent()
                && leadership.holds();
    }

    /** Whether this process still leads. */
    boolean holds() {
        return leadership.holds();
    }

    private static boolean isUnchanged(UserPoolClient read, UserPoolClient now) {
        return Objects.equals(read.getMetadata().getUid(), now.getMetadata().getUid())
                && Objects.equals(
                        read.getMetadata().getGeneration(), now.getMetadata().getGeneration());
    }
}
