package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.distribution.PushPlan;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;
import java.util.Objects;

/**
 * Accepts the updates of an object that need a reconciliation. These are changes of the generation, the deletion, the finalizers, the
 * operator's annotations, the mark of a pushed claim and the facts of a pool, and a status that another writer removed. The framework's
 * own filter compares generations only, and would hide every annotation.
 */
public final class WakeOnChange implements OnUpdateFilter<HasMetadata> {

    /** The framework calls this. */
    public WakeOnChange() {}

    @Override
    public boolean accept(HasMetadata now, HasMetadata before) {
        var newMeta = now.getMetadata();
        var oldMeta = before.getMetadata();
        return !Objects.equals(newMeta.getUid(), oldMeta.getUid())
                || !Objects.equals(newMeta.getGeneration(), oldMeta.getGeneration())
                || !Objects.equals(newMeta.getDeletionTimestamp(), oldMeta.getDeletionTimestamp())
                || !Objects.equals(newMeta.getFinalizers(), oldMeta.getFinalizers())
                || !Annotations.areSame(now, before)
                || isPushed(now) != isPushed(before)
                || (isBlank(now) && !isBlank(before))
                || haveOtherFacts(now, before);
    }

    /** The operator deletes a claim that a push made when no push wants it, and no other claim. */
    private static boolean isPushed(HasMetadata object) {
        return object instanceof ClientSecretClaim claim && PushPlan.isPushed(claim);
    }

    /** The operator restores the facts of a pool that another writer changed. */
    private static boolean haveOtherFacts(HasMetadata now, HasMetadata before) {
        return now instanceof ClusterUserPool pool
                && before instanceof ClusterUserPool former
                && !Pools.haveSameFacts(pool, former);
    }

    /** Whether the status has no conditions. Every status that the operator writes has some. */
    private static boolean isBlank(HasMetadata object) {
        List<Condition> conditions = switch (object) {
            case UserPoolClient client
            when client.getStatus() != null -> client.getStatus().conditions();
            case ClientSecretClaim claim
            when claim.getStatus() != null -> claim.getStatus().conditions();
            case ClusterUserPool pool
            when pool.getStatus() != null -> pool.getStatus().conditions();
            default -> null;
        };
        return conditions == null || conditions.isEmpty();
    }
}
