package dev.appclients.cognito.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.appclients.cognito.gitops.ArgoLua;
import dev.appclients.cognito.model.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the health script of {@code deploy/argocd} on the status of each outcome. */
class ArgoHealthTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** {@code make generate} copies it to the other kinds. */
    private static final Path HEALTH =
            Path.of("deploy/argocd/resource_customizations/cognito.appclients.dev/UserPoolClient/health.lua");

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "synced, Healthy, App client 3abc is in sync",
        "waiting, Progressing, Throttled: The operator retries",
        "refused, Degraded, SecretConflict: Rename the other Secret",
        "paused, Suspended, The operator changes nothing while the annotation cognito.appclients.dev/paused is true. Remove it to resume",
        "unexpected, Progressing, 'UnexpectedError: An unexpected error occurred in the operator. Find ''UnexpectedError'' and the name of this object in the operator''s log, and report the stack trace there. The operator retries within a minute.'",
        "deleting, Progressing, Deleting: Cognito still has the client",
        "deletion-refused, Degraded, AccessDenied: Set deletionPolicy: Retain"
    })
    void eachOutcomeHasItsHealth(String golden, String health, String message) throws IOException {
        JsonNode shown = healthOf(3, status(golden));

        assertThat(shown.get("status").asText()).isEqualTo(health);
        assertThat(shown.get("message").asText()).isEqualTo(message);
    }

    /** Argo CD holds a wave until all its objects are Healthy, and fails the sync when one is Degraded. */
    @ParameterizedTest(name = "a claim with Ready={0}, reason {1}, Stalled={2} is {3}")
    @CsvSource({
        "True, Synced, , Healthy",
        "True, Held, , Healthy",
        "False, NotAvailable, , Healthy",
        "False, SourceNotReady, , Progressing",
        "False, SecretRefused, , Progressing",
        "False, ApiServerUnavailable, , Progressing",
        "False, Paused, , Suspended",
        "False, SecretConflict, True, Degraded",
        "False, SecretNameTaken, True, Degraded",
        "False, SecretImmutable, True, Degraded",
        "False, InvalidSecret, True, Degraded",
        "False, SourceReplaced, True, Degraded"
    })
    void eachReasonOfAClaimHasItsHealth(String ready, String reason, @Nullable String stalled, String health) {
        ObjectNode status = claimStatus(ready, reason, stalled);

        assertThat(healthOf(3, status).get("status").asText()).isEqualTo(health);
        assertThat(healthOf(3, status).get("message").asText()).contains("Said by the operator");
        assertThat(healthOf(4, status).get("status").asText())
                .as("of an earlier generation")
                .isEqualTo("Progressing");
    }

    /** No other reason has a health of its own. */
    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsDegradedWhenAPersonMustActAndProgressingOtherwise(Reason reason) {
        String otherwise = switch (reason) {
            case PAUSED -> "Suspended";
            case NOT_AVAILABLE -> "Healthy";
            default -> "Progressing";
        };

        assertThat(healthOf(3, claimStatus("False", reason.text(), "True")).get("status"))
                .hasToString("\"Degraded\"");
        for (String ready : List.of("False", "Unknown")) {
            assertThat(healthOf(3, claimStatus(ready, reason.text(), null)).get("status"))
                    .hasToString("\"" + otherwise + "\"");
        }
    }

    private static ObjectNode claimStatus(String ready, String reason, @Nullable String stalled) {
        ObjectNode status = YAML.createObjectNode().put("observedGeneration", 3);
        var conditions = status.putArray("conditions");
        conditions
                .addObject()
                .put("type", "Ready")
                .put("status", ready)
                .put("reason", reason)
                .put("message", "Said by the operator");
        if (stalled != null) {
            conditions
                    .addObject()
                    .put("type", "Stalled")
                    .put("status", stalled)
                    .put("reason", reason)
                    .put("message", "Said by the operator");
        }
        return status;
    }

    @Test
    void theReadyOfAnEarlierGenerationIsNotYetHealthy() throws IOException {
        assertThat(healthOf(4, status("synced")).get("status").asText()).isEqualTo("Progressing");
    }

    @Test
    void anObjectThatWasNeverReconciledIsProgressing() throws IOException {
        ObjectNode untouched = YAML.createObjectNode().put("observedGeneration", -1);

        assertThat(healthOf(1, untouched).get("status").asText()).isEqualTo("Progressing");
    }

    private static JsonNode status(String golden) throws IOException {
        return YAML.readTree(
                Path.of("src/test/resources/golden/status/" + golden + ".yaml").toFile());
    }

    private static JsonNode healthOf(long generation, JsonNode status) {
        ObjectNode object = YAML.createObjectNode();
        object.putObject("metadata").put("generation", generation);
        object.set("status", status);
        return ArgoLua.run(HEALTH, object);
    }
}
