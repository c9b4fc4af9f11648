package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.JournalEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** T11: one namespace uses up the request quota of AWS or the app clients of a pool. */
class T11FloodIT extends OnTenants {

    private static final int FLOOD = 60;

    /** Four creates per second. */
    private static final Quotas QUOTAS = new Quotas(0.8, 15, 15, 15, 20, 5, 600);

    @Test
    void theClientOfAnotherNamespaceDoesNotWaitForTheFlood() {
        String victim = namespace();
        stage.stopOperator();
        // Before the start, so that a slow machine cannot create most of the flood before the victim's client exists.
        for (int i = 0; i < FLOOD; i++) {
            apply(attacker(), client("flood-" + i, "appType: Public"));
        }
        try (RunningOperator _ = RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(Stage.SETTINGS).withQuotas(QUOTAS))) {
            stage.eventually().until(() -> creates().size() > 2);

            apply(victim, client("web", "appType: Public"));
            awaitClient(victim, "web", "Synced");

            // In order of arrival, the victim's create would be the last one.
            List<String> before = creates().stream()
                    .takeWhile(name -> !name.startsWith(victim))
                    .toList();
            assertThat(before).as("creates before that of the victim").hasSizeBetween(2, FLOOD * 4 / 5);
        }
    }

    @Test
    void aNamespaceGetsNoMoreClientsThanThePoolPermitsIt() {
        changePool("namespaces: {from: All}\nquota: {clientsPerNamespace: 2}");
        String victim = namespace();
        for (String name : List.of("web-1", "web-2")) {
            apply(attacker(), client(name, "appType: Public"));
            awaitClient(attacker(), name, "Synced");
        }
        awaitNextSecond();
        for (String name : List.of("web-3", "web-4")) {
            apply(attacker(), client(name, "appType: Public"));
        }
        apply(victim, client("web", "appType: Public"));

        awaitClient(victim, "web", "Synced");
        stage.eventually()
                .untilAsserted(() -> assertThat(reasons("UserPoolClient"))
                        .containsExactly("QuotaExceeded", "QuotaExceeded", "Synced", "Synced"));
        assertThat(stage.cognito()).hasSize(3);
    }

    @Test
    void aNamespaceGetsNoMoreCopiesThanThePoolPermitsIt() {
        changePool("namespaces: {from: All}\nquota: {claimsPerNamespace: 1}");
        apply(attacker(), client("web", "appType: Confidential"));
        awaitClient(attacker(), "web", "Synced");
        apply(attacker(), claim("copy-1", attacker(), "web", "{name: copy-1}"));
        stage.eventually()
                .untilAsserted(() -> assertThat(reasons("ClientSecretClaim")).containsExactly("Synced"));
        awaitNextSecond();
        for (String name : List.of("copy-2", "copy-3")) {
            apply(attacker(), claim(name, attacker(), "web", "{name: " + name + "}"));
        }

        stage.eventually()
                .untilAsserted(() -> assertThat(reasons("ClientSecretClaim"))
                        .containsExactly("QuotaExceeded", "QuotaExceeded", "Synced"));
        assertThat(secretsIn(attacker())).hasSize(2);
    }

    /** The UID decides between objects of the same second. */
    private void awaitNextSecond() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        stage.eventually().until(() -> Instant.now().isAfter(now.plusMillis(1_050)));
    }

    private List<String> reasons(String kind) {
        return stage.admin().genericKubernetesResources(API, kind).inNamespace(attacker()).list().getItems().stream()
                .map(object -> String.valueOf(
                        ready(attacker(), kind, object.getMetadata().getName()).get("reason")))
                .sorted()
                .toList();
    }

    /** The names of the created clients, in order. */
    private List<String> creates() {
        return stage.simulator().journal().of("CreateUserPoolClient").stream()
                .map(JournalEntry::clientName)
                .toList();
    }
}
