package dev.appclients.cognito.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.simulator.Fault;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Applies {@code deploy/examples/gitops} as Argo CD does: wave by wave, each after the health of the wave before. */
class WavesIT extends OnStage {

    private static final Path GITOPS = Path.of("deploy/examples/gitops");
    private static final String NAMESPACE = "shop";

    /** The pool of the example is the user pool of the stage. */
    @BeforeEach
    void prepare() {
        stage.removePool();
        stage.eventually()
                .until(() -> stage.admin().namespaces().withName(NAMESPACE).get() == null);
        stage.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void removeNamespace() {
        kubectl("delete", "upc,deployments", "--all");
        stage.admin().namespaces().withName(NAMESPACE).delete();
    }

    @Test
    void theSecretExistsWhenTheWaveOfTheClientIsHealthy() throws IOException {
        List<JsonNode> manifests = manifests();
        assertThat(manifests.stream().map(manifest -> manifest.path("kind").asText() + " " + wave(manifest)))
                .containsExactly("ClusterUserPool -1", "UserPoolClient 0", "Deployment 1");

        apply(GITOPS.resolve("platform/pool.yaml"));
        awaitHealth("ClusterUserPool", "shop", "Healthy");
        apply(GITOPS.resolve("team/client.yaml"));
        awaitHealth("UserPoolClient", "checkout", "Healthy");

        String needed = manifests
                .getLast()
                .at("/spec/template/spec/containers/0/envFrom/0/secretRef/name")
                .asText();
        Secret secret =
                stage.admin().secrets().inNamespace(NAMESPACE).withName(needed).get();
        assertThat(secret).as(needed).isNotNull();
        assertThat(secret.getData()).containsKeys("CLIENT_ID", "CLIENT_SECRET", "ISSUER");
        apply(GITOPS.resolve("team/deployment.yaml"));
    }

    @Test
    void theWaveWaitsUntilAnEditIsInCognito() throws Exception {
        apply(GITOPS.resolve("platform/pool.yaml"));
        apply(GITOPS.resolve("team/client.yaml"));
        awaitHealth("UserPoolClient", "checkout", "Healthy");
        Fault held = stage.simulator().faults().on("UpdateUserPoolClient").pause();

        assertThat(kubectl(
                        "patch",
                        "upc",
                        "checkout",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"authSessionValidity\":\"5m\"}}"))
                .contains("patched");

        assertThat(health("UserPoolClient", "checkout")).isEqualTo("Progressing");
        held.awaitHit(Duration.ofSeconds(30));
        assertThat(health("UserPoolClient", "checkout")).isEqualTo("Progressing");
        held.release();
        awaitHealth("UserPoolClient", "checkout", "Healthy");
    }

    /** Different Applications have no common waves. */
    @Test
    void theWaveOfAClientWaitsForAPoolOfAnotherApplication() {
        apply(GITOPS.resolve("team/client.yaml"));
        stage.eventually()
                .untilAsserted(
                        () -> assertThat(kubectl("get", "upc", "checkout")).contains("PoolMissing"));
        assertThat(health("UserPoolClient", "checkout")).isEqualTo("Progressing");

        apply(GITOPS.resolve("platform/pool.yaml"));

        awaitHealth("UserPoolClient", "checkout", "Healthy");
    }

    /** The sync fails. A retry, see {@code argocd/team.yaml}, succeeds after the platform team has changed the pool. */
    @Test
    void theWaveOfARefusedClientFailsAndSucceedsAfterThePoolPermitsIt() {
        apply(GITOPS.resolve("platform/pool.yaml"));
        awaitHealth("ClusterUserPool", "shop", "Healthy");
        setNamesOfPool("other");
        apply(GITOPS.resolve("team/client.yaml"));
        awaitHealth("UserPoolClient", "checkout", "Degraded");

        setNamesOfPool(NAMESPACE);

        awaitHealth("UserPoolClient", "checkout", "Healthy");
    }

    private static void setNamesOfPool(String name) {
        String patch = "{\"spec\":{\"namespaces\":{\"names\":[\"" + name + "\"]}}}";
        assertThat(kubectl("patch", "cup", "shop", "--type=merge", "-p", patch)).contains("patched");
    }

    private static List<JsonNode> manifests() throws IOException {
        try (Stream<Path> files =
                Stream.concat(Files.list(GITOPS.resolve("platform")), Files.list(GITOPS.resolve("team")))) {
            return files.map(file -> {
                        try {
                            return ArgoFiles.parse(Files.readString(file));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .sorted(Comparator.comparingInt(WavesIT::wave))
                    .toList();
        }
    }

    private static int wave(JsonNode manifest) {
        return manifest.path("metadata")
                .path("annotations")
                .path("argocd.argoproj.io/sync-wave")
                .asInt();
    }

    private void apply(Path file) {
        assertThat(kubectl("apply", "--server-side", "--field-manager=argocd-controller", "-f", file.toString()))
                .contains("serverside-applied");
    }

    private void awaitHealth(String kind, String name, String health) {
        stage.eventually().untilAsserted(() -> assertThat(health(kind, name)).isEqualTo(health));
    }

    private String health(String kind, String name) {
        return Health.argo(ArgoFiles.parse(kubectl("get", kind, name, "-o", "json")));
    }

    private static String kubectl(String... arguments) {
        return new Kubectl(NAMESPACE).run(arguments).text();
    }
}
