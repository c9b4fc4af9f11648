package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the kubectl commands of the documentation on the objects that they name, without an operator. Commands that wait for one, that
 * install one, or that have a placeholder are left out.
 */
class CommandsIT {

    private static final List<String> PAGES = List.of(
            "clientsecretclaim.md",
            "userpoolclient.md",
            "clusteruserpool.md",
            "install.md",
            "adopting.md",
            "gitops.md",
            "rotation.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```sh\\n(.*?)^ *```");
    private static final Pattern INLINE = Pattern.compile("`(kubectl [^`]+)`");
    private static final Pattern RUN = Pattern.compile("kubectl (get|describe|annotate|patch) [^<]*");
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
        Stream.Builder<String> commands = Stream.builder();
        for (String page : PAGES) {
            String text = Files.readString(Path.of("src/docs", page));
            BLOCK.matcher(text)
                    .results()
                    .flatMap(block -> block.group(1).replaceAll("\\\\\\n *", "").lines())
                    .forEach(line -> commands.add(line.strip()));
            INLINE.matcher(BLOCK.matcher(text).replaceAll(""))
                    .results()
                    .forEach(code -> commands.add(code.group(1).replaceAll("\\s+", " ")));
        }
        return commands.build()
                .filter(command -> RUN.matcher(command).matches())
                .distinct()
                .toList();
    }

    @BeforeAll
    static void connect() {
        admin = TestCluster.admin();
        NAMESPACES.forEach(name -> ExamplesIT.createNamespace(admin, name));
    }

    @AfterAll
    static void disconnect() {
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
        Kubectl.Output output = Kubectl.shell(command);

        assertThat(output.exitCode()).as("%s%n%s", command, output.text()).isZero();
    }

    @Test
    void theCommandsAreFound() throws IOException {
        assertThat(commands())
                .hasSizeGreaterThan(15)
                .anyMatch(command -> command.contains("--field-selector spec.clientRef.namespace=shop"))
                .anyMatch(command -> command.contains("| xargs -I {} kubectl patch"))
                .anyMatch(command -> command.contains("annotate cup customers --overwrite cognito.appclients.dev/"))
                .anyMatch(command -> command.contains("kubectl patch configmap argocd-cm"))
                .anyMatch(command -> command.contains("previous-client-secret-id"));
    }
}
