package dev.appclients.cognito.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RotationStatesTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final RotationStates states = new RotationStates(NOW);

    @Test
    void theOldestRotationOfEachPhaseIsShown() {
        add("rotation: {phase: Staged, since: '2026-11-28T11:59:00Z'}");
        add("rotation: {phase: Staged, since: '2026-11-28T11:58:00Z'}");
        add("rotation: {phase: Overlap, since: '2026-11-28T11:00:00Z'}");
        add("rotation: {phase: Steady, since: '2020-11-28T11:00:00Z'}");

        assertThat(values(OperatorMetric.ROTATIONS_OLDEST))
                .containsExactly("Staged 120.0", "Overlap 3600.0", "Blocked 0.0");
    }

    @Test
    void anOverlapIsOverdueFromItsEnd() {
        add("rotation: {phase: Overlap, since: '2026-11-28T10:00:00Z', nextAt: '2026-11-28T11:50:00Z'}");
        add("rotation: {phase: Overlap, since: '2026-11-28T10:00:00Z', nextAt: '2026-11-28T13:00:00Z'}");
        add("rotation: {phase: Steady, since: '2026-11-28T10:00:00Z', nextAt: '2026-11-20T13:00:00Z'}");

        assertThat(values(OperatorMetric.ROTATIONS_OVERDUE)).containsExactly("600.0");
    }

    @Test
    void problemsAreCountedByReasonAndLaggingClientsApart() {
        add(pending("ForeignSecret"));
        add(pending("ForeignSecret"));
        add(pending("AccessDenied"));
        add(pending("CopiesLagging"));
        add(pending("Rotating"));

        assertThat(values(OperatorMetric.ROTATIONS_BLOCKED))
                .containsExactlyInAnyOrder("ForeignSecret 2.0", "AccessDenied 1.0");
        assertThat(values(OperatorMetric.ROTATIONS_LAGGING)).containsExactly("1.0");
    }

    @Test
    void aPausedClientIsNotRotated() {
        UserPoolClient paused = client(pending("CopiesLagging") + "\n"
                + "rotation: {phase: Overlap, since: '2026-11-28T10:00:00Z', nextAt: '2026-11-28T11:50:00Z'}");
        paused.getMetadata().getAnnotations().put("cognito.appclients.dev/paused", "true");
        states.add(paused, "pool");

        assertThat(values(OperatorMetric.ROTATIONS_LAGGING)).containsExactly("0.0");
        assertThat(values(OperatorMetric.ROTATIONS_OVERDUE)).containsExactly("0.0");
    }

    @Test
    void wordsOfOtherWritersAddNoSeries() {
        for (int i = 0; i < 100; i++) {
            add(pending("Forged" + i) + "\nrotation: {phase: Forged" + i + ", since: yesterday, nextAt: tomorrow}");
        }
        add("rotation: {phase: Overlap, since: yesterday, nextAt: tomorrow}");
        add("secret: {name: web, source: Rotated, secretId: 'x--99999999999999999999'}");
        add("secret: {name: web, source: Rotated, secretId: 'x--999999999999999999'}");
        add("secret: {name: web, source: Rotated, secretId: forged}");
        states.add(client("secret: {name: web, source: Rotated, secretId: 'x--1764331200'}"), null);

        assertThat(values(OperatorMetric.ROTATIONS_BLOCKED)).containsExactly("Other 100.0");
        assertThat(values(OperatorMetric.ROTATIONS_OLDEST)).containsExactly("Staged 0.0", "Overlap 0.0", "Blocked 0.0");
        assertThat(values(OperatorMetric.SECRET_AGE)).isEmpty();
    }

    @Test
    void theAgeOfASecretIsCountedFromTheSecondInItsId() {
        long hundredDaysAgo = NOW.getEpochSecond() - 100 * 86_400;
        add("secret: {name: web, source: Rotated, secretId: 'abc--%d'}".formatted(hundredDaysAgo));
        add("secret: {name: web, source: Rotated, secretId: 'abc--%d-2'}".formatted(hundredDaysAgo));
        add("secret: {name: web, source: Rotated, secretId: 'abc--%d'}".formatted(NOW.getEpochSecond() + 60));

        assertThat(values(OperatorMetric.SECRET_AGE))
                .containsExactly(
                        "pool 1.0 1.0",
                        "pool 7.0 1.0",
                        "pool 30.0 1.0",
                        "pool 60.0 1.0",
                        "pool 90.0 1.0",
                        "pool 180.0 3.0",
                        "pool 365.0 3.0",
                        "pool 730.0 3.0",
                        "pool +Inf 3.0",
                        "pool 3.0",
                        "pool 200.0");
    }

    @Test
    void anOriginalIsAsOldAsItsObjectUnlessTheClientIsAdopted() {
        add("secret: {name: web, source: Original}");
        UserPoolClient adopted = client("secret: {name: web, source: Original}", "adopt: {clientId: abc}");
        states.add(adopted, "pool");
        add("secret: {name: public}");
        add("secret: {name: web, source: Rotated}");

        assertThat(values(OperatorMetric.SECRET_AGE)).contains("pool 1.0 0.0", "pool 7.0 1.0", "pool 1.0", "pool 2.0");
    }

    private void add(String status) {
        states.add(client(status), "pool");
    }

    private static String pending(String reason) {
        return "conditions: [{type: RotationPending, status: 'True', reason: " + reason + "}]";
    }

    private static UserPoolClient client(String status) {
        return client(status, "appType: Confidential");
    }

    private static UserPoolClient client(String status, @Nullable String spec) {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web, creationTimestamp: '2026-11-26T12:00:00Z', annotations: {a: b}}
                spec:
                  userPoolRef: {name: customers}
                  %s
                status:
                  %s
                """.formatted(spec, status.replace("\n", "\n  ")), UserPoolClient.class);
    }

    private List<String> values(OperatorMetric metric) {
        return states.samples().stream()
                .filter(sample -> sample.metric() == metric)
                .map(sample -> (String.join(" ", sample.labels()) + " " + sample.value()).strip())
                .collect(Collectors.toList());
    }
}
