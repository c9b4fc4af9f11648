package dev.appclients.cognito.distribution;

import dev.appclients.cognito.api.v1beta1.ClaimSource;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolSpec;
import dev.appclients.cognito.api.v1beta1.NamespaceSelection;
import dev.appclients.cognito.api.v1beta1.NamespacesFrom;
import dev.appclients.cognito.api.v1beta1.PoolSharing;
import dev.appclients.cognito.api.v1beta1.Tenancy;
import dev.appclients.cognito.distribution.ClaimDecision.Cause;
import dev.appclients.cognito.distribution.ClaimDecision.Denier;
import dev.appclients.cognito.model.NamespaceMatcher;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a claim gets a copy. The client must offer its Secret to the namespace of the claim, and the pool's ceiling must
 * contain that namespace. A claim in the client's own namespace needs neither.
 */
public final class Distribution {

    private Distribution() {}

    /**
     * The decision on one claim. A withdrawn permission comes before every reason to keep the copy, so that a paused claim or client
     * loses it too.
     *
     * @param client null if there is no such client
     * @param pool the client's; null if there is no such pool
     * @param target the namespace of the claim
     * @param source the namespace of the client
     */
    public static ClaimDecision decide(
            ClaimFacts claim,
            @Nullable ClientFacts client,
            @Nullable PoolState pool,
            NamespaceFacts target,
            NamespaceFacts source) {
        if (!target.served() || target.terminating()) {
            return new ClaimDecision.Ignored();
        }
        if (!source.served()) {
            return new ClaimDecision.Deny(Set.of());
        }
        if (client == null) {
            return new ClaimDecision.Deny(Set.of(Denier.CLIENT));
        }
        boolean leaves = !target.name().equals(source.name());
        ClaimDecision.Deny denied = leaves ? denial(client, pool, target) : null;
        if (denied != null) {
            return denied;
        }
        if (isReplaced(claim.pin(), source)) {
            return new ClaimDecision.SourceReplaced();
        }
        if (claim.paused()) {
            return new ClaimDecision.Paused();
        }
        Cause cause = obstacle(client, pool, source, leaves);
        return cause == null ? new ClaimDecision.Copy() : new ClaimDecision.Hold(cause);
    }

    /** A missing pool denies nothing: it is not known which ceiling it had. */
    private static ClaimDecision.@Nullable Deny denial(
            ClientFacts client, @Nullable PoolState pool, NamespaceFacts target) {
        NamespaceSelection offer =
                client.sharing() == null ? null : client.sharing().namespaces();
        if (excludes(offer, target)) {
            return deny(Denier.CLIENT, offer, target);
        }
        NamespaceSelection ceiling = pool == null ? null : ceiling(pool.spec());
        return pool != null && excludes(ceiling, target) ? deny(Denier.POOL, ceiling, target) : null;
    }

    private static boolean excludes(@Nullable NamespaceSelection selection, NamespaceFacts target) {
        return !isUnknown(selection) && !NamespaceMatcher.matches(selection, target.snapshot());
    }

    private static ClaimDecision.Deny deny(
            Denier owner, @Nullable NamespaceSelection selection, NamespaceFacts target) {
        if (selection == null) {
            return new ClaimDecision.Deny(Set.of(owner));
        }
        // An unknown Namespace is never selected, so only the Namespace decides. Its labels decide beside a selector.
        Set<Denier> by = EnumSet.noneOf(Denier.class);
        if (target.snapshot().labels() != null) {
            by.add(owner);
        }
        if (target.snapshot().labels() == null || selection.from() == NamespacesFrom.SELECTOR) {
            by.add(Denier.TARGET_NAMESPACE);
        }
        return new ClaimDecision.Deny(by);
    }

    /** A claim that names another namespace than before follows it: the pin is of the former one. */
    private static boolean isReplaced(@Nullable ClaimSource pin, NamespaceFacts source) {
        return pin != null
                && source.uid() != null
                && pin.namespace().equals(source.name())
                && !pin.namespaceUID().equals(source.uid());
    }

    private static @Nullable Cause obstacle(
            ClientFacts client, @Nullable PoolState pool, NamespaceFacts source, boolean leaves) {
        if (leaves && client.sharing() != null && isUnknown(client.sharing().namespaces())) {
            return Cause.UNKNOWN_SELECTION;
        }
        if (pool == null) {
            return Cause.POOL_MISSING;
        }
        if (leaves && isUnknown(ceiling(pool.spec()))) {
            return Cause.UNKNOWN_SELECTION;
        }
        if (client.terminating()) {
            return Cause.CLIENT_TERMINATING;
        }
        if (client.paused()) {
            return Cause.CLIENT_PAUSED;
        }
        if (pool.terminating()) {
            return Cause.POOL_TERMINATING;
        }
        if (pool.duplicate()) {
            return Cause.POOL_DUPLICATE;
        }
        if (!admits(pool.spec(), source)) {
            return Cause.CLIENT_NOT_ADMITTED;
        }
        return client.stalled() ? Cause.CLIENT_STALLED : null;
    }

    private static boolean admits(ClusterUserPoolSpec pool, NamespaceFacts source) {
        boolean isKnown = pool.tenancy() == Tenancy.TRUSTED || pool.tenancy() == Tenancy.RESTRICTED;
        return isKnown && NamespaceMatcher.matches(pool.namespaces(), source.snapshot());
    }

    private static @Nullable NamespaceSelection ceiling(ClusterUserPoolSpec pool) {
        PoolSharing sharing = pool.sharing();
        return sharing == null ? null : sharing.namespaces();
    }

    /** Whether this version of the operator does not know how the namespaces are selected. */
    static boolean isUnknown(@Nullable NamespaceSelection selection) {
        return selection != null && (selection.from() == null || selection.from() == NamespacesFrom.UNKNOWN);
    }
}
