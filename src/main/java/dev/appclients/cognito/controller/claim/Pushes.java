package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimSpec;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.cluster.Namespaces;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.reconcile.Leadership;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.secret.RestoreHistory;
import dev.appclients.cognito.distribution.PushPlan;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes the claims of clients that push: creates those that are absent, and restores the spec of those that another writer changed. It
 * never changes a claim of another author. The reconciler of the claims deletes those that no push wants any more.
 *
 * <p>One call writes a batch, so that no reconciliation takes minutes. A namespace that refuses its claim is retried with back-off and
 * does not stop the others.
 */
final class Pushes {

    /** The writes of one batch. */
    static final int BATCH = 25;

    private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);

    /** A batch with slow writes ends after this time. */
    private static final Duration LONGEST_BATCH = Duration.ofSeconds(2);

    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final int NO_ANSWER = 0;

    private final PushedClaims claims;
    private final KubernetesView cached;
    private final Leadership leadership;
    private final RestoreHistory restores;
    private final PushBackOff backOff;
    private final LongSupplier nanoTime;

    /** The pushed claims that another writer deleted or edited and that are not restored yet, as client UID/namespace. */
    private final Set<String> disturbed = ConcurrentHashMap.newKeySet();

    Pushes(
            PushedClaims claims,
            KubernetesView cached,
            Leadership leadership,
            RestoreHistory restores,
            PushBackOff backOff,
            LongSupplier nanoTime) {
        this.claims = claims;
        this.cached = cached;
        this.leadership = leadership;
        this.restores = restores;
        this.backOff = backOff;
        this.nanoTime = nanoTime;
    }

    /**
     * The state after a batch.
     *
     * @param next the delay until the next batch; null if no claim waits
     * @param missingRight the report of a right that the operator lacks in a target namespace; null if it lacks none
     */
    record Pushed(@Nullable Duration next, @Nullable StopReconciliation missingRight) {}

    /** Writes the next batch of the client. */
    Pushed push(UserPoolClient client) {
        PushPlan plan = plan(client).orElse(null);
        if (plan == null || plan.isUnknown()) {
            forget(uid(client));
            return new Pushed(null, null);
        }
        Set<String> targets = targets(plan);
        forgetOthers(uid(client), targets);
        Batch batch = new Batch(client, plan);
        for (String namespace : targets) {
            if (!batch.take(namespace)) {
                break;
            }
        }
        return new Pushed(batch.next, backOff.missingRight(uid(client)));
    }

    /** The number of namespaces that the client pushes to and in which no claim on it has the name of the pushed one. */
    int missing(UserPoolClient client) {
        return plan(client)
                .map(plan -> (int) targets(plan).stream()
                        .filter(namespace -> !isPushed(existing(plan, namespace)))
                        .count())
                .orElse(0);
    }

    /**
     * Records that another writer deleted or edited a pushed claim that its client still wants. After three restores in ten minutes, the
     * operator restores it with back-off.
     *
     * @param now null if it was deleted
     */
    void claimChanged(ClientSecretClaim before, @Nullable ClientSecretClaim now) {
        UserPoolClient client = PushPlan.isPushed(before)
                ? cached.client(new ResourceID(
                                before.getSpec().clientRef().name(),
                                before.getSpec().clientRef().namespace()))
                        .orElse(null)
                : null;
        PushPlan plan = client == null ? null : plan(client).orElse(null);
        if (client == null || plan == null) {
            return;
        }
        String namespace = before.getMetadata().getNamespace();
        Namespace target = cached.namespace(namespace).orElse(null);
        boolean wanted = target != null
                && isTarget(plan, target)
                && plan.wants(before, Namespaces.snapshot(target))
                && before.getSpec().equals(plan.spec());
        if (wanted && (now == null || !now.getSpec().equals(plan.spec()))) {
            disturbed.add(key(uid(client), namespace));
        }
    }

    /** Forgets a client that is gone or no longer pushes. */
    void forget(String clientUid) {
        backOff.forget(clientUid);
        restores.forgetAll(clientUid + "/");
        disturbed.removeIf(key -> key.startsWith(clientUid + "/"));
    }

    /** The number of entries that are kept. */
    int size() {
        return backOff.size() + restores.size() + disturbed.size();
    }

    private Optional<PushPlan> plan(UserPoolClient client) {
        return PushPlan.of(
                client,
                cached.pool(client.getSpec().userPoolRef().name()).orElse(null),
                Namespaces.snapshot(cached, client.getMetadata().getNamespace()));
    }

    /** Namespaces come and go, so nothing is kept about one that the client does not push to. */
    private void forgetOthers(String clientUid, Set<String> targets) {
        backOff.retain(clientUid, targets);
        String prefix = key(clientUid, "");
        disturbed.removeIf(key -> key.startsWith(prefix) && !targets.contains(key.substring(prefix.length())));
    }

    private Set<String> targets(PushPlan plan) {
        return cached.namespaces().stream()
                .filter(namespace -> isTarget(plan, namespace))
                .map(namespace -> namespace.getMetadata().getName())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean isTarget(PushPlan plan, Namespace namespace) {
        return !Namespaces.isTerminating(namespace)
                && cached.isServed(namespace.getMetadata().getName())
                && plan.reaches(Namespaces.snapshot(namespace));
    }

    private @Nullable ClientSecretClaim existing(PushPlan plan, String namespace) {
        return cached.claim(new ResourceID(plan.claimName(), namespace)).orElse(null);
    }

    private static boolean isPushed(@Nullable ClientSecretClaim claim) {
        return claim != null && PushPlan.isPushed(claim);
    }

    private static String uid(UserPoolClient client) {
        return client.getMetadata().getUid();
    }

    private static String key(String clientUid, String namespace) {
        return clientUid + "/" + namespace;
    }

    /** The writes of one call. */
    private final class Batch {

        private final String uid;
        private final PushPlan plan;
        private final ClientSecretClaimSpec spec;
        private final long end = nanoTime.getAsLong() + LONGEST_BATCH.toNanos();
        private int writes;
        private @Nullable Duration next;

        Batch(UserPoolClient client, PushPlan plan) {
            uid = uid(client);
            this.plan = plan;
            spec = plan.spec();
        }

        /** Writes the claim of this namespace if it needs a write. Returns false when the batch is over. */
        boolean take(String namespace) {
            // Before the read of the cache, so that a disturbance that the cache does not show yet keeps its mark.
            boolean isDisturbed = disturbed.remove(key(uid, namespace));
            ClientSecretClaim existing = existing(plan, namespace);
            if (existing != null
                    && (!isPushed(existing)
                            || existing.getMetadata().getDeletionTimestamp() != null
                            || existing.getSpec().equals(spec))) {
                backOff.succeeded(uid, namespace);
                return true;
            }
            if (isDisturbed) {
                disturbed.add(key(uid, namespace));
            }
            Duration wait = wait(namespace);
            if (wait != null) {
                retryAfter(wait);
                return true;
            }
            if (writes == BATCH || nanoTime.getAsLong() - end > 0 || !leadership.holds()) {
                retryAfter(AT_ONCE);
                return false;
            }
            writes++;
            return write(namespace, existing);
        }

        private boolean write(String namespace, @Nullable ClientSecretClaim existing) {
            // Before the write, because the next disturbance may come before its answer, and counts separately.
            boolean isRestore = disturbed.remove(key(uid, namespace));
            try {
                if (existing == null) {
                    claims.create(namespace, plan.claimName(), spec);
                } else {
                    claims.restore(existing, spec);
                }
                backOff.succeeded(uid, namespace);
                if (isRestore) {
                    restores.restored(key(uid, namespace));
                }
                return true;
            } catch (KubernetesClientException refused) {
                if (isRestore) {
                    disturbed.add(key(uid, namespace));
                }
                if (KubernetesFailure.isStale(refused)) {
                    // The cache lags behind, or another writer changed a quota at the same time.
                    retryAfter(LATER);
                    return true;
                }
                recordFailure(namespace, refused);
                if (refused.getCode() == NO_ANSWER) {
                    // Either the API server or a webhook of this namespace does not answer. The next batch begins with
                    // the others.
                    retryAfter(LATER);
                    return false;
                }
                return true;
            }
        }

        private void recordFailure(String namespace, KubernetesClientException refused) {
            boolean first = backOff.failed(
                    uid, namespace, KubernetesFailure.whilePushing(refused).orElse(null));
            Duration wait = wait(namespace);
            if (wait != null) {
                retryAfter(wait);
            }
            LOG.atLevel(first ? Level.WARN : Level.DEBUG)
                    .log(
                            "The claim {} was not written in namespace {}: {}. The operator retries after 15 s to 5 min",
                            plan.claimName(),
                            namespace,
                            KubernetesFailure.message(refused));
        }

        /** The time until the next write in this namespace; null if it is due. */
        private @Nullable Duration wait(String namespace) {
            Duration refused = backOff.beforeNext(uid, namespace);
            if (refused != null || !disturbed.contains(key(uid, namespace))) {
                return refused;
            }
            RestoreHistory.Wait contested = restores.beforeNext(key(uid, namespace));
            return contested == null ? null : contested.left();
        }

        private void retryAfter(Duration delay) {
            next = next == null || delay.compareTo(next) < 0 ? delay : next;
        }
    }
}
