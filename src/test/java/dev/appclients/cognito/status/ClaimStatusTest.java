package dev.appclients.cognito.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClaimSource;
import dev.appclients.cognito.api.v1beta1.ClaimedSecretStatus;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimStatus;
import dev.appclients.cognito.model.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimStatusTest {

    private static final Instant NOW = Instant.parse("2026-11-28T18:00:00Z");
    private static final ClaimedSecretStatus COPY = new ClaimedSecretStatus(
            "web-oidc",
            List.of(
                    "authorization-uri",
                    "client-id",
                    "client-secret",
                    "domain",
                    "issuer",
                    "jwks-uri",
                    "logout-uri",
                    "redirect-uri",
                    "region",
                    "scopes",
                    "token-uri",
                    "user-info-uri",
                    "user-pool-id"));
    private static final ClaimSource SOURCE = new ClaimSource("shop", "00f4b2a0-3c5e-4a4e-9d0e-1f2a3b4c5d6e");

    private record Expected(ClaimOutcome outcome, String ready, Reason reason, boolean stalled) {}

    static Stream<Expected> outcomes() {
        return Stream.of(
                new Expected(new ClaimOutcome.Synced("web-oidc"), "True", Reason.SYNCED, false),
                new Expected(new ClaimOutcome.Held(), "True", Reason.HELD, false),
                new Expected(new ClaimOutcome.SourceNotReady(), "False", Reason.SOURCE_NOT_READY, false),
                new Expected(new ClaimOutcome.NotAvailable(false), "False", Reason.NOT_AVAILABLE, false),
                new Expected(new ClaimOutcome.NotAvailable(true), "False", Reason.NOT_AVAILABLE, false),
                new Expected(new ClaimOutcome.SourceReplaced(), "False", Reason.SOURCE_REPLACED, true),
                new Expected(new ClaimOutcome.Paused(), "False", Reason.PAUSED, false),
                new Expected(
                        new ClaimOutcome.Failed(Reason.SECRET_NAME_TAKEN, "taken", true),
                        "False",
                        Reason.SECRET_NAME_TAKEN,
                        true),
                new Expected(
                        new ClaimOutcome.Failed(Reason.API_SERVER_UNAVAILABLE, "down", false),
                        "False",
                        Reason.API_SERVER_UNAVAILABLE,
                        false),
                new Expected(new ClaimOutcome.Unexpected(), "Unknown", Reason.UNEXPECTED_ERROR, false));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyOutcomeSetsReadyAndStalledAndNothingElse(Expected expected) {
        ClientSecretClaimStatus status = compose(null, expected.outcome(), 3);

        Condition ready = condition(status, "Ready");
        assertThat(ready.getStatus()).isEqualTo(expected.ready());
        assertThat(ready.getReason()).isEqualTo(expected.reason().text());
        assertThat(ready.getObservedGeneration()).isEqualTo(3);
        assertThat(status.observedGeneration()).isEqualTo(3);
        assertThat(conditions(status))
                .extracting(Condition::getType)
                .containsExactlyElementsOf(expected.stalled() ? List.of("Ready", "Stalled") : List.of("Ready"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void aStatusStaysUnderOneKibibyte(Expected expected) {
        ClaimOutcome outcome = expected.outcome() instanceof ClaimOutcome.Failed(Reason reason, var text, var stalled)
                ? new ClaimOutcome.Failed(reason, "The webhook refused it. ".repeat(100), stalled)
                : expected.outcome();
        boolean hasCopy = outcome instanceof ClaimOutcome.Synced || outcome instanceof ClaimOutcome.Held;

        String json = Serialization.asJson(
                ClaimStatus.compose(null, new ClaimReport(7, outcome, hasCopy ? COPY : null, SOURCE, "now"), NOW));

        assertThat(json.length()).as(json).isLessThan(1024);
    }

    @Test
    void anUnchangedOutcomeLeavesTheStatusAsItIs() {
        for (Expected expected : outcomes().toList()) {
            ClientSecretClaimStatus first = compose(null, expected.outcome(), 1);

            ClaimReport report = new ClaimReport(1, expected.outcome(), COPY, SOURCE, null);

            assertThat(ClaimStatus.compose(first, report, NOW.plus(Duration.ofHours(1))))
                    .isEqualTo(first);
        }
    }

    @Test
    void theWarningAboutADeletedCopyStaysUntilTheManifestChanges() {
        ClientSecretClaimStatus withdrawn = compose(null, new ClaimOutcome.NotAvailable(true), 1);

        ClientSecretClaimStatus later = compose(withdrawn, new ClaimOutcome.NotAvailable(false), 1);
        ClientSecretClaimStatus changed = compose(later, new ClaimOutcome.NotAvailable(false), 2);

        assertThat(message(withdrawn)).contains("rotate the client secret");
        assertThat(message(later)).isEqualTo(message(withdrawn));
        assertThat(message(changed)).isEqualTo(ClaimStatus.NOT_AVAILABLE);
    }

    private static ClientSecretClaimStatus compose(
            @Nullable ClientSecretClaimStatus previous, ClaimOutcome outcome, long generation) {
        return ClaimStatus.compose(previous, new ClaimReport(generation, outcome, COPY, SOURCE, null), NOW);
    }

    private static String message(ClientSecretClaimStatus status) {
        return condition(status, "Ready").getMessage();
    }

    private static Condition condition(ClientSecretClaimStatus status, String type) {
        return Conditions.find(status.conditions(), type).orElseThrow();
    }

    private static List<Condition> conditions(ClientSecretClaimStatus status) {
        return Objects.requireNonNull(status.conditions());
    }
}
