package dev.appclients.cognito.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** Runs the script in {@code deploy/argocd} on the status of each outcome, in the Lua that Argo CD uses. */
class ArgoHealthTest {

    private static final YAMLMapper YAML = new YAMLMapper();

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
        LuaValue shown = healthOf(3, status(golden));

        assertThat(shown.get("status").tojstring()).isEqualTo(health);
        assertThat(shown.get("message").tojstring()).isEqualTo(message);
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

        assertThat(healthOf(3, status).get("status").tojstring()).isEqualTo(health);
        assertThat(healthOf(3, status).get("message").tojstring()).contains("Said by the operator");
        assertThat(healthOf(4, status).get("status").tojstring())
                .as("of an earlier generation")
                .isEqualTo("Progressing");
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
        assertThat(healthOf(4, status("synced")).get("status").tojstring()).isEqualTo("Progressing");
    }

    @Test
    void anObjectThatWasNeverReconciledIsProgressing() throws IOException {
        ObjectNode untouched = YAML.createObjectNode().put("observedGeneration", -1);

        assertThat(healthOf(1, untouched).get("status").tojstring()).isEqualTo("Progressing");
    }

    private static JsonNode status(String golden) throws IOException {
        return YAML.readTree(
                Path.of("src/test/resources/golden/status/" + golden + ".yaml").toFile());
    }

    private static LuaValue healthOf(long generation, JsonNode status) {
        ObjectNode object = YAML.createObjectNode();
        object.putObject("metadata").put("generation", generation);
        object.set("status", status);
        var lua = JsePlatform.standardGlobals();
        lua.set("obj", toLua(object));
        return lua.loadfile("deploy/argocd/health.lua").call();
    }

    private static LuaValue toLua(JsonNode node) {
        if (node.isObject()) {
            LuaTable table = new LuaTable();
            node.properties().forEach(field -> table.set(field.getKey(), toLua(field.getValue())));
            return table;
        }
        if (node.isArray()) {
            LuaTable table = new LuaTable();
            node.forEach(item -> table.set(table.length() + 1, toLua(item)));
            return table;
        }
        return node.isNumber() ? LuaValue.valueOf(node.asInt()) : LuaValue.valueOf(node.asText());
    }
}
