package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.simulator.Simulator;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the examples become Ready, and that the API server accepts every manifest in the documentation. */
class ExamplesIT {

    private static final Path EXAMPLES = Path.of("deploy/examples");
    private static final String NAMESPACE = "shop";
    private static final Pattern YAML_BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
    private static final Pattern OURS =
            Pattern.compile("(?m)^kind: (UserPoolClient|ClientSecretClaim|ClusterUserPool)$");
    private static final Set<String> NAMESPACED = Set.of("UserPoolClient", "ClientSecretClaim");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static KubernetesClient admin;

    /** A manifest and its file. */
    record Found(Path file, String text) {
        @Override
        public String toString() {
            return file + ": "
                    + text.lines()
                            .filter(line -> line.contains("name:"))
                            .findFirst()
                            .orElse("");
        }
    }

    @BeforeAll
    static void open() {
        admin = TestCluster.admin();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .fieldManager("user")
                .serverSideApply();
    }

    @AfterAll
    static void close() {
        admin.namespaces().withName(NAMESPACE).delete();
        admin.close();
    }

    static List<Found> examples() {
        return in(EXAMPLES, ".yaml")
                .flatMap(file -> documents(file, read(file)))
                .toList();
    }

    static List<Found> manifestsInTheDocumentation() {
        return Stream.concat(Stream.of(Path.of("README.md")), in(Path.of("src/docs"), ".md"))
                .flatMap(file -> YAML_BLOCK
                        .matcher(read(file))
                        .results()
                        .flatMap(block -> documents(file, block.group(1)))
                        .filter(found -> OURS.matcher(found.text()).find()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theApiServerAcceptsAnExample(Found example) {
        assertAccepted(example);
    }

    @ParameterizedTest
    @MethodSource("manifestsInTheDocumentation")
    void theApiServerAcceptsAManifestOfTheDocumentation(Found manifest) {
        assertAccepted(manifest);
    }

    @Test
    void theExamplesBecomeReadyInTheOrderOfTheirNames() {
        try (Simulator simulator = Simulator.start()) {
            simulator.quotas().off();
            simulator
                    .pool("eu-west-1_Customers")
                    .prefixDomain("customers")
                    .resourceServer("orders", "read", "write")
                    .identityProvider("Google", "Google")
                    .identityProvider("CorpSAML", "SAML");
            try (RunningOperator operator = RunningOperator.start(simulator.endpoint())) {
                examples().forEach(ExamplesIT::apply);

                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(50))
                        .untilAsserted(() -> assertThat(clients())
                                .extracting(client -> client.getMetadata().getName(), ExamplesIT::ready)
                                .containsExactlyInAnyOrder(
                                        tuple("web", "True"), tuple("spa", "True"), tuple("reports", "True")));
                assertThat(secret("web").getData()).containsKeys("client-id", "client-secret", "issuer");
                assertThat(secret("spa").getData()).containsKey("client-id").doesNotContainKey("client-secret");
                assertThat(secret("reports-oauth").getData()).containsKeys("client-secret", "token-uri");
                removeAll();
            }
        }
    }

    private static void removeAll() {
        admin.resources(UserPoolClient.class).inNamespace(NAMESPACE).delete();
        await().atMost(PATIENCE).until(() -> clients().isEmpty());
        admin.resources(ClusterUserPool.class).withName("customers").delete();
        await().atMost(PATIENCE)
                .until(() -> admin.resources(ClusterUserPool.class)
                                .withName("customers")
                                .get()
                        == null);
    }

    private static List<UserPoolClient> clients() {
        return admin.resources(UserPoolClient.class)
                .inNamespace(NAMESPACE)
                .list()
                .getItems();
    }

    private static String ready(UserPoolClient client) {
        return Conditions.find(client.getStatus().conditions(), Conditions.READY)
                .map(condition -> condition.getStatus())
                .orElse("not yet");
    }

    private static Secret secret(String name) {
        return admin.secrets().inNamespace(NAMESPACE).withName(name).require();
    }

    private static void apply(Found found) {
        admin.resource(object(found)).fieldManager("user").forceConflicts().serverSideApply();
    }

    private static void assertAccepted(Found found) {
        GenericKubernetesResource object = object(found);
        if (NAMESPACED.contains(object.getKind())) {
            // The documentation uses namespaces that this cluster does not have.
            object.getMetadata().setNamespace(NAMESPACE);
        }
        assertThatCode(() -> admin.resource(object)
                        .dryRun()
                        .fieldValidation(Validation.STRICT)
                        .fieldManager("user")
                        .forceConflicts()
                        .serverSideApply())
                .doesNotThrowAnyException();
    }

    private static GenericKubernetesResource object(Found found) {
        GenericKubernetesResource object = Serialization.unmarshal(found.text(), GenericKubernetesResource.class);
        if (NAMESPACED.contains(object.getKind()) && object.getMetadata().getNamespace() == null) {
            object.getMetadata().setNamespace(NAMESPACE);
        }
        return object;
    }

    private static Stream<Found> documents(Path file, String text) {
        return Arrays.stream(text.split("(?m)^---$")).map(document -> new Found(file, document));
    }

    private static Stream<Path> in(Path directory, String end) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
