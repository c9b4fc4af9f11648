package dev.appclients.cognito.controller.workarounds;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;

/**
 * Leader election that does not hang the process. The framework calls {@code System.exit} when it stops leading. Within a shutdown hook
 * that deadlocks, and only SIGKILL ends the process. This configuration never exits; the callback halts a process that loses the
 * lease while it is not stopping. Goes away with JOSDK 5.3.5 (issues 1614, 2496, 3376).
 */
public final class LeaderElection {

    /** The name of the lease. */
    public static final String LEASE = "cognito-client-operator";

    /** The lifetime of a lease without a renewal. */
    private static final Duration LEASE_DURATION = Duration.ofSeconds(15);

    private LeaderElection() {}

    /**
     * Returns the configuration with a lease of 15 s.
     *
     * @param namespace the namespace of the lease
     * @param identity the name of this process, unique among the replicas
     * @param begin called when this process starts to lead
     * @param lose called when this process loses the lease, and when it stops
     */
    public static LeaderElectionConfiguration configuration(
            String namespace, String identity, Runnable begin, Runnable lose) {
        return configuration(namespace, identity, LEASE_DURATION, begin, lose);
    }

    /**
     * As above, with another lease duration. The leader gives up after two thirds of the lease. It has then tried five times when the
     * API server answers at once, and twice when each request takes a sixth of the lease.
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
