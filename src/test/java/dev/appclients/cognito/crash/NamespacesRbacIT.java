package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.Rights;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.Identities;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators that serve lists of namespaces, each with exactly the rights that {@code deploy/kustomize/namespaces} renders. */
class NamespacesRbacIT {

    /** The command of the install page that renames an operator, so that a cluster can have two. */
    private static final Pattern RENAME = Pattern.compile("(?m)^ *\\| (sed -E .*?operator-b.*?) \\\\$");

    private static final String GROUP = "cognito.appclients.dev";

    @TempDir
    private Path directory;

    private final Stage stage = Stage.withoutOperator(Stage.SETTINGS);
    private final List<String> namespaces = new ArrayList<>();
    private final List<String> installed = new ArrayList<>();
    private final List<RunningOperator> operators = new ArrayList<>();
    private String neighbour;
    private String elsewhere;

    @BeforeEach
    void createNamespaces() {
        neighbour = namespace();
        elsewhere = namespace();
        stage.applyPool(Stage.POOL, """
                namespaces: {from: All}
                sharing: {namespaces: {from: All}, pushFrom: {from: All}}
                """);
    }

    @AfterEach
    void close() {
        operators.forEach(RunningOperator::close);
        // Waits until the operators' namespaces are gone, because the next test creates them.
        installed.forEach(file -> Kubectl.shell("kubectl delete --timeout=180s -f " + file));
        namespaces.forEach(name -> stage.admin().namespaces().withName(name).delete());
        stage.close();
    }

    @Test
    void anOperatorServesTheClientsOfItsNamespacesAndAsksForNothingElsewhere() throws IOException {
        AuditedRequests requests = AuditedRequests.of("operator-b", "operator-b");
        install("operator-b", stage.namespace(), neighbour);
        applyClient(elsewhere, "foreign", "appType: Public");
        start("operator-b", stage.namespace(), neighbour);

        applyClient(stage.namespace(), "web", "appType: Confidential\nconfigMap: {name: web-public}");
        applyClient(neighbour, "api", "appType: Confidential");

        stage.awaitReady("web");
        assertThat(stage.admin()
                        .configMaps()
                        .inNamespace(stage.namespace())
                        .withName("web-public")
                        .get())
                .isNotNull();
        stage.deleteSecret("web");
        stage.awaitEvents("web", "SecretRestored");
        awaitClient(neighbour, "api");
        // The events of pools of other tests are in the same namespace.
        String twin = "twin-" + stage.namespace();
        stage.applyPool(twin, "namespaces: {from: All}");
        stage.awaitEvents(twin, "DuplicatePool");
        assertThat(client(elsewhere, "foreign"))
                .satisfies(client -> assertThat(client.getStatus().conditions()).isNull())
                .satisfies(client ->
                        assertThat(client.getMetadata().getFinalizers()).isEmpty());
        assertThat(requests.forbidden()).isEmpty();
    }

    @Test
    void anOperatorCopiesAndPushesWithinItsNamespacesAndAsksForNothingElsewhere() throws IOException {
        AuditedRequests requests = AuditedRequests.of("operator-b", "operator-b");
        install("operator-b", stage.namespace(), neighbour);
        claim(elsewhere, "wanted", stage.namespace(), "web");
        start("operator-b", stage.namespace(), neighbour);

        applyClient(stage.namespace(), "web", """
                appType: Confidential
                sharing: {namespaces: {from: All}, push: {secret: {name: pushed}}}
                """);
        claim(neighbour, "asked", stage.namespace(), "web");

        stage.awaitReady("web");
        awaitReady(claims(neighbour, "asked"), "True");
        awaitReady(claims(neighbour, stage.namespace() + ".web"), "True");
        awaitCopies("2/2");
        rotateWithCopies();
        assertThat(stage.admin()
                        .secrets()
                        .inNamespace(neighbour)
                        .withName("pushed")
                        .get())
                .isNotNull();
        assertThat(stage.admin()
                        .resources(ClientSecretClaim.class)
                        .inNamespace(elsewhere)
                        .list()
                        .getItems())
                .as("only the claim of the team, without a status")
                .singleElement()
                .satisfies(claim -> assertThat(claim.getStatus().conditions()).isNull());
        assertThat(requests.forbidden()).isEmpty();
    }

