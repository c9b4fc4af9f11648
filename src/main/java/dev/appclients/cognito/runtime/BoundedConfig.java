package dev.appclients.cognito.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The parsed configuration. Every value is within its bounds. The components are those of {@link OperatorConfig}. */
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

    /** Fits the default lease duration. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(8);

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(3);

    /**
     * The timeout of one call to AWS: at most eight fifteenths of the lease. A leader gives up after two thirds of the lease, so its
     * calls end before another replica leads.
     */
    Duration callTimeout() {
        return shorter(LONGEST_CALL, leaseDuration.multipliedBy(8).dividedBy(15));
    }

    /** The timeout of connecting to AWS: at most a fifth of the lease. */
    Duration connectTimeout() {
        return shorter(LONGEST_CONNECT, leaseDuration.dividedBy(5));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
