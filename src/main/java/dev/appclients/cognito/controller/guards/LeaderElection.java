package dev.appclients.cognito.controller.guards;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;

/**
 * Leader election that does not hang the process. The framework calls {@code System.exit} when it stops leading, which
 * deadlocks inside a shutdown hook: the process then ends by SIGKILL only. Here it never exits by itself; who loses the lead
 * while not stopping is halted by the callback. Goes away with JOSDK 5.3.5 (issues 1614, 2496, 3376).
 */
public final class LeaderElection {

    /** The lease's name, in the operator's own namespace. */
    public static final String LEASE = "cognito-client-operator";

    /** How long a lease holds that nobody renews. */
    private static final Duration LEASE_DURATION = Duration.ofSeconds(15);

    private LeaderElection() {}

    /**
     * The configuration.
     *
     * @param namespace where the lease is
     * @param identity of this process, unique among the replicas
     * @param begin called when this process leads
     * @param lose called when it no longer does, and when it stops
     */
    public static LeaderElectionConfiguration configuration(
            String namespace, String identity, Runnable begin, Runnable lose) {
        return configuration(namespace, identity, LEASE_DURATION, begin, lose);
    }

    /**
     * As above. The leader gives up after two thirds of the lease. Until then it has tried five times when the API server answers at
     * once, and twice when each request takes a sixth of the lease.
     */
    public static LeaderElectionConfiguration configuration(
            String namespace, String identity, Duration leaseDuration, Runnable begin, Runnable lose) {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                .withLeaseNamespace(namespace)
                .withLeaseDuration(leaseDuration)
                .withRenewDeadline(leaseDuration.multipliedBy(2).dividedBy(3))
                .withRetryPeriod(leaseDuration.multipliedBy(2).dividedBy(15))
                .withIdentity(identity)
                .withLeaderCallbacks(new LeaderCallbacks(begin, lose, leader -> {}))
                .build();
    }
}