    @Test
    void twoOperatorsServeDifferentNamespacesOfACluster() throws IOException {
        AuditedRequests first = AuditedRequests.of("operator-a", "operator-a");
        AuditedRequests second = AuditedRequests.of("operator-b", "operator-b");
        install("operator-a", stage.namespace(), neighbour);
        install("operator-b", elsewhere);
        start("operator-a", stage.namespace(), neighbour);
        start("operator-b", elsewhere);

        applyClient(stage.namespace(), "web", "appType: Confidential\nsharing: {namespaces: {from: All}}");
        claim(neighbour, "near", stage.namespace(), "web");
        claim(elsewhere, "far", stage.namespace(), "web");
        applyClient(elsewhere, "api", "appType: Confidential");

        stage.awaitReady("web");
        awaitReady(claims(neighbour, "near"), "True");
        Condition far = awaitReady(claims(elsewhere, "far"), "False");
        assertThat(far.getReason())
                .as("the client is not served by this operator")
                .isEqualTo("NotAvailable");
        awaitClient(elsewhere, "api");
        assertThat(first.forbidden()).isEmpty();
        assertThat(second.forbidden()).isEmpty();
    }

    /** The operator of the other namespaces sees neither the client nor its end. */
    @Test
    void aDeletedPoolStaysUntilTheClientsOfBothOperatorsAreGone() throws IOException {
        AuditedRequests first = AuditedRequests.of("operator-a", "operator-a");
        install("operator-a", stage.namespace());
        install("operator-b", elsewhere);
        start("operator-a", stage.namespace());
        RunningOperator own = start("operator-b", elsewhere);
        applyClient(elsewhere, "api", "appType: Confidential");
        awaitClient(elsewhere, "api");
        operators.remove(own);
        own.close();

        stage.admin().resource(stage.pool()).delete();

        stage.eventually()
                .untilAsserted(() -> assertThat(conditions(stage.pool()))
                        .contains("Ready=False PoolTerminating", "InUse=True InUse"));
        assertThat(stage.pool().getMetadata().getFinalizers()).isNotEmpty();
        start("operator-b", elsewhere);
        stage.admin()
                .resources(UserPoolClient.class)
                .inNamespace(elsewhere)
                .withName("api")
                .delete();
        stage.eventually().until(() -> stage.cognito().isEmpty());
        stage.eventually()
                .until(() -> stage.admin()
                                .resources(ClusterUserPool.class)
                                .withName(Stage.POOL)
                                .get()
                        == null);
        assertThat(first.forbidden()).isEmpty();
    }

    /** The operator lists the Secrets of the client in each of its namespaces before it deletes the old secret. */
    private void rotateWithCopies() {
        String clientId = stage.status("web").clientId();
        String old = stage.simulator()
                .client(Stage.POOL_ID, clientId)
                .secrets()
                .getFirst()
                .id();
        String before = stage.data("web").get("client-secret");

        stage.annotate("web", Annotations.ROTATE_REQUESTED_AT, "now");

        stage.eventually().untilAsserted(() -> {
            String encoded = stage.secret("web").getData().get("client-secret");
            assertThat(stage.data("web").get("client-secret")).isNotEqualTo(before);
            assertThat(stage.admin()
                            .secrets()
                            .inNamespace(neighbour)
                            .withName("pushed")
                            .require()
                            .getData())
                    .containsEntry("client-secret", encoded);
        });
        stage.annotate("web", Annotations.RETIRE_SECRET, old);
        stage.eventually()
                .until(() -> stage.simulator()
                                .client(Stage.POOL_ID, clientId)
                                .secrets()
                                .size()
                        == 1);
    }

