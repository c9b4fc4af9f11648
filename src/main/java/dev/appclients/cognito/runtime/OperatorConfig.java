package dev.appclients.cognito.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * What can be configured, by {@code COGNITO_CLIENT_OPERATOR_…} variables; the defaults are what ships. The values are as they were
 * written: {@link ConfigCheck} parses them and holds them to their bounds, so that every wrong value is named at once.
 */
@ConfigMapping(prefix = "cognito-client-operator")
public interface OperatorConfig {

    /** Whether replicas agree on one that acts; {@code false} only where there can be no other. */
    @WithDefault("true")
    Optional<String> leaderElection();

    /** How long after a leader's death another takes over: 6 s to 5 minutes. */
    @WithDefault("15s")
    Optional<String> leaseDuration();

    /** Where the leader's lease is: the operator's own namespace. Absent: what the service account says. */
    Optional<String> namespace();

    /** This replica's name in the leader election. Absent: the host's name. */
    Optional<String> identity();

    /** The name of the cluster: a session tag of every assumed role. */
    Optional<String> clusterName();

    /** How often a client is compared with Cognito where its manifest says nothing: 10 minutes to 7 days. */
    @WithDefault("1h")
    Optional<String> driftCheckInterval();

    /** How often the facts of a pool are read: 10 s to 24 hours. */
    @WithDefault("10m")
    Optional<String> poolInterval();

    /** How long after its intent an interrupted create may still turn up: 10 s, which is longer than any call, to 1 hour. */
    @WithDefault("60s")
    Optional<String> createSettlesAfter();

    /** How long an orderly stop waits for the passes under way: 1 s to 10 minutes. */
    @WithDefault("15s")
    Optional<String> stopTimeout();

    /** The part of Cognito's request quotas that the operator may use: above 0, at most 1. */
    @WithDefault("0.8")
    Optional<String> quotaShare();

    /** Whether the operator keeps to Cognito's request quotas; {@code false} is for measuring only. */
    @WithDefault("true")
    Optional<String> quotas();

    /** The namespaces whose UserPoolClients this operator serves, separated by commas. Absent: all namespaces. */
    Optional<String> watchNamespaces();

    /** How many objects the API server returns in one answer to a list: 10 to 5000. */
    @WithDefault("250")
    Optional<String> listPageSize();
}
