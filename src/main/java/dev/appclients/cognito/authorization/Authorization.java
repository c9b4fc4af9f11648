package dev.appclients.cognito.authorization;

import dev.appclients.cognito.api.v1beta1.AdoptionEntry;
import dev.appclients.cognito.api.v1beta1.AppType;
import dev.appclients.cognito.api.v1beta1.Mode;
import dev.appclients.cognito.api.v1beta1.Tenancy;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.NamespaceMatcher;
import dev.appclients.cognito.model.NamespaceSnapshot;
import java.util.List;
import java.util.Set;

/** Decides what a {@code ClusterUserPool} allows the clients of a namespace. */
public final class Authorization {

    private static final String POOL_REFERENCE = "spec.userPoolRef";

    private Authorization() {}

    /** Whether clients of the namespace may use the pool. */
    public static Decision decideUse(PoolSnapshot pool, NamespaceSnapshot namespace) {
        if (!NamespaceMatcher.matches(pool.spec().namespaces(), namespace)) {
            return new Decision.Denied(
                    POOL_REFERENCE,
                    "Namespace '" + namespace.name() + "' may not use ClusterUserPool '" + pool.name()
                            + "'. The pool's owner can add the namespace to its spec.namespaces.");
        }
        return decideTenancy(pool);
    }

    /**
     * Whether clients of the namespace may adopt an app client. Decided before any call to Cognito, so that a denied client does not
     * learn whether the app client exists.
     *
     * @param clientId the app client
     * @param mode how the client would use it
     */
    public static Decision decideAdoption(PoolSnapshot pool, NamespaceSnapshot namespace, String clientId, Mode mode) {
        List<AdoptionEntry> entries =
                pool.spec().adoption() == null ? List.of() : pool.spec().adoption();
        boolean permitted = mode != Mode.UNKNOWN
                && entries.stream()
                        .anyMatch(entry -> entry.clientId().equals(clientId)
                                && entry.modes().contains(mode)
                                && NamespaceMatcher.matches(entry.namespaces(), namespace));
        return permitted
                ? new Decision.Allowed()
                : new Decision.Denied(
                        "spec.adopt.clientId",
                        "ClusterUserPool '" + pool.name() + "' does not let this namespace adopt app client " + clientId
                                + " with mode " + text(mode) + ". Ask the platform team to add to its spec.adoption:"
                                + " {clientId: " + clientId + ", namespaces: {from: Names, names: [" + namespace.name()
                                + "]}, modes: [" + text(mode) + "]}.");
    }

    /**
     * Whether a client of the namespace may have this type and these settings. A pool with {@code tenancy: Trusted} sets no limits.
     *
     * @param appType of the client
     * @param settings the effective ones, with all defaults filled in; those in Cognito for a client that is only observed
     * @return the first denied field, and a message about the first five
     */
    public static Decision decideSettings(
            PoolSnapshot pool, NamespaceSnapshot namespace, AppType appType, AppClientSettings settings) {
        if (!isRestricted(pool)) {
            return decideTenancy(pool);
        }
        ClientLimits limits = new ClientLimits(pool.spec().allow(), namespace.name(), appType);
        return Violation.decide(pool, SettingLimits.violations(limits, appType, settings));
    }

    /**
     * Whether a Secret in the namespace may have this type and these keys of metadata. Some types and keys are denied in every pool,
     * because other controllers act on them.
     *
     * @param type of the Secret, with the default filled in
     * @param labelKeys the keys that the manifest asks for, without the operator's own
     * @param annotationKeys as {@code labelKeys}
     */
    public static Decision decideSecret(
            PoolSnapshot pool,
            NamespaceSnapshot namespace,
            String type,
            Set<String> labelKeys,
            Set<String> annotationKeys) {
        if (decideTenancy(pool) instanceof Decision.Denied unknown) {
            return unknown;
        }
        SecretLimits limits = isRestricted(pool) ? SecretLimits.of(pool.spec().allow()) : SecretLimits.TRUSTED;
        return Violation.decide(pool, limits.violations(type, labelKeys, annotationKeys));
    }

    private static boolean isRestricted(PoolSnapshot pool) {
        return pool.spec().tenancy() == Tenancy.RESTRICTED;
    }

    private static Decision decideTenancy(PoolSnapshot pool) {
        return switch (pool.spec().tenancy()) {
            case TRUSTED, RESTRICTED -> new Decision.Allowed();
            case UNKNOWN -> unknownTenancy(pool);
            case null -> unknownTenancy(pool);
        };
    }

    private static String text(Mode mode) {
        return mode == Mode.OBSERVE ? "Observe" : "Manage";
    }

    private static Decision unknownTenancy(PoolSnapshot pool) {
        return new Decision.Denied(
                POOL_REFERENCE,
                "ClusterUserPool '" + pool.name()
                        + "' has a spec.tenancy that this version of the operator does not know, so no namespace may use the"
                        + " pool. The platform team can upgrade the operator to the version of the installed CRDs, or set a"
                        + " tenancy that this version knows.");
    }
}
