package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.CopiesStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.status.Conditions;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the copies of a client for its status: the claims that client and pool permit, and how many of them are Ready. A client learns
 * numbers only, neither names nor reasons. A count is written at most every 10 s, and at once when every copy is Ready.
 */
final class CopyCounts {

    /** The shortest time between two counts in a status. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private final KubernetesView cached;
    private final LongSupplier nanoTime;
    private final Map<String, Long> reported = new ConcurrentHashMap<>();

    /** @param nanoTime monotonic */
    CopyCounts(KubernetesView cached, LongSupplier nanoTime) {
        this.cached = cached;
        this.nanoTime = nanoTime;
    }

    /**
     * A count for the status.
     *
     * @param copies null for a client without sharing and without claims
     * @param next when to count again; null if the count is up to date
     */
    record Count(@Nullable CopiesStatus copies, @Nullable Duration next) {}

    /**
     * The count to report now.
     *
     * @param recorded the count in the status
     * @param missing the number of pushed claims that do not exist yet
     */
    Count report(UserPoolClient client, @Nullable CopiesStatus recorded, int missing) {
        CopiesStatus counted = count(client, missing);
        String uid = client.getMetadata().getUid();
        if (Objects.equals(counted, recorded)) {
            return new Count(recorded, null);
        }
        boolean atOnce = counted == null || recorded == null || counted.ready().equals(counted.wanted());
        Long last = reported.get(uid);
        long left = last == null ? 0 : last + INTERVAL.toNanos() - nanoTime.getAsLong();
        if (!atOnce && left > 0) {
            return new Count(recorded, Duration.ofNanos(left).plusMillis(1));
        }
        reported.put(uid, nanoTime.getAsLong());
        return new Count(counted, null);
    }

    void forget(String clientUid) {
        reported.remove(clientUid);
    }

    /** The number of clients whose last report is kept. */
    int size() {
        return reported.size();
    }

    private @Nullable CopiesStatus count(UserPoolClient client, int missing) {
        List<ClientSecretClaim> claims = cached.claimsFor(ResourceID.fromResource(client));
        if (claims.isEmpty() && client.getSpec().sharing() == null) {
            return null;
        }
        // A client or a pool that only holds copies changes no count.
        ClaimDecisions decisions = ClaimDecisions.of(client, cached);
        int wanted = missing;
        int ready = 0;
        for (ClientSecretClaim claim : claims) {
            if (decisions.on(claim).isPermitted()) {
                wanted++;
                ready += isReady(claim) ? 1 : 0;
            }
        }
        return client.getSpec().sharing() == null && wanted == 0
                ? null
                : new CopiesStatus(wanted, ready, ready + "/" + wanted);
    }

    private static boolean isReady(ClientSecretClaim claim) {
        var status = claim.getStatus();
        return Conditions.isTrue(status == null ? null : status.conditions(), Conditions.READY);
    }
}
