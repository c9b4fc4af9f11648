package dev.appclients.cognito.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.simulator.LiveSecret;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Judges every request to delete a client secret before Cognito receives it. No Secret of the operator may carry the secret then, and
 * a rule of the rotation must ask for the deletion.
 */
final class SecretDeletions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stage stage;
    private final List<String> violations = new CopyOnWriteArrayList<>();

    SecretDeletions(Stage stage) {
        this.stage = stage;
    }

    /** Judges a DeleteUserPoolClientSecret. */
    void judge(Message request) {
        try {
            JsonNode body = JSON.readTree(request.body());
            judge(body.path("ClientId").asText(), body.path("ClientSecretId").asText());
        } catch (JsonProcessingException | RuntimeException failed) {
            violations.add("A deletion could not be judged: " + failed);
        }
    }

    private void judge(String clientId, String secretId) {
        List<LiveSecret> live =
                stage.simulator().client(Stage.POOL_ID, clientId).secrets();
        if (live.stream().noneMatch(secret -> secret.id().equals(secretId))) {
            return;
        }
        stage.admin().secrets().inAnyNamespace().withLabel(Marks.CLIENT_UID).list().getItems().stream()
                .filter(secret -> clientId.equals(annotation(secret, Marks.CLIENT_ID)))
                .filter(secret -> secretId.equals(carried(secret, live)))
                .forEach(secret ->
                        violations.add("Secret " + secret.getMetadata().getName() + " carries " + secretId));
        if (!isNamed(secretId) && !isInRecord(clientId, secretId)) {
            violations.add("No rule asks for the deletion of " + secretId);
        }
    }

    private static @Nullable String carried(Secret secret, List<LiveSecret> live) {
        String named = annotation(secret, Marks.CLIENT_SECRET_ID);
        return named != null
                ? named
                : live.stream()
                        .filter(LiveSecret::original)
                        .map(LiveSecret::id)
                        .findFirst()
                        .orElse(null);
    }

    private boolean isNamed(String secretId) {
        return stage.admin().resources(UserPoolClient.class).inNamespace(stage.namespace()).list().getItems().stream()
                .anyMatch(client -> secretId.equals(Annotations.value(client, Annotations.RETIRE_SECRET)));
    }

    /** The previous secret of an overlap, or one that was added after the record was staged. */
    private boolean isInRecord(String clientId, String secretId) {
        return stage
                .admin()
                .secrets()
                .inNamespace(stage.namespace())
                .withLabel(Marks.ROTATION_OF)
                .list()
                .getItems()
                .stream()
                .map(SecretDeletions::state)
                .filter(state -> state.toString().contains(clientId + "--"))
                .anyMatch(state -> switch (state.path("phase").asText()) {
                    case "Overlap" -> secretId.equals(state.at("/previous/id").asText());
                    case "Staged" -> !state.path("baseline").toString().contains("\"" + secretId + "\"");
                    default -> false;
                });
    }

    /** The public part of a record. */
    static JsonNode state(Secret rotationRecord) {
        try {
            return JSON.readTree(new String(
                    Base64.getDecoder().decode(rotationRecord.getData().get("state")), UTF_8));
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static @Nullable String annotation(Secret secret, String name) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(name);
    }

    void assertNoViolation() {
        assertThat(violations).as("deleted client secrets").isEmpty();
    }
}
