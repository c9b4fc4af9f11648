package dev.appclients.cognito.controller.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Entries that policies and users add to the operator's Secret stay, and cause no restore. */
class ForeignMetadataIT extends OnStage {

    private static final String PART_OF = "app.kubernetes.io/part-of";

    @TempDir
    Path directory;

    /** Each way to change the Secret leaves other managed fields. */
    enum Way {
        PATCH {
            @Override
            void add(Stage stage, Path file) {
                run(stage, "patch", "secret", "web", "--type=merge", "-p", """
                        {"data": {"cookie-secret": "Y29va2ll"}, "metadata": {"labels": {"%s": "argocd"}}}""".formatted(PART_OF));
            }
        },
        CLIENT_SIDE_APPLY {
            @Override
            void add(Stage stage, Path file) {
                run(stage, "apply", "-f", file.toString());
            }
        },
        SERVER_SIDE_APPLY {
            @Override
            void add(Stage stage, Path file) {
                run(stage, "apply", "--server-side", "--field-manager=argocd", "-f", file.toString());
            }
        },
        EDIT {
            @Override
            void add(Stage stage, Path file) {
                stage.editSecret("web", secret -> {
                    secret.getData().put("cookie-secret", "Y29va2ll");
                    secret.getMetadata().getLabels().put(PART_OF, "argocd");
                });
            }
        };

        abstract void add(Stage stage, Path file);

        static void run(Stage stage, String... arguments) {
            Kubectl.Output output = new Kubectl(stage.namespace()).run(arguments);
            assertThat(output.exitCode()).as(output.text()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyAndALabelThatAUserAddsSurviveAnUpdateAndARestore(Way way) throws IOException {
        Map<String, String> before = published();
        way.add(stage, manifest());
        stage.wake("web");
        assertThat(stage.events("web")).isEmpty();

        stage.applyClient("web", WEB.replace("/callback", "/other"));
        stage.eventually()
                .untilAsserted(() ->
                        assertThat(stage.data("web")).containsEntry("redirect-uri", "https://shop.example.com/other"));
        assertAdded();

        stage.editSecret("web", secret -> secret.getData().put("client-secret", "Zm9yZ2Vk"));
        stage.eventually()
                .untilAsserted(() ->
                        assertThat(stage.data("web")).containsEntry("client-secret", before.get("client-secret")));
        assertAdded();
        stage.awaitReady("web");
    }

    /** The policy changes the operator's create and update, so the operator owns a field with another value than it sent. */
    @Test
    void aPolicyThatSetsALabelOnEverySecretCausesNoRestore() throws IOException {
        String policy = policy();
        Way.run(
                stage,
                "apply",
                "-f",
                Files.writeString(directory.resolve("policy.yaml"), policy).toString());
        try {
            stage.eventually().until(this::isMutated);
            Map<String, String> before = published();
            for (int i = 0; i < 5; i++) {
                stage.wake("web");
            }
            assertSetByPolicy();
            assertThat(stage.events("web")).isEmpty();
            assertThat(stage.calls()).isEmpty();

            stage.applyClient("web", WEB.replace("/callback", "/other"));
            stage.eventually()
                    .untilAsserted(() -> assertThat(stage.data("web"))
                            .containsEntry("redirect-uri", "https://shop.example.com/other"));
            String version = live().getMetadata().getResourceVersion();
            for (int i = 0; i < 5; i++) {
                stage.wake("web");
            }
            assertSetByPolicy();
            assertThat(live().getMetadata().getResourceVersion()).isEqualTo(version);
            assertThat(stage.events("web")).doesNotContain("SecretRestored", "SecretContested");
            stage.awaitReady("web");
            assertThat(stage.data("web")).containsEntry("client-secret", before.get("client-secret"));
        } finally {
            Way.run(stage, "delete", "-f", directory.resolve("policy.yaml").toString());
        }
    }

    @Test
    void aForeignManagedByCausesNoWriteAndIsRestoredByTheNextOne() {
        published();
        for (int i = 0; i < 5; i++) {
            int round = i;
            stage.editSecret(
                    "web", secret -> secret.getMetadata().getLabels().put(Marks.MANAGED_BY, "platform-" + round));
            stage.wake("web");
        }
        assertThat(live().getMetadata().getLabels()).containsEntry(Marks.MANAGED_BY, "platform-4");
        assertThat(stage.events("web")).isEmpty();
        stage.awaitReady("web");

        stage.applyClient("web", WEB.replace("/callback", "/other"));

        stage.eventually()
                .untilAsserted(() -> assertThat(live().getMetadata().getLabels())
                        .containsEntry(Marks.MANAGED_BY, Marks.FIELD_MANAGER));
        assertThat(stage.events("web")).doesNotContain("SecretRestored", "SecretContested");
    }

    private void assertAdded() {
        assertThat(stage.data("web")).containsEntry("cookie-secret", "cookie");
        assertThat(live().getMetadata().getLabels()).containsEntry(PART_OF, "argocd");
    }

    private void assertSetByPolicy() {
        assertThat(live().getMetadata().getLabels())
                .containsEntry(Marks.MANAGED_BY, "platform")
                .containsEntry("team", "platform");
        assertThat(live().getMetadata().getAnnotations()).containsEntry("example.com/seen", "yes");
    }

    private Map<String, String> published() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        stage.wake("web");
        stage.forgetCalls();
        return stage.data("web");
    }

    private Secret live() {
        return Objects.requireNonNull(stage.secret("web"));
    }

    private boolean isMutated() {
        Secret probe = stage.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("probe")
                        .withNamespace(stage.namespace())
                        .addToLabels("a", "b")
                        .addToAnnotations("a", "b")
                        .endMetadata()
                        .build())
                .dryRun()
                .create();
        return "platform".equals(probe.getMetadata().getLabels().get(Marks.MANAGED_BY));
    }

    private Path manifest() throws IOException {
        return Files.writeString(directory.resolve("secret.yaml"), """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: web
                  labels: {%s: argocd}
                data: {cookie-secret: Y29va2ll}
                """.formatted(PART_OF));
    }

    private String policy() {
        return """
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingAdmissionPolicy
                metadata: {name: NAME}
                spec:
                  failurePolicy: Fail
                  reinvocationPolicy: Never
                  matchConstraints:
                    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NAME}}
                    resourceRules:
                    - {apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [secrets]}
                  matchConditions:
                  - {name: labelled, expression: "has(object.metadata.labels) && has(object.metadata.annotations)"}
                  mutations:
                  - patchType: JSONPatch
                    jsonPatch:
                      expression: >
                        [JSONPatch{op: "add", path: "/metadata/labels/" + jsonpatch.escapeKey("app.kubernetes.io/managed-by"), value: "platform"},
                         JSONPatch{op: "add", path: "/metadata/labels/team", value: "platform"},
                         JSONPatch{op: "add", path: "/metadata/annotations/" + jsonpatch.escapeKey("example.com/seen"), value: "yes"}]
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingAdmissionPolicyBinding
                metadata: {name: NAME}
                spec: {policyName: NAME}
                """.replace("NAME", stage.namespace());
    }
}
