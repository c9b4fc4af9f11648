package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientRef;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.distribution.ClaimDecision;
import dev.appclients.cognito.distribution.ClaimDecision.Denier;
import dev.appclients.cognito.distribution.NamespaceFacts;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges claims on the caches. Confirms on the API server a judgement that removes a copy, so that a wrong cache removes nothing. */
final class ClaimJudge {

    private final KubernetesView cached;
    private final LiveObjects live;

    ClaimJudge(KubernetesView cached, LiveObjects live) {
        this.cached = cached;
        this.live = live;
    }

    /** Judges the claim on the caches; sends no request. */
    Judgement judge(ClientSecretClaim claim) {
        String target = claim.getMetadata().getNamespace();
        UserPoolClient client = cached.client(client(claim)).orElse(null);
        return judge(claim, client, pool(client), namespace(target), namespace(source(claim)));
    }

    /**
     * Repeats a judgement with the denying objects as the API server has them now.
     *
     * @return removes the copy only if every object that denies it was read from the API server
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server does not answer
     */
    Judgement confirm(ClientSecretClaim claim, Judgement judged) {
        return confirm(claim, judged, judged.decision().deniers());
    }

    /**
     * As {@link #confirm(ClientSecretClaim, Judgement)}, and reads these objects too.
     *
     * @param deny the objects to read first
     */
    Judgement confirm(ClientSecretClaim claim, Judgement judged, Set<Denier> deny) {
        Set<Denier> isLive = EnumSet.noneOf(Denier.class);
        Judgement current = judged;
        Set<Denier> next = deny;
        while (!isLive.containsAll(next)) {
            current = reread(claim, current, next);
            isLive.addAll(next);
            next = current.decision().deniers();
        }
        return current;
    }

    private Judgement reread(ClientSecretClaim claim, Judgement judged, Set<Denier> deniers) {
        UserPoolClient client = judged.client();
        ClusterUserPool pool = judged.pool();
        if (deniers.contains(Denier.CLIENT)) {
            client = live.client(client(claim));
            pool = pool == null ? pool(client) : pool;
        }
        if (deniers.contains(Denier.POOL) && client != null) {
            pool = live.pool(client.getSpec().userPoolRef().name());
        }
        NamespaceFacts target = deniers.contains(Denier.TARGET_NAMESPACE)
                ? liveNamespace(claim.getMetadata().getNamespace())
                : judged.target();
        NamespaceFacts source =
                deniers.contains(Denier.SOURCE_NAMESPACE) ? liveNamespace(source(claim)) : judged.source();
        return judge(claim, client, pool, target, source);
    }

    private Judgement judge(
            ClientSecretClaim claim,
            @Nullable UserPoolClient client,
            @Nullable ClusterUserPool pool,
            NamespaceFacts target,
            NamespaceFacts source) {
        ClaimDecision decision = new ClaimDecisions(cached, client, pool, source).on(claim, target);
        return new Judgement(decision, client, pool, target, source);
    }

    private @Nullable ClusterUserPool pool(@Nullable UserPoolClient client) {
        return client == null
                ? null
                : cached.pool(client.getSpec().userPoolRef().name()).orElse(null);
    }

    private NamespaceFacts namespace(String name) {
        return JudgedNamespace.facts(cached, name);
    }

    private NamespaceFacts liveNamespace(String name) {
        return JudgedNamespace.facts(cached, name, live.namespace(name));
    }

    static ResourceID client(ClientSecretClaim claim) {
        ClientRef client = claim.getSpec().clientRef();
        return new ResourceID(client.name(), client.namespace());
    }

    private static String source(ClientSecretClaim claim) {
        return claim.getSpec().clientRef().namespace();
    }
}
