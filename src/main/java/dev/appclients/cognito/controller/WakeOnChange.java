package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;
import java.util.Objects;

/**
 * Which updates of an object wake its reconciler: another generation, a deletion, a finalizer, one of our annotations, or a
 * status that another writer has wiped, or facts of a pool. The framework's own filter sees the generation only, and would hide every annotation.
 */
public final class WakeOnChange implements OnUpdateFilter<HasMetadata> {

    /** Made by the framework. */
    public WakeOnChange() {}

    @Override
    public boolean accept(HasMetadata now, HasMetadata before) {
        var newMeta = now.getMetadata();
        var oldMeta = before.getMetadata();
        return !Objects.equals(newMeta.getUid(), oldMeta.getUid())
                || !Objects.equals(newMeta.getGeneration(), oldMeta.getGeneration())
                || !Objects.equals(newMeta.getDeletionTimestamp(), oldMeta.getDeletionTimestamp())
                || !Objects.equals(newMeta.getFinalizers(), oldMeta.getFinalizers())
                || !Annotations.same(now, before)
                || (isBlank(now) && !isBlank(before))
                || haveOtherFacts(now, before);
    }

    /** Only the operator writes the facts of a pool: where another writer changes them, it puts them right. */
    private static boolean haveOtherFacts(HasMetadata now, HasMetadata before) {
        return now instanceof ClusterUserPool pool
                && before instanceof ClusterUserPool former
                && !Pools.tellSameFacts(pool, former);
    }

    /** Without conditions, which nothing that we write leaves out. */
    private static boolean isBlank(HasMetadata object) {
        List<Condition> conditions = switch (object) {
            case UserPoolClient client
            when client.getStatus() != null -> client.getStatus().conditions();
            case ClusterUserPool pool
            when pool.getStatus() != null -> pool.getStatus().conditions();
            default -> null;
        };
        return conditions == null || conditions.isEmpty();
    }
}
