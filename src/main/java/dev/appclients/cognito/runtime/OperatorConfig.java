package dev.appclients.cognito.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What can be configured, by {@code COGNITO_CLIENT_OPERATOR_…} variables; the defaults are what ships. */
@ConfigMapping(prefix = "cognito-client-operator")
public interface OperatorConfig {

    /** Whether replicas agree on one that acts; {@code false} only where there can be no other. */
    @WithDefault("true")
    boolean leaderElection();

    /** How long after a leader's death another takes over: 3 s or more. */
    @WithDefault("15s")
    Duration leaseDuration();

    /** Where the leader's lease is: the operator's own namespace. Absent: what the service account says. */
    Optional<String> namespace();

    /** This replica's name in the leader election. Absent: the host's name. */
    Optional<String> identity();

    /** The name of the cluster: a session tag of every assumed role. */
    Optional<String> clusterName();

    /** How often a client is compared with Cognito where its manifest says nothing: 10 minutes to 7 days. */
    @WithDefault("1h")
    Duration driftCheckInterval();

    /** How often the facts of a pool are read. */
    @WithDefault("10m")
    Duration poolInterval();

    /** How long after its intent an interrupted create may still turn up. */
    @WithDefault("60s")
    Duration createSettlesAfter();

    /** How long an orderly stop waits for the passes under way. */
    @WithDefault("15s")
    Duration stopTimeout();

    /** The part of Cognito's request quotas that the operator may use: above 0, at most 1. */
    @WithDefault("0.8")
    double quotaShare();

    /** Whether the operator keeps to Cognito's request quotas; {@code false} is for measuring only. */
    @WithDefault("true")
    boolean quotas();
}
