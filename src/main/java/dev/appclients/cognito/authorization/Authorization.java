package dev.appclients.cognito.authorization;

import dev.appclients.cognito.api.v1beta1.ClusterUserPoolSpec;
import java.util.Map;

/** The judgement of a pool's owner, as written into the {@code ClusterUserPool}. */
public final class Authorization {

    private static final String POOL_REFERENCE = "spec.userPoolRef";

    private Authorization() {}

    /**
     * Whether clients of a namespace may use the pool.
     *
     * @param pool what the pool's owner wrote
     * @param poolName the name of the {@code ClusterUserPool}
     * @param namespace the client's namespace
     * @param labels the labels that the namespace has now
     */
    public static Decision decide(
            ClusterUserPoolSpec pool, String poolName, String namespace, Map<String, String> labels) {
        if (!NamespaceMatcher.matches(pool.namespaces(), namespace, labels)) {
            return new Decision.Denied(
                    POOL_REFERENCE,
                    "Namespace '" + namespace + "' may not use ClusterUserPool '" + poolName
                            + "'. Whoever owns the pool can add the namespace to its spec.namespaces.");
        }
        return switch (pool.tenancy()) {
            case TRUSTED -> new Decision.Allowed();
            case UNKNOWN -> notUnderstood(poolName);
            case null -> notUnderstood(poolName);
        };
    }

    private static Decision notUnderstood(String poolName) {
        return new Decision.Denied(
                POOL_REFERENCE,
                "ClusterUserPool '" + poolName
                        + "' has a spec.tenancy that this version of the operator does not know, so nobody"
                        + " may use it. Bring the operator to the version of the pool's definition, or set tenancy: Trusted.");
    }
}
