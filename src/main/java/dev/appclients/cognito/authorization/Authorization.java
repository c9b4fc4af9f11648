package dev.appclients.cognito.authorization;

import dev.appclients.cognito.api.v1beta1.AdoptionEntry;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolSpec;
import dev.appclients.cognito.api.v1beta1.Mode;
import dev.appclients.cognito.model.AppClientSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
     * @param labels the labels that the namespace has now; null when it is not known, which then may do nothing
     */
    public static Decision decide(
            ClusterUserPoolSpec pool, String poolName, String namespace, @Nullable Map<String, String> labels) {
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

    /**
     * Whether clients of a namespace may adopt an app client. Asked before Cognito is: who may not adopt a client does not even
     * learn whether it is there.
     *
     * @param pool what the pool's owner wrote
     * @param poolName the name of the {@code ClusterUserPool}
     * @param namespace the client's namespace
     * @param labels the labels that the namespace has now; null when it is not known, which then may do nothing
     * @param clientId the app client
     * @param mode what is to be done with it
     */
    public static Decision decideAdoption(
            ClusterUserPoolSpec pool,
            String poolName,
            String namespace,
            @Nullable Map<String, String> labels,
            String clientId,
            Mode mode) {
        List<AdoptionEntry> entries = pool.adoption() == null ? List.of() : pool.adoption();
        boolean permitted = mode != Mode.UNKNOWN
                && entries.stream()
                        .anyMatch(entry -> entry.clientId().equals(clientId)
                                && entry.modes().contains(mode)
                                && NamespaceMatcher.matches(entry.namespaces(), namespace, labels));
        return permitted
                ? new Decision.Allowed()
                : new Decision.Denied(
                        "spec.adopt.clientId",
                        "ClusterUserPool '" + poolName + "' does not let this namespace adopt app client " + clientId
                                + " with mode " + text(mode) + ". Ask the platform team to add to its spec.adoption:"
                                + " {clientId: " + clientId + ", namespaces: {from: Names, names: [" + namespace
                                + "]}, modes: [" + text(mode) + "]}.");
    }

    /**
     * Whether the pool lets its clients have these settings.
     *
     * @param pool what the pool's owner wrote
     * @param poolName the name of the {@code ClusterUserPool}
     * @param settings the effective ones, with everything that is filled in; of an observed client what Cognito has
     */
    public static Decision decideSettings(ClusterUserPoolSpec pool, String poolName, AppClientSettings settings) {
        return switch (pool.tenancy()) {
            // Where a later tenancy sets limits, it judges the settings here.
            case TRUSTED -> new Decision.Allowed();
            case UNKNOWN -> notUnderstood(poolName);
            case null -> notUnderstood(poolName);
        };
    }

    private static String text(Mode mode) {
        return mode == Mode.OBSERVE ? "Observe" : "Manage";
    }

    private static Decision notUnderstood(String poolName) {
        return new Decision.Denied(
                POOL_REFERENCE,
                "ClusterUserPool '" + poolName
                        + "' has a spec.tenancy that this version of the operator does not know, so nobody"
                        + " may use it. Bring the operator to the version of the pool's definition, or set tenancy: Trusted.");
    }
}
