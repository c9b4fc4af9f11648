package dev.appclients.cognito.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.workarounds.LeaderElection;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseClientTest {

    private static final Config OPERATORS = new ConfigBuilder()
            .withAutoConfigure(false)
            .withMasterUrl("https://127.0.0.1:1")
            .withAutoOAuthToken("token")
            .withUserAgent("cognito-client-operator")
            .build();

    /** The bounds of COGNITO_CLIENT_OPERATOR_LEASE_DURATION, and its default. */
    @ParameterizedTest
    @ValueSource(ints = {6, 15, 300})
    void aRenewalThatHangsInBothRequestsEndsBeforeTheLeaseExpires(int seconds) {
        Duration lease = Duration.ofSeconds(seconds);
        LeaderElectionConfiguration election =
                LeaderElection.configuration("namespace", "identity", lease, () -> {}, () -> {});

        Duration renewal = LeaseClient.requestTimeout(lease).multipliedBy(2);

        assertThat(election.getRenewDeadline().plus(renewal)).isLessThanOrEqualTo(lease);
        assertThat(renewal.multipliedBy(2))
                .as("at least two renewals")
                .isLessThanOrEqualTo(election.getRenewDeadline());
    }

    @Test
    void itKeepsTheConnectionSettingsAndTurnsRetriesOff() {
        Config config = LeaseClient.bounded(OPERATORS, Duration.ofSeconds(15));

        assertThat(config.getRequestTimeout()).isEqualTo(2500);
        assertThat(config.getConnectionTimeout()).isEqualTo(2500);
        assertThat(config.getRequestRetryBackoffLimit()).isZero();
        assertThat(config.getMasterUrl()).isEqualTo(OPERATORS.getMasterUrl());
        assertThat(config.getAutoOAuthToken()).isEqualTo("token");
        assertThat(config.getUserAgent()).isEqualTo("cognito-client-operator");
        assertThat(OPERATORS.getRequestRetryBackoffLimit()).isNotZero();
    }

    @Test
    void anUnusedClientHasAtMostTwoThreads() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        try (LeaseClient lease = new LeaseClient(OPERATORS, new KubernetesSerialization(), Duration.ofSeconds(15))) {
            Set<Thread> added = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !before.contains(thread))
                    .filter(thread -> thread.getName().startsWith("vert"))
                    .collect(Collectors.toSet());

            assertThat(lease.kubernetes().getMasterUrl()).hasToString("https://127.0.0.1:1/");
            assertThat(added).hasSizeLessThanOrEqualTo(2).allMatch(Thread::isDaemon);
        }
    }
}
