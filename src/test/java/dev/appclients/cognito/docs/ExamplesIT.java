package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.simulator.Simulator;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the examples become Ready, and that the API server accepts every manifest in the documentation. */
class ExamplesIT {

    private static final Path EXAMPLES = Path.of("deploy/examples");
    private static final String NAMESPACE = "shop";
    private static final List<String> NAMESPACES = List.of(NAMESPACE, "shop-jobs", "team-c", "platform");
    private static final Pattern YAML_BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
    private static final Pattern OURS =
            Pattern.compile("(?m)^kind: (UserPoolClient|ClientSecretClaim|ClusterUserPool)$");
    private static final Set<String> NAMESPACED = Set.of("UserPoolClient", "ClientSecretClaim");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    /** Removes the objects while the operator, which removes their finalizers, still runs. */
    @FunctionalInterface
    private interface Removal extends AutoCloseable {
        @Override
        void close();
    }

    @BeforeAll
    static void open() {
        admin = TestCluster.admin();
        // The manifests of the documentation and of the consumers are in these namespaces too.
        NAMESPACES.forEach(name -> createNamespace(admin, name));
    }

    /** Creates a namespace, after another test's namespace of this name is gone. */
    static void createNamespace(KubernetesClient admin, String name) {
        await().atMost(PATIENCE).until(() -> {
            Namespace found = admin.namespaces().withName(name).get();
            return found == null || found.getMetadata().getDeletionTimestamp() == null;
        });
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .fieldManager("user")
                .serverSideApply();
    }

    @AfterAll
    static void close() {
        NAMESPACES.forEach(name -> admin.namespaces().withName(name).delete());
        admin.close();
    }

    /** The manifests that {@code make run} applies: not those in directories. */
    static List<Found> examples() {
        return in(EXAMPLES, ".yaml")
                .filter(file -> EXAMPLES.equals(file.getParent()))
                .flatMap(file -> documents(file, read(file)))
                .toList();
    }

    static List<Found> restricted() {
        return in(EXAMPLES.resolve("restricted"), ".yaml")
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
    @MethodSource({"examples", "restricted"})
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
            try (RunningOperator operator = RunningOperator.start(simulator.endpoint());
                    Removal removal = ExamplesIT::removeAll) {
                examples().forEach(ExamplesIT::apply);

                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(50))
                        .untilAsserted(() -> assertThat(clients())
                                .extracting(client -> client.getMetadata().getName(), ExamplesIT::ready)
                                .containsExactlyInAnyOrder(
                                        tuple("web", "True"),
                                        tuple("spa", "True"),
                                        tuple("reports", "True"),
                                        tuple("orders", "True"),
                                        tuple("portal", "True")));
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(50))
                        .untilAsserted(() -> assertThat(claims())
                                .extracting(ExamplesIT::path, ExamplesIT::ready)
                                .containsExactlyInAnyOrder(
                                        tuple("shop/reports-env", "True"),
                                        tuple("shop-jobs/orders", "True"),
                                        tuple("team-c/orders-of-shop", "True"),
                                        tuple("shop-jobs/platform.portal", "True"),
                                        tuple("team-c/platform.portal", "True")));
                assertThat(secret("web").getData()).containsKeys("client-id", "client-secret", "issuer");
                assertThat(secret("spa").getData()).containsKey("client-id").doesNotContainKey("client-secret");
                assertThat(secret("reports-oauth").getData()).containsKeys("client-secret", "token-uri");
                assertThat(secret("reports-env").getData()).containsKeys("CLIENT_ID", "CLIENT_SECRET");
                assertThat(secret("shop-jobs", "orders").getData()).containsKeys("CLIENT_ID", "CLIENT_SECRET");
                assertThat(secret("team-c", "shop-orders").getData()).containsKeys("client-id", "client-secret");
                assertThat(secret("team-c", "portal-oidc").getData())
                        .isEqualTo(secret("shop-jobs", "portal-oidc").getData())
                        .containsEntry(
                                "client-secret",
                                secret("platform", "portal").getData().get("client-secret"));
            }
        }
    }

    @Test
    void theRestrictedPoolServesItsExampleAndRefusesTheHostOfAnotherNamespace() {
        try (Simulator simulator = Simulator.start()) {
            simulator.quotas().off();
            simulator.pool("eu-west-1_Tenants").prefixDomain("tenants");
            Edits.edit(admin.namespaces().withName(NAMESPACE), found -> {
                found.getMetadata().getLabels().put("tenant", "yes");
                return found;
            });
            try (RunningOperator operator = RunningOperator.start(simulator.endpoint());
                    Removal removal = ExamplesIT::removeAll) {
                restricted().forEach(ExamplesIT::apply);
                awaitApp("True");
                assertThat(simulator
                                .client(
                                        "eu-west-1_Tenants",
                                        String.valueOf(app().getStatus().clientId()))
                                .setting("WriteAttributes"))
                        .hasValueSatisfying(
                                filled -> assertThat(filled.toString()).isEqualTo("[\"name\"]"));

                admin.resources(UserPoolClient.class)
                        .inNamespace(NAMESPACE)
                        .withName("app")
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"spec\": {\"callbackURLs\": [\"https://team-c.apps.example.com/callback\"]}}");

                awaitApp("False");
                assertThat(Conditions.find(app().getStatus().conditions(), Conditions.READY)
                                .orElseThrow()
                                .getMessage())
                        .contains("callbackURLs", "allow.callbackURLs")
                        .doesNotContain("${namespace}", "localhost");
            }
        }
    }

    private static UserPoolClient app() {
        return admin.resources(UserPoolClient.class)
                .inNamespace(NAMESPACE)
                .withName("app")
                .require();
    }

    private static void awaitApp(String ready) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(app())
                        .satisfies(app -> assertThat(ready(app)).isEqualTo(ready))
                        .satisfies(app -> assertThat(app.getStatus().observedGeneration())
                                .isEqualTo(app.getMetadata().getGeneration())));
    }

    private static void removeAll() {
        admin.resources(ClientSecretClaim.class).inAnyNamespace().delete();
        NAMESPACES.forEach(
                name -> admin.resources(UserPoolClient.class).inNamespace(name).delete());
        await().atMost(PATIENCE).until(() -> clients().isEmpty());
        admin.resources(ClusterUserPool.class).delete();
        await().atMost(PATIENCE)
                .until(() ->
                        admin.resources(ClusterUserPool.class).list().getItems().isEmpty());
    }

    private static List<UserPoolClient> clients() {
        return admin.resources(UserPoolClient.class).inAnyNamespace().list().getItems();
    }

    private static List<ClientSecretClaim> claims() {
        return admin.resources(ClientSecretClaim.class).inAnyNamespace().list().getItems();
    }

    private static String path(HasMetadata object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    static String ready(UserPoolClient client) {
        return ready(client.getStatus().conditions());
    }

    private static String ready(ClientSecretClaim claim) {
        return ready(claim.getStatus().conditions());
    }

    private static String ready(@Nullable List<Condition> conditions) {
        return Conditions.find(conditions, Conditions.READY)
                .map(Condition::getStatus)
                .orElse("not yet");
    }

    private static Secret secret(String name) {
        return secret(NAMESPACE, name);
    }

    private static Secret secret(String namespace, String name) {
        return admin.secrets().inNamespace(namespace).withName(name).require();
    }

    private static void apply(Found found) {
        admin.resource(object(found)).fieldManager("user").forceConflicts().serverSideApply();
    }

    private static void assertAccepted(Found found) {
        assertThatCode(() -> admin.resource(object(found))
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
