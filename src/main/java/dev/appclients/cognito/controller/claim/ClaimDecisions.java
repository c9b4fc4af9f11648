package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.cluster.ClientHold;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.cluster.Pools;
import dev.appclients.cognito.distribution.ClaimDecision;
import dev.appclients.cognito.distribution.ClaimFacts;
import dev.appclients.cognito.distribution.ClientFacts;
import dev.appclients.cognito.distribution.Distribution;
import dev.appclients.cognito.distribution.NamespaceFacts;
import dev.appclients.cognito.distribution.PoolState;
import org.jspecify.annotations.Nullable;

/** Decides on the claims of one version of a client, its pool and its namespace. Sends no request. */
final class ClaimDecisions {

    private final KubernetesView cached;
    private final @Nullable ClientFacts client;
    private final @Nullable PoolState pool;
    private final NamespaceFacts source;

    /**
     * @param client null if there is none
     * @param pool of the client; null if there is none
     * @param source the namespace of the client
     */
    ClaimDecisions(
            KubernetesView cached,
            @Nullable UserPoolClient client,
            @Nullable ClusterUserPool pool,
            NamespaceFacts source) {
        this.cached = cached;
        this.client = client == null ? null : facts(client);
        this.pool = pool == null ? null : state(pool);
        this.source = source;
    }

    /** The decisions for this version of a client, with its pool and its namespace in the cache. */
    static ClaimDecisions of(UserPoolClient client, KubernetesView cached) {
        return new ClaimDecisions(
                cached,
                client,
                cached.pool(client.getSpec().userPoolRef().name()).orElse(null),
                JudgedNamespace.facts(cached, client.getMetadata().getNamespace()));
    }

    /** The decision on a claim in the namespace that the cache has. */
    ClaimDecision on(ClientSecretClaim claim) {
        return on(claim, JudgedNamespace.facts(cached, claim.getMetadata().getNamespace()));
    }

    /** @param target the namespace of the claim */
    ClaimDecision on(ClientSecretClaim claim, NamespaceFacts target) {
        var status = claim.getStatus();
        ClaimFacts facts = new ClaimFacts(Annotations.isPaused(claim), status == null ? null : status.source());
        return Distribution.decide(facts, client, pool, target, source);
    }

    private static ClientFacts facts(UserPoolClient client) {
        return new ClientFacts(
                client.getSpec().sharing(),
                Annotations.isPaused(client),
                client.isMarkedForDeletion(),
                ClientHold.isHeld(client));
    }

    private PoolState state(ClusterUserPool pool) {
        return new PoolState(pool.getSpec(), pool.isMarkedForDeletion(), !Pools.isFirst(pool, cached.pools()));
    }
}
