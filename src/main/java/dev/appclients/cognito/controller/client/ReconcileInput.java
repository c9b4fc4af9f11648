package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.Mode;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import dev.appclients.cognito.authorization.DefaultAttributes;
import dev.appclients.cognito.authorization.PoolSnapshot;
import dev.appclients.cognito.authorization.VisibleContents;
import dev.appclients.cognito.controller.cluster.Adoption;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.DesiredClient;
import dev.appclients.cognito.plan.PlanContext;
import dev.appclients.cognito.plan.SettingsDigest;
import dev.appclients.cognito.status.Conditions;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The input of one reconciliation. It does not change during the reconciliation.
 *
 * @param resource the object as the framework read it; never changed
 * @param context of the framework
 * @param pool that admits the object
 * @param desired the app client that the manifest describes
 * @param digest fingerprint of {@code desired} and of the mode
 */
record ReconcileInput(
        UserPoolClient resource,
        Context<UserPoolClient> context,
        AdmittedPool pool,
        DesiredClient desired,
        String digest) {

    static ReconcileInput of(UserPoolClient resource, Context<UserPoolClient> context, AdmittedPool pool) {
        DesiredClient desired = desired(resource, pool.snapshot());
        String digest = SettingsDigest.of(desired, ClientOwnership.mode(resource) == Mode.OBSERVE);
        return new ReconcileInput(resource, context, pool, desired, digest);
    }

    /** The app client that the manifest describes, with the attributes of the pool where the manifest names none. */
    static DesiredClient desired(UserPoolClient resource, PoolSnapshot pool) {
        var meta = resource.getMetadata();
        DefaultAttributes attributes = DefaultAttributes.of(pool);
        return DesiredClient.of(resource.getSpec(), meta.getNamespace(), meta.getName(), meta.getUid())
                .withAbsentAttributes(attributes.read(), attributes.write());
    }

    /** Whether the operator only compares the app client and never changes it. */
    boolean observes() {
        return ClientOwnership.mode(resource) == Mode.OBSERVE;
    }

    /** The id of the app client that the manifest adopts; null when the operator creates one. */
    @Nullable
    String adopted() {
        return Adoption.adopted(resource);
    }

    PlanContext planContext(PassState pass) {
        return new PlanContext(
                observes(), adopted() != null, pass.clientId() != null, annotation(Annotations.RECREATE));
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

    /** Whether an annotation requests a reconciliation that has not happened yet. */
    boolean isReconcileRequested() {
        String requested = Annotations.reconcileRequest(resource);
        var status = resource.getStatus();
        return requested != null && (status == null || !requested.equals(status.lastHandledReconcileAt()));
    }

    /**
     * Whether the digest in the status is that of the desired settings. The digest of another version of the operator counts where the
     * client was synced at this generation. The next drift check compares the settings themselves.
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

    /** Whether the last reconciliation failed to read or to update the app client. */
    boolean hasClientFailed() {
        return client("False").isPresent();
    }

    /** The reason of the last failure to read or to update the app client; empty without one at this generation. */
    Optional<String> clientFailureReason() {
        return client("False").filter(this::isOfThisGeneration).map(Condition::getReason);
    }

    /**
     * Whether the Secret and the ConfigMap of this generation were published before. While the operator waits with a contested one, they
     * count as published.
     */
    boolean wasSecretSynced() {
        return condition(Step.SECRET)
                .filter(this::isOfThisGeneration)
                .filter(condition -> "True".equals(condition.getStatus())
                        || Reason.SECRET_CONTESTED.text().equals(condition.getReason()))
                .isPresent();
    }

    private Optional<Condition> client(String conditionStatus) {
        return condition(Step.CLIENT).filter(condition -> conditionStatus.equals(condition.getStatus()));
    }

    private Optional<Condition> condition(Step step) {
        var status = resource.getStatus();
        return status == null ? Optional.empty() : Conditions.find(status.conditions(), step.condition());
    }

    /** The part of the pool's contents that messages to this client may name. */
    PoolContents visible(PoolContents contents) {
        return VisibleContents.of(pool.snapshot(), pool.namespace(), spec().appType(), contents);
    }

    @Nullable
    String annotation(String name) {
        return Annotations.value(resource, name);
    }
}
