package dev.appclients.cognito.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The patch for {@code argocd-cm} adds the scripts to an existing Argo CD, by kubectl, by kustomize and as values of the Helm chart. */
class ArgoConfigMapIT {

    private static final Path PATCH = ArgoFiles.ARGOCD.resolve("argocd-cm.yaml");

    @TempDir
    private Path directory;

    @Test
    void kubectlAddsTheScriptsAndKeepsTheOtherSettings() {
        try (KubernetesClient admin = TestCluster.admin()) {
            var map = admin.resource(new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName("argocd-cm")
                    .withNamespace("default")
                    .endMetadata()
                    .withData(Map.of("url", "https://argocd.example.com"))
                    .build());
            map.create();

            Kubectl.Output patched =
                    new Kubectl("default").run("patch", "configmap", "argocd-cm", "--patch-file", PATCH.toString());

            assertThat(patched.exitCode()).as(patched.text()).isZero();
            assertThat(map.get().getData()).containsEntry("url", "https://argocd.example.com").hasSize(7);
            map.delete();
        }
    }

    @Test
    void kustomizeAddsTheScriptsToItsArgoCd() throws IOException {
        Files.writeString(directory.resolve("cm.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: argocd-cm}
                data: {url: "https://argocd.example.com"}
                """);
        Files.writeString(directory.resolve("kustomization.yaml"), """
                namespace: argocd
                resources: [cm.yaml]
                components: [component]
                """);
        Files.createDirectory(directory.resolve("component"));
        for (String file : new String[] {"kustomization.yaml", "argocd-cm.yaml"}) {
            Files.copy(ArgoFiles.ARGOCD.resolve(file), directory.resolve("component").resolve(file));
        }

        Kubectl.Output rendered = new Kubectl("default").run("kustomize", directory.toString());

        assertThat(rendered.exitCode()).as(rendered.text()).isZero();
        JsonNode data = ArgoFiles.parse(rendered.text()).path("data");
        assertThat(data).hasSize(7);
        assertThat(data.path("url").asText()).isEqualTo("https://argocd.example.com");
    }

    /** Argo CD reads the actions of a kind as YAML with its own fields. */
    @Test
    void everyEntryHasTheScriptsOfItsKind() throws IOException {
        JsonNode data = ArgoFiles.parse(Files.readString(PATCH)).path("data");

        assertThat(ArgoFiles.parse(Files.readString(ArgoFiles.ARGOCD.resolve("values.yaml"))).at("/configs/cm"))
                .isEqualTo(data);
        for (String kind : ArgoFiles.KINDS) {
            String key = "cognito.appclients.dev_" + kind;
            assertThat(data.path("resource.customizations.health." + key).asText())
                    .isEqualTo(Files.readString(ArgoFiles.of(kind).resolve("health.lua")));
            JsonNode actions =
                    ArgoFiles.parse(data.path("resource.customizations.actions." + key).asText());
            assertThat(actions.path("discovery.lua").asText())
                    .isEqualTo(Files.readString(ArgoFiles.of(kind).resolve("actions/discovery.lua")));
            for (JsonNode definition : actions.path("definitions")) {
                assertThat(definition.path("action.lua").asText())
                        .isEqualTo(Files.readString(ArgoFiles.of(kind)
                                .resolve("actions/" + definition.path("name").asText() + "/action.lua")));
            }
            assertThat(actions.path("definitions")).hasSize(ArgoFiles.ACTIONS.get(kind).size());
        }
    }
}
