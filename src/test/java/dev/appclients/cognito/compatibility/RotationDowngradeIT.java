package dev.appclients.cognito.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.rotation.OnRotationStage;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The CRDs of the last release replace those of this version during an overlap, and these replace them again. */
class RotationDowngradeIT extends OnRotationStage {

    private static final String COPY = "web-copy";

    private final List<CustomResourceDefinition> shipped = new ArrayList<>();

    @AfterEach
    void installShippedCrds() {
        stage.stopOperator();
        installShippedCrdsAgain();
    }

    /**
     * Version 0.1.0 has no rotation, and its API server removes the fields. Its operator publishes the original secret again. Workloads
     * may use it until they read the Secret again, so it stays valid for a whole overlap after the upgrade.
     */
    @Test
    void aDowngradeDuringAnOverlapEndsWithTheNewSecretAndAnotherWholeOverlap() {
        client(SHARED);
        copy(COPY);
        List<Secret> original = List.of(stage.secret("web"), secretIn(team, COPY));
        String first = liveIds().getFirst();
        String second = rotate("1");
        awaitCarried();

        meanwhile(true, () -> {
            installReleasedCrds();
            assertThat(client().<Map<String, Object>>get("spec")).doesNotContainKey("rotation");
            original.forEach(this::publishAgain);
            stage.simulator().clock().advance(Duration.ofMinutes(20));
            clock.advance(Duration.ofMinutes(20));
            installShippedCrdsAgain();
        });

        awaitPublished(second);
        assertThat(client().<Map<String, Object>>get("spec"))
                .as("fields that the API server has removed")
                .doesNotContainKey("rotation");
        stage.eventually().until(() -> "1".equals(stage.status("web").lastHandledRotateAt()));
        stage.eventually().untilAsserted(() -> stage.applyClient("web", SHARED));
        awaitCarried();
        assertThat(liveIds()).containsExactly(first, second);
        pass(Duration.ofMinutes(9));
        reconcile();
        assertThat(liveIds()).containsExactly(first, second);
        endOverlap(second);
        awaitPublished(second);
        assertReady();
    }

    private void installReleasedCrds() {
        for (Path file : Release.newest().crdFiles()) {
            CustomResourceDefinition released = read(file);
            CustomResourceDefinition live = stage.admin()
                    .apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(released.getMetadata().getName())
                    .require();
            shipped.add(live);
            replace(released);
        }
        // The API server serves a changed CRD a moment later, and removes stored fields with the next write.
        stage.eventually().untilAsserted(() -> {
            stage.annotate("web", "example.com/written-at", Long.toString(System.nanoTime()));
            assertThat(client().<Map<String, Object>>get("status"))
                    .doesNotContainKeys("rotation", "lastHandledRotateAt");
        });
    }

    private void installShippedCrdsAgain() {
        shipped.forEach(this::replace);
        stage.eventually().untilAsserted(() -> stage.applyClient("probe", SHARED));
        stage.delete("probe");
        stage.awaitGone("probe");
    }

    private void replace(CustomResourceDefinition crd) {
        crd.getMetadata().setResourceVersion(null);
        stage.admin().resource(crd).update();
    }

    private static CustomResourceDefinition read(Path file) {
        try {
            return Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the Secret as version 0.1.0 does. */
    private void publishAgain(Secret original) {
        String content = Serialization.asJson(List.of(
                Map.of("op", "replace", "path", "/data", "value", original.getData()),
                Map.of(
                        "op",
                        "replace",
                        "path",
                        "/metadata/annotations",
                        "value",
                        original.getMetadata().getAnnotations())));
        PatchContext asOperator = new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager(Marks.FIELD_MANAGER)
                .build();
        stage.admin().resource(original).patch(asOperator, content);
    }

    private void awaitPublished(String id) {
        stage.eventually().untilAsserted(() -> {
            assertThat(published()).isEqualTo(id);
            assertThat(carried(COPY)).isEqualTo(id);
            assertThat(authenticates("web")).isTrue();
        });
        stage.awaitReady("web");
    }

    private GenericKubernetesResource client() {
        return stage.admin()
                .genericKubernetesResources("cognito.appclients.dev/v1beta1", "UserPoolClient")
                .inNamespace(stage.namespace())
                .withName("web")
                .require();
    }
}
