package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the kubectl commands of the documentation on the objects that they name, without an operator. Commands that install or remove an
 * object are dry runs. The pod of the operator exists without a node. Commands that wait for an operator are left out, and those on files
 * of the reader: other tests run them.
 */
class CommandsIT {

    private static final List<String> PAGES = List.of(
            "clientsecretclaim.md",
            "userpoolclient.md",
            "clusteruserpool.md",
            "install.md",
            "adopting.md",
            "gitops.md",
            "rotation.md",
            "runbook.md",
            "operations.md",
            "conditions.md",
            "logs.md",
            "signing-in.md",
            "observability.md",
            "capacity.md",
            "threat-model.md");
    private static final Pattern RUN = Pattern.compile("(\\w+=\\$\\(.*\\); )?kubectl"
            + " (get|describe|annotate|patch|logs|auth|rollout restart|scale|delete|apply|run|debug) (?!.*<[a-z]).*");
    private static final Pattern DRY = Pattern.compile("kubectl (delete|apply|run) ");
    private static final Pattern FILE = Pattern.compile(" -[fk] (\\S+)");
    private static final Pattern GREP = Pattern.compile("\\| (grep (?:'[^']*'|[^|'])*)");
    private static final Pattern CURRENT_NAMESPACE = Pattern.compile("(annotate upc \\S+)(?!.* -n )");

    /** An option without its object, and the log of a check that has not run. */
    private static final Set<String> NOT_ALONE = Set.of(
            "kubectl delete upc --cascade=orphan",
            "kubectl logs -n cognito-client-operator job/cognito-client-operator-removal-check");

    private static final Set<String> NAMESPACES = Set.of("shop", "team-c", "argocd");
    private static final List<String> OBJECTS = List.of("""
            apiVersion: cognito.appclients.dev/v1beta1
            kind: ClusterUserPool
            metadata: {name: customers}
            spec: {userPoolId: eu-west-1_AbCdEf123, aws: {identity: Operator}, tenancy: Trusted}
            """, """
            apiVersion: cognito.appclients.dev/v1beta1
            kind: UserPoolClient
            metadata: {name: web, namespace: shop}
            spec: {userPoolRef: {name: customers}, appType: Public}
            """, """
            apiVersion: v1
            kind: Secret
            metadata:
              name: web
              namespace: shop
              annotations: {cognito.appclients.dev/previous-client-secret-id: an-id}
            """, """
            apiVersion: cognito.appclients.dev/v1beta1
            kind: ClientSecretClaim
            metadata: {name: web, namespace: team-c}
            spec: {clientRef: {namespace: shop, name: web}}
            """);

    private static KubernetesClient admin;

    static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (String page : PAGES) {
            PageCommands.of(page).stream()
                    .filter(command -> RUN.matcher(command).matches() && !NOT_ALONE.contains(command))
                    .filter(command ->
                            FILE.matcher(command).results().allMatch(file -> Files.exists(Path.of(file.group(1)))))
                    .forEach(commands::add);
        }
        return commands.stream().distinct().toList();
    }

    /** The command as the test runs it. A grep that finds no line is no failure. */
    private static String prepared(String command) {
        String named = CURRENT_NAMESPACE.matcher(command).replaceAll("$1 -n shop");
        String tolerant = GREP.matcher(named)
                .replaceAll(
                        grep -> Matcher.quoteReplacement("| { " + grep.group(1).strip() + " || [ $? -eq 1 ]; } "))
                .replace("> dump.log", "> /dev/null");
        return DRY.matcher(tolerant).find()
                ? DRY.matcher(tolerant.replace(" --rm -i", ""))
                        .replaceAll("kubectl $1 --dry-run=server ")
                        // Other field managers own the objects of the test control plane.
                        .replace("--server-side ", "--server-side --force-conflicts ")
                        .replace("kubectl delete ", "kubectl delete --ignore-not-found ")
                : tolerant;
    }

    @BeforeAll
    static void connect() throws IOException {
        admin = TestCluster.admin();
        NAMESPACES.forEach(name -> ExamplesIT.createNamespace(admin, name));
        operator().forEach(object -> admin.resource(object).fieldManager("user").serverSideApply());
    }

    /** The Deployment, and one of its pods. */
    private static List<HasMetadata> operator() throws IOException {
        Deployment deployment =
                admin.load(Files.newInputStream(Path.of("deploy/kustomize/base/deployment.yaml"))).items().stream()
                        .filter(Deployment.class::isInstance)
                        .map(Deployment.class::cast)
                        .findFirst()
                        .orElseThrow();
        PodTemplateSpec template = deployment.getSpec().getTemplate();
        return List.of(
                deployment,
                new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(deployment.getMetadata().getNamespace())
                        .withName("replica")
                        .withLabels(template.getMetadata().getLabels())
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .build());
    }

    @AfterAll
    static void disconnect() throws IOException {
        operator().forEach(object -> admin.resource(object).delete());
        NAMESPACES.forEach(name -> admin.namespaces().withName(name).delete());
        admin.close();
    }

    @BeforeEach
    void createObjects() {
        OBJECTS.forEach(object -> admin.resource(object).fieldManager("user").serverSideApply());
        admin.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("argocd")
                        .withName("argocd-cm")
                        .endMetadata()
                        .build())
                .fieldManager("user")
                .serverSideApply();
    }

    @AfterEach
    void deleteObjects() {
        admin.resources(ClientSecretClaim.class)
                .inNamespace("team-c")
                .withName("web")
                .delete();
        admin.resources(UserPoolClient.class)
                .inNamespace("shop")
                .withName("web")
                .delete();
        admin.resources(ClusterUserPool.class).withName("customers").delete();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandOfTheDocumentationWorks(String command) {
        Kubectl.Output output = Kubectl.shell(prepared(command));

        assertThat(output.exitCode()).as("%s%n%s", command, output.text()).isZero();
    }

    @Test
    void theCommandsAreFound() throws IOException {
        assertThat(commands())
                .hasSizeGreaterThan(60)
                .anyMatch(command -> command.contains("--field-selector spec.clientRef.namespace=shop"))
                .anyMatch(command -> command.contains("| xargs -I {} kubectl patch"))
                .anyMatch(command -> command.contains("annotate cup customers --overwrite cognito.appclients.dev/"))
                .anyMatch(command -> command.contains("kubectl patch configmap argocd-cm"))
                .anyMatch(command -> command.contains("previous-client-secret-id"))
                .anyMatch(command -> command.contains("kubectl rollout restart -n cognito-client-operator"))
                .anyMatch(command -> command.contains("-- check-removal"))
                .anyMatch(command -> command.contains("-- kill -QUIT 1"))
                .anyMatch(command -> command.contains("while read -r namespace name; do kubectl patch upc"));
    }
}
