package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.simulator.LiveSecret;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The rotations of the clients of a scene, each from its original secret to the second one. */
final class SceneRotation {

    /** A client with the shortest overlap. */
    static final String SPEC = Scenario.SPEC + "rotation: {overlap: 10m, maxOverlap: 1h}\n";

    static final Duration OVERLAP = Duration.ofMinutes(10);

    private final Scene scene;
    private final Stage stage;

    SceneRotation(Scene scene) {
        this.scene = scene;
        this.stage = scene.stage();
    }

    /** Requests the rotation of the client's secret. */
    void request(String name) {
        stage.annotate(name, Annotations.ROTATE_REQUESTED_AT, "1");
    }

    /** Asks the operator to delete the previous secret at once. */
    void revokePrevious(String name) {
        stage.annotate(
                name, Annotations.RETIRE_SECRET, state(name).at("/previous/id").asText());
    }

    /** Lets the overlap of the client end for Cognito and the operator, and triggers a reconciliation. */
    void passOverlap(String name) {
        // Read once: the record of a client that retires changes at any moment.
        JsonNode state = state(name);
        if (!state.has("carriedAt")) {
            // The clients share the time, so the retirement of this one has begun.
            return;
        }
        Instant carriedAt = Instant.parse(state.path("carriedAt").asText());
        if (stage.simulator().clock().instant().isBefore(carriedAt.plus(OVERLAP))) {
            scene.pass(OVERLAP.plusMinutes(1));
            scene.wake();
        }
    }

    /** Waits until the second secret is published everywhere and the original one is still valid. */
    void awaitOverlap(String name) {
        stage.eventually().untilAsserted(() -> {
            assertThat(state(name).path("phase").asText()).isEqualTo("Overlap");
            assertThat(state(name).has("carriedAt")).as("all copies carry it").isTrue();
            assertThat(stage.status(name).rotation().phase()).isEqualTo("Overlap");
            assertThat(live(name)).hasSize(2);
            assertPublished(name);
        });
        scene.deletions().assertNoViolation();
    }

    /** Waits until the second secret is the only one. */
    void awaitRetired(String name) {
        stage.eventually().untilAsserted(() -> {
            assertThat(state(name).path("phase").asText()).isEqualTo("Steady");
            assertThat(record(name).getData()).doesNotContainKeys("previous", "next");
            assertThat(stage.status(name).rotation().phase()).isEqualTo("Steady");
            assertThat(live(name)).hasSize(1);
            assertPublished(name);
        });
        scene.deletions().assertNoViolation();
    }

    /** Only one secret was published after the original one, whatever the number of those that were added. */
    private void assertPublished(String name) {
        String published = state(name).at("/current/id").asText();
        Map<String, String> data = stage.data(name);
        UserPoolClientStatus status = stage.status(name);
        assertThat(state(name).path("revision").asInt()).as("revision").isEqualTo(2);
        assertThat(stage.secret(name).getMetadata().getAnnotations()).containsEntry(Marks.CLIENT_SECRET_ID, published);
        assertThat(status.secret().secretId()).isEqualTo(published);
        assertThat(status.lastHandledRotateAt()).isEqualTo("1");
        assertThat(live(name))
                .filteredOn(secret -> secret.id().equals(published))
                .as("the published secret is the client's")
                .extracting(LiveSecret::value)
                .containsExactly(data.get("client-secret"));
        assertThat(stage.simulator().authenticate(data.get("client-id"), data.get("client-secret")))
                .as("authenticates")
                .isTrue();
    }

    /** The public part of the client's record. */
    JsonNode state(String name) {
        return SecretDeletions.state(record(name));
    }

    private Secret record(String name) {
        return Objects.requireNonNull(stage.secret(recordName(name)), "record");
    }

    /** The name of the client's record. */
    String recordName(String name) {
        return recordName(stage, name);
    }

    static String recordName(Stage stage, String name) {
        return "rotation-"
                + ClientName.suffix(stage.client(name).getMetadata().getUid()).substring(1);
    }

    List<LiveSecret> live(String name) {
        return scene.clientOf(name).secrets();
    }
}
