package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.RotationStatus;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.LiveSecret;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Base of the tests of rotations: a client {@code web}, and a clock that the operator and Cognito share. */
public abstract class OnRotationStage extends OnStage {

    public static final String ROTATE = "cognito.appclients.dev/rotate-requested-at";
    public static final String RETIRE = "cognito.appclients.dev/retire-secret";

    /** The shortest overlap. */
    public static final String ROTATED = WEB + "rotation: {overlap: 10m, maxOverlap: 1h}\n";

    /** Creates the client, and returns its id. */
    public String client(String spec) {
        stage.applyClient("web", spec);
        return stage.awaitReady("web").clientId();
    }

    /** Requests a rotation, and waits until the new secret is published. Returns its id. */
    public String rotate(String request) {
        String before = published();
        stage.annotate("web", ROTATE, request);
        stage.eventually().untilAsserted(() -> {
            assertThat(published()).isNotEqualTo(before);
            assertThat(rotation().phase()).isEqualTo("Overlap");
        });
        return published();
    }

    /** Lets time pass for Cognito and the operator, and has the client reconciled. */
    public void pass(Duration time) {
        stage.simulator().clock().advance(time);
        clock.advance(time);
        stage.wake("web");
    }

    /** The id of the client secret that the client's Secret names; empty for the original. */
    public String published() {
        return Optional.ofNullable(stage.secret("web"))
                .map(secret -> secret.getMetadata().getAnnotations().get("cognito.appclients.dev/client-secret-id"))
                .orElse("");
    }

    /** The secrets in Cognito, oldest first. */
    public List<LiveSecret> live() {
        return stage.simulator()
                .client(Stage.POOL_ID, stage.status("web").clientId())
                .secrets();
    }

    public List<String> liveIds() {
        return live().stream().map(LiveSecret::id).toList();
    }

    public RotationStatus rotation() {
        return stage.status("web").rotation();
    }

    /** The record of the rotation. */
    public Secret record() {
        return stage.secret(recordName());
    }

    public String recordName() {
        String uid = stage.client("web").getMetadata().getUid();
        return "rotation-" + uid.replace("-", "").substring(0, 10);
    }

    /** Whether the value in the Secret authenticates. */
    public boolean authenticates(String secretName) {
        return stage.simulator()
                .authenticate(
                        stage.status("web").clientId(), stage.data(secretName).get("client-secret"));
    }
}
