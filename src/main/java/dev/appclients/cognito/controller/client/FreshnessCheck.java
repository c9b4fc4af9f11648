package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.Leadership;
import dev.appclients.cognito.model.AppClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges, after every wait and right before a call that changes something, whether the call is still wanted. It takes a new snapshot
 * of the object and its pool.
 */
final class FreshnessCheck {

    private final KubernetesView kubernetes;
    private final Guard guard;
    private final Leadership leadership;

    FreshnessCheck(KubernetesView kubernetes, Guard guard, Leadership leadership) {
        this.kubernetes = kubernetes;
        this.guard = guard;
        this.leadership = leadership;
    }

    /** Whether the object has the same generation, is not being deleted, is admitted to the same pool, and this process leads. */
    boolean isCurrent(ReconcileInput input) {
        return current(input).isPresent();
    }

    /** The version of the object that {@link #isCurrent} judged; empty when the object is not current. */
    Optional<UserPoolClient> current(ReconcileInput input) {
        UserPoolClient resource = input.resource();
        return kubernetes
                .client(ResourceID.fromResource(resource))
                .filter(now -> isUnchanged(resource, now)
                        && !now.isMarkedForDeletion()
                        && guard.stillAdmits(now, input.pool())
                        && leadership.holds());
    }

    /**
     * Whether the decision to create still holds for a newer version. The intent is bound to that version, so status, finalizer and
     * recreate annotation must be the same: another process may have recorded an intent or a client.
     */
    static boolean mayBeCreatedFor(ReconcileInput input, UserPoolClient now) {
        UserPoolClient read = input.resource();
        return Objects.equals(read.getStatus(), now.getStatus())
                && read.hasFinalizer(ControllerNames.CLIENT_FINALIZER)
                        == now.hasFinalizer(ControllerNames.CLIENT_FINALIZER)
                && Objects.equals(
                        Annotations.value(read, Annotations.RECREATE), Annotations.value(now, Annotations.RECREATE));
    }

    /**
     * Whether the new name of the app client proves no other object's ownership. Such an object may have been created while the call
     * waited.
     */
    boolean isNameFree(ReconcileInput input, AppClient client) {
        String name = input.desired().settingsFor(client.settings()).clientName();
        return kubernetes
                .ownerOfName(name)
                .filter(other -> !other.getMetadata().getUid().equals(input.uid()))
                .isEmpty();
    }

    /** Whether a deletion is still wanted. Another deletionPolicy stops it; a pause or a withdrawn permission does not. */
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