    private static List<String> conditions(ClusterUserPool pool) {
        return pool.getStatus().conditions().stream()
                .map(condition -> condition.getType() + "=" + condition.getStatus() + " " + condition.getReason())
                .toList();
    }

    private void awaitClient(String namespace, String name) {
        stage.eventually().until(() -> client(namespace, name).getStatus().clientId() != null);
    }

    private UserPoolClient client(String namespace, String name) {
        return stage.admin()
                .resources(UserPoolClient.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    private RunningOperator start(String operator, String... served) {
        RunningOperator started = RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(
                                Stage.SETTINGS,
                                Identities.serviceAccount(TestCluster.adminConfig(), operator, operator))
                        .withNamespaces(Set.of(served)));
        operators.add(started);
        return started;
    }

    /** Installs the rights of an operator by the commands of the install page. */
    private void install(String operator, String... served) throws IOException {
        Path kustomize = directory.toRealPath().resolve(operator);
        Matcher rename = RENAME.matcher(Files.readString(Path.of("src/docs/install.md")));
        assertThat(rename.find()).as("the command of the install page").isTrue();
        Path file = kustomize.resolve("rendered.yaml");
        for (String command : List.of(
                "cp -r deploy/kustomize " + kustomize,
                kustomize.resolve("namespaces/list.sh") + " " + String.join(" ", served),
                "kubectl kustomize " + kustomize.resolve("namespaces") + " | "
                        + rename.group(1).replace("operator-b", operator) + " > " + file,
                "kubectl apply --server-side -f " + file)) {
            Kubectl.Output output = Kubectl.shell(command);
            assertThat(output.exitCode()).as(output.text()).isZero();
        }
        installed.add(file.toString());
        awaitRights(operator, served);
    }

    /** The API server applies the rights some time after their creation. */
    private void awaitRights(String operator, String... served) {
        Config identity = Identities.serviceAccount(TestCluster.adminConfig(), operator, operator);
        try (KubernetesClient client = Clients.of(identity)) {
            for (String namespace : served) {
                stage.eventually()
                        .until(() -> Rights.may(client, namespace, "secrets", "watch")
                                && Rights.may(client, namespace, "configmaps", "watch"));
            }
            stage.eventually()
                    .until(() -> Rights.may(client, operator, GROUP, "clusteruserpools", "watch")
                            && Rights.may(client, operator, "namespaces", "watch"));
        }
    }

    private String namespace() {
        String name = stage.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("team-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        namespaces.add(name);
        return name;
    }

    private void applyClient(String namespace, String name, String settings) {
        create("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s, namespace: %s}
                spec:
                  userPoolRef: {name: customers}
                """.formatted(name, namespace) + settings.strip().indent(2));
    }

    private void claim(String namespace, String name, String clientNamespace, String client) {
        create("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: %s, namespace: %s}
                spec:
                  clientRef: {namespace: %s, name: %s}
                """.formatted(name, namespace, clientNamespace, client));
    }

    private void create(String yaml) {
        stage.admin().resource(Serialization.<HasMetadata>unmarshal(yaml)).create();
    }

    private Resource<ClientSecretClaim> claims(String namespace, String name) {
        return stage.admin()
                .resources(ClientSecretClaim.class)
                .inNamespace(namespace)
                .withName(name);
    }

    private Condition awaitReady(Resource<ClientSecretClaim> claim, String status) {
        stage.eventually()
                .untilAsserted(() -> assertThat(ready(claim).getStatus()).isEqualTo(status));
        return ready(claim);
    }

    private static Condition ready(Resource<ClientSecretClaim> claim) {
        return Conditions.find(claim.require().getStatus().conditions(), Conditions.READY)
                .orElseThrow();
    }

    private void awaitCopies(String summary) {
        stage.eventually()
                .untilAsserted(
                        () -> assertThat(stage.status("web").copies()).hasFieldOrPropertyWithValue("summary", summary));
    }
}
