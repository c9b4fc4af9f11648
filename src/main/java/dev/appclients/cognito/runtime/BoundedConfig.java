package dev.appclients.cognito.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The configuration, parsed and within its bounds; the components are those of {@link OperatorConfig}. */
record BoundedConfig(
        boolean leaderElection,
        Duration leaseDuration,
        Optional<String> namespace,
        Optional<String> identity,
        Optional<String> clusterName,
        Duration driftCheckInterval,
        Duration poolInterval,
        Duration createSettlesAfter,
        Duration stopTimeout,
        double quotaShare,
        boolean quotas,
        Set<String> watchNamespaces,
        int listPageSize) {

    /** The longest call to AWS that suits the lease that ships. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(8);

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(3);

    /**
     * How long one call to AWS may take: at most eight fifteenths of the lease. A leader gives up after two thirds of the lease, so
     * a call that it began ends before another replica leads.
     */
    Duration callTimeout() {
        return shorter(LONGEST_CALL, leaseDuration.multipliedBy(8).dividedBy(15));
    }

    /** How long it may take to connect: a fifth of the lease at most. */
    Duration connectTimeout() {
        return shorter(LONGEST_CONNECT, leaseDuration.dividedBy(5));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
