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

    private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
    private static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

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
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                .withLeaseNamespace(namespace)
                .withLeaseDuration(LEASE_DURATION)
                .withRenewDeadline(RENEW_DEADLINE)
                .withRetryPeriod(RETRY_PERIOD)
                .withIdentity(identity)
                .withLeaderCallbacks(new LeaderCallbacks(begin, lose, leader -> {}))
                .build();
    }
}
