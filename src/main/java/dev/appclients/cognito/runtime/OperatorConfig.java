package dev.appclients.cognito.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * The settings, from {@code COGNITO_CLIENT_OPERATOR_…} variables. The values are unparsed: {@link ConfigCheck} parses them and checks
 * their bounds, so that all invalid values are reported at once.
 */
@ConfigMapping(prefix = "cognito-client-operator")
public interface OperatorConfig {

    /** Whether the replicas elect a leader; {@code false} only where no second replica can exist. */
    @WithDefault("true")
    Optional<String> leaderElection();

    /** How long after a leader's end another replica takes over: 6 s to 5 minutes. */
    @WithDefault("15s")
    Optional<String> leaseDuration();

    /** The namespace of the leader's lease. Absent: the namespace of the service account. */
    Optional<String> namespace();

    /** This replica's name in the leader election. Absent: the host's name and a random part. */
    Optional<String> identity();

    /** The cluster's name, a session tag of every assumed role. */
    Optional<String> clusterName();

    /** How often the operator checks a client for drift when its manifest sets no interval: 10 minutes to 7 days. */
    @WithDefault("1h")
    Optional<String> driftCheckInterval();

    /** How often the operator reads the facts of a pool: 10 s to 24 hours. */
    @WithDefault("10m")
    Optional<String> poolInterval();

    /** How long after its intent an interrupted create may still appear in Cognito: 10 s, longer than any call, to 1 hour. */
    @WithDefault("60s")
    Optional<String> createSettlesAfter();

    /** How long a shutdown waits for reconciliations in flight: 1 s to 10 minutes. */
    @WithDefault("15s")
    Optional<String> stopTimeout();

    /** The fraction of Cognito's request quotas that the operator may use: above 0, at most 1. */
    @WithDefault("0.8")
    Optional<String> quotaShare();

    /** Whether the operator respects Cognito's request quotas; {@code false} is for measurements only. */
    @WithDefault("true")
    Optional<String> quotas();

    /** The namespaces whose UserPoolClients this operator serves, separated by commas. Absent: all namespaces. */
    Optional<String> watchNamespaces();

    /** How many objects the API server returns in one answer to a list: 10 to 5000. */
    @WithDefault("250")
    Optional<String> listPageSize();
}
