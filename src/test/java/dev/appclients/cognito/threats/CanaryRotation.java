package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.simulator.Fault;
import dev.appclients.cognito.simulator.LiveSecret;
import dev.appclients.cognito.simulator.Switch;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Rotates client secrets, and collects each value that a record of a rotation ever has. */
final class CanaryRotation implements AutoCloseable {

    private final Stage stage;
    private final Set<String> values = ConcurrentHashMap.newKeySet();
    private final SharedIndexInformer<Secret> records;

    CanaryRotation(Stage stage) {
        this.stage = stage;
        records = stage.admin()
                .secrets()
                .inNamespace(stage.namespace())
                .withLabel(Marks.ROTATION_OF)
                .inform(new Collector());
    }

    /** The current, next and previous values of all records so far. */
    Set<String> values() {
        return values;
    }

    /**
     * Handles values in each way that a rotation has: Cognito refuses a supplied value and quotes it, generates one, and its answer is
     * lost. The operator publishes, restores, retires, and is interrupted by a deletion.
     *
     * @param secretName of the client {@code web}
     */
    void handle(String secretName) {
        String before = value(secretName);
        String original = live().getFirst().id();
        stage.simulator().switches().set(Switch.SUPPLIED_SECRETS_REFUSED, true);
        stage.annotate("web", Annotations.ROTATE_REQUESTED_AT, "1");
        stage.eventually().until(() -> !value(secretName).equals(before));
        stage.simulator().switches().set(Switch.SUPPLIED_SECRETS_REFUSED, false);
        String rotated = value(secretName);
        stage.eventually().until(() -> rotated.equals(stage.data("copy").get("CLIENT_SECRET")));
        stage.eventually()
                .untilAsserted(() -> assertThat(values)
                        .as("the refused value, and both valid ones")
                        .hasSizeGreaterThanOrEqualTo(3));

        stage.deleteSecret(secretName);
        stage.eventually().until(() -> rotated.equals(value(secretName)));
        stage.annotate("web", Annotations.RETIRE_SECRET, original);
        stage.eventually().until(() -> live().size() == 1);
        stage.awaitReady("web");
        loseAnAnswer();
    }

    private void loseAnAnswer() {
        stage.applyClient("rotated", "appType: Confidential\n");
        stage.awaitReady("rotated");
        int known = values.size();
        Fault lost = stage.simulator()
                .faults()
                .on("AddUserPoolClientSecret")
                .times(1)
                .dropAfterCommit();
        stage.annotate("rotated", Annotations.ROTATE_REQUESTED_AT, "1");
        // Not the condition: the retry a second later ends the state that it shows.
        stage.eventually().until(() -> lost.hits() == 1 && values.size() == known + 2);
        stage.delete("rotated");
        stage.awaitGone("rotated");
    }

    private List<LiveSecret> live() {
        return stage.simulator()
                .client(Stage.POOL_ID, stage.status("web").clientId())
                .secrets();
    }

    private String value(String secretName) {
        return Optional.ofNullable(stage.secret(secretName))
                .map(secret -> secret.getData().get("client-secret"))
                .map(CanaryRotation::decoded)
                .orElse("");
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        records.close();
    }

    private final class Collector implements ResourceEventHandler<Secret> {

        @Override
        public void onAdd(Secret secret) {
            Map<String, String> data = secret.getData();
            for (String key : List.of("current", "next", "previous")) {
                String value = data.get(key);
                if (value != null) {
                    values.add(decoded(value));
                }
            }
        }

        @Override
        public void onUpdate(Secret older, Secret newer) {
            onAdd(newer);
        }

        @Override
        public void onDelete(Secret secret, boolean isFinalStateUnknown) {
            onAdd(secret);
        }
    }
}
