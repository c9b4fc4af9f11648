package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.rotation.OnRotationStage;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The client's Secret, the record of its rotation, or both come back from before a rotation. The client's Secret ends with a secret
 * that Cognito accepts, and no secret that a workload may use is deleted.
 */
class RestoredRotationIT extends OnRotationStage {

    private static final String ANOTHER_TOOL = "velero";

    private Secret olderSecret;
    private Secret olderRecord;
    private String first;
    private String second;

    /** Rotates twice. The backup is from the end of the first rotation. */
    private void rotateTwice() {
        client(ROTATED);
        first = rotate("1");
        endOverlap(first);
        olderSecret = stage.secret("web");
        olderRecord = record();
        second = rotate("2");
        endOverlap(second);
    }

    @ParameterizedTest(name = "operator down: {0}")
    @ValueSource(booleans = {false, true})
    void anOlderSecretIsRewrittenFromTheRecordWithoutACall(boolean operatorIsDown) {
        rotateTwice();
        stage.forgetCalls();

        meanwhile(operatorIsDown, () -> restore(olderSecret, Marks.FIELD_MANAGER));

        awaitPublished(second);
        assertNoCallForTheClient();
    }

    @ParameterizedTest(name = "operator down: {0}")
    @ValueSource(booleans = {false, true})
    void anOlderSecretThatAnotherToolRestoresIsRewrittenWithoutACall(boolean operatorIsDown) {
        rotateTwice();
        stage.forgetCalls();

        meanwhile(operatorIsDown, () -> restore(olderSecret, ANOTHER_TOOL));

        awaitPublished(second);
        assertNoCallForTheClient();
    }

    @ParameterizedTest
    @ValueSource(strings = {Marks.FIELD_MANAGER, ANOTHER_TOOL})
    void anOlderRecordPublishesNoSecretThatIsGone(String manager) {
        rotateTwice();
        String value = stage.data("web").get("client-secret");
        try (PublishedValues published = new PublishedValues(stage)) {
            meanwhile(true, () -> restore(olderRecord, manager));
            stage.eventually().untilAsserted(() -> {
                assertThat(rotation().phase()).isEqualTo("Steady");
                assertThat(SecretDeletions.state(record()).at("/current/id").asText())
                        .isEqualTo(second);
            });

            awaitPublished(second);
            assertThat(published.of("web")).hasSizeLessThanOrEqualTo(1);
            assertThat(stage.data("web")).containsEntry("client-secret", value);
        }
    }

    /** Both of them, by a snapshot of etcd or by a tool: only Cognito shows that the published secret is gone. */
    @ParameterizedTest
    @ValueSource(strings = {Marks.FIELD_MANAGER, ANOTHER_TOOL})
    void anOlderSecretAndAnOlderRecordLeadToANewSecret(String manager) {
        rotateTwice();

        meanwhile(true, () -> {
            restore(olderRecord, manager);
            restore(olderSecret, manager);
        });

        // The restored record shows the second request as not handled. The rotation by need serves it.
        stage.eventually().untilAsserted(() -> {
            assertThat(authenticates("web")).isTrue();
            assertThat(published()).isNotIn("", first, second);
        });
        assertThat(liveIds()).contains(second, published());
        stage.eventually()
                .untilAsserted(() -> assertThat(SecretDeletions.state(record()).has("carriedAt"))
                        .isTrue());
        if (manager.equals(Marks.FIELD_MANAGER)) {
            // The record does not tell where the second secret comes from, so a person decides.
            pass(Duration.ofMinutes(11));
            stage.eventually()
                    .untilAsserted(() -> assertThat(rotation().phase()).isEqualTo("Steady"));
            stage.annotate("web", RETIRE, second);
        } else {
            pass(Duration.ofMinutes(11));
        }
        stage.eventually().untilAsserted(() -> {
            assertThat(liveIds()).doesNotContain(second).contains(published());
            assertThat(authenticates("web")).isTrue();
        });
    }

    private void assertNoCallForTheClient() {
        assertThat(stage.simulator().journal().entries())
                .filteredOn(entry -> entry.clientId() != null)
                .isEmpty();
    }

    private void awaitPublished(String id) {
        stage.eventually().untilAsserted(() -> {
            assertThat(published()).isEqualTo(id);
            assertThat(authenticates("web")).isTrue();
            assertThat(stage.status("web").secret().secretId()).isEqualTo(id);
        });
        stage.awaitReady("web");
    }

    /** Replaces the Secret by its older content. */
    private void restore(Secret older, String manager) {
        String content = Serialization.asJson(List.of(
                Map.of("op", "replace", "path", "/data", "value", older.getData()),
                Map.of(
                        "op",
                        "replace",
                        "path",
                        "/metadata/annotations",
                        "value",
                        older.getMetadata().getAnnotations())));
        PatchContext by = new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager(manager)
                .build();
        stage.admin()
                .secrets()
                .inNamespace(stage.namespace())
                .withName(older.getMetadata().getName())
                .patch(by, content);
    }
}
