package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.authorization.PoolSnapshot;
import dev.appclients.cognito.controller.cluster.Pools;
import dev.appclients.cognito.model.NamespaceSnapshot;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolFacts;

/**
 * The pool that admits a client, as it was when the reconciliation began. Nothing in the reconciliation reads the pool from the cache
 * again, except the check right before a call.
 *
 * @param object never changed
 * @param namespace the client's
 * @param access how the operator reaches the pool for that namespace
 * @param facts as last read from Cognito
 */
record AdmittedPool(ClusterUserPool object, NamespaceSnapshot namespace, PoolAccess access, PoolFacts facts) {

    static AdmittedPool of(ClusterUserPool pool, NamespaceSnapshot namespace, PoolFacts facts) {
        return new AdmittedPool(pool, namespace, Pools.access(pool, namespace.name()), facts);
    }

    String name() {
        return object.getMetadata().getName();
    }

    long generation() {
        return object.getMetadata().getGeneration();
    }

    PoolSnapshot snapshot() {
        return PoolSnapshot.of(object);
    }

    /** Whether both admit to the same generation of the same pool with the same facts. Labels of the namespace may differ. */
    boolean isSameAs(AdmittedPool other) {
        return name().equals(other.name())
                && generation() == other.generation()
                && access.equals(other.access)
                && facts.equals(other.facts);
    }
}
