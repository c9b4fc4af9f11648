package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.Mode;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import dev.appclients.cognito.plan.DesiredClient;
import dev.appclients.cognito.plan.Intention;
import dev.appclients.cognito.plan.SettingsDigest;
import dev.appclients.cognito.status.Conditions;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one pass is about: the object as it was read, its pool, and what it asks for.
 *
 * @param resource the object; never changed
 * @param context of the pass
 * @param pool the pool it was admitted to
 * @param desired what it asks for
 * @param digest fingerprint of {@code desired}, and of whether it is only compared
 */
record Subject(
        UserPoolClient resource,
        Context<UserPoolClient> context,
        Admission pool,
        DesiredClient desired,
        String digest) {

    static Subject of(UserPoolClient resource, Context<UserPoolClient> context, Admission pool) {
        var meta = resource.getMetadata();
        DesiredClient desired =
                DesiredClient.of(resource.getSpec(), meta.getNamespace(), meta.getName(), meta.getUid());
        String digest = SettingsDigest.of(desired, Claims.mode(resource) == Mode.OBSERVE);
        return new Subject(resource, context, pool, desired, digest);
    }

    /** Whether it only looks. */
    boolean observes() {
        return Claims.mode(resource) == Mode.OBSERVE;
    }

    /** The app client that is to be adopted; null when one is created. */
    @Nullable
    String adopted() {
        return Claims.adopted(resource);
    }

    Intention intention(Progress progress) {
        return new Intention(
                observes(), adopted() != null, progress.clientId() != null, annotation(Annotations.RECREATE));
    }

    UserPoolClientSpec spec() {
        return resource.getSpec();
    }

    String uid() {
        return resource.getMetadata().getUid();
    }

    String namespace() {
        return resource.getMetadata().getNamespace();
    }

    String name() {
        return resource.getMetadata().getName();
    }

    /** Whether somebody asked, by annotation, for a look that has not happened yet. */
    boolean isLookRequested() {
        String requested = Annotations.lookRequest(resource);
        var status = resource.getStatus();
        return requested != null && (status == null || !requested.equals(status.lastHandledReconcileAt()));
    }

    /**
     * Whether the settings that the status names as applied are these. A digest that another version of the operator has made counts
     * as applied where the client was synced at this generation: the next drift check compares the settings themselves.
     */
    boolean isApplied(@Nullable String applied) {
        return digest.equals(applied)
                || (SettingsDigest.isOfAnotherVersion(applied, observes()) && isSyncedAtThisGeneration());
    }

    private boolean isSyncedAtThisGeneration() {
        return client("True").filter(this::isOfThisGeneration).isPresent();
    }

    private boolean isOfThisGeneration(Condition condition) {
        return Objects.equals(
                condition.getObservedGeneration(), resource.getMetadata().getGeneration());
    }

    /** Whether the last pass could not make the client what it should be, or could not even look. */
    boolean isClientInTrouble() {
        return trouble().isPresent();
    }

    /** Why the client could not be made what it should be at this generation; empty when it could, or nobody has tried. */
    Optional<String> clientTrouble() {
        return trouble().filter(this::isOfThisGeneration).map(Condition::getReason);
    }

    private Optional<Condition> trouble() {
        return client("False");
    }

    private Optional<Condition> client(String conditionStatus) {
        var status = resource.getStatus();
        return status == null
                ? Optional.empty()
                : Conditions.find(status.conditions(), Step.CLIENT.condition())
                        .filter(condition -> conditionStatus.equals(condition.getStatus()));
    }

    @Nullable
    String annotation(String name) {
        return Annotations.value(resource, name);
    }
}
