package dev.appclients.cognito.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.ControlPlane;
import dev.appclients.cognito.simulator.Simulator;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A control plane without CRDs for releases of the chart, and the packed chart. */
final class ReleaseBed implements AutoCloseable {

    private static final String NAME = "cognito-client-operator";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Duration REMOVAL_OF_CRDS = Duration.ofMinutes(3);
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^ *```sh\\n(.*?)^ *```");
    private static final Pattern MANIFEST = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
    private static final List<String> KINDS = List.of("clientsecretclaims", "clusteruserpools", "userpoolclients");
    private static final List<String> VERBS = List.of("get", "list", "watch", "create", "update", "patch", "delete");

    private final ControlPlane plane;
    private final KubernetesClient admin;
    private final Path kubeconfig;
    private final Path archive;

    private ReleaseBed(ControlPlane plane, Path directory) {
        this.plane = plane;
        this.admin = Clients.of(plane.adminConfig());
        this.kubeconfig = plane.writeKubeconfig(directory.resolve("admin.kubeconfig"), plane.adminConfig());
        this.archive = ChartPackage.pack(directory.resolve("chart"));
    }

    static ReleaseBed open(Path directory) {
        return new ReleaseBed(ControlPlane.start(directory.resolve("plane")), directory);
    }

    ControlPlane plane() {
        return plane;
    }

    KubernetesClient admin() {
        return admin;
    }

    /** The packed chart of the working directory. */
    Path archive() {
        return archive;
    }

    /** Runs helm in the namespace of the operator, unless the arguments name another one. */
    Helm.Output helm(Helm helm, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("--namespace")) {
            all.addAll(List.of("--namespace", NAME));
        }
        return helm.run(kubeconfig, all);
    }

    /** Runs a command line of the documentation. */
    Helm.Output shell(Helm helm, String line) {
        return helm.shell(
                kubeconfig, Path.of(Binaries.locate(Binaries.project()).kubectl()), line);
    }

    /** The blocks of a page that call helm, with values in place of the words in angle brackets. */
    static List<String> helmCommands(Path page) {
        Map<String, String> words =
                Map.of("<chart>", ChartFiles.CHART, "<registry>", "registry.example.com", "<account>", "111122223333");
        return COMMANDS.matcher(read(page))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("helm "))
                .map(block -> words.entrySet().stream()
                        .reduce(block, (text, word) -> text.replace(word.getKey(), word.getValue()), (a, b) -> b))
                .toList();
    }

    /** A simulator with the pool of the examples. The caller closes it. */
    Simulator simulator() {
        Simulator simulator = Simulator.start();
        simulator.quotas().off();
        simulator.pool("eu-west-1_Customers").prefixDomain("customers");
        return simulator;
    }

    /** Applies the first client of the README, its pool and its namespace. */
    void applyReadme() {
        awaitKinds();
        namespaces("shop");
        apply(read(Path.of("deploy/examples/10-customers.yaml")));
        var client = MANIFEST.matcher(read(Path.of("README.md")));
        assertThat(client.find()).isTrue();
        apply(client.group(1));
    }

    private void apply(String manifest) {
        admin.load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .fieldManager("user")
                .serverSideApply();
    }

    void awaitReady(String namespace, String name) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            UserPoolClient client = admin.resources(UserPoolClient.class)
                    .inNamespace(namespace)
                    .withName(name)
                    .get();
            assertThat(client.getStatus().conditions()).anySatisfy(condition -> {
                assertThat(condition.getType()).isEqualTo(Conditions.READY);
                assertThat(condition.getStatus()).as(condition.getMessage()).isEqualTo("True");
            });
        });
    }

    void namespaces(String... names) {
        for (String name : names) {
            admin.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .fieldManager("user")
                    .serverSideApply();
        }
    }

    void installCrds() {
        plane.applyManifests(files(Path.of("crds")));
        awaitKinds();
    }

    /** ServiceMonitor and PrometheusRule. */
    void installPrometheusKinds() {
        plane.applyManifests(files(Path.of("src/test/resources/prometheus-operator")));
        awaitKinds();
    }

    /** Waits until the API server serves every CRD. */
    void awaitKinds() {
        await().atMost(PATIENCE)
                .until(() -> admin.resources(CustomResourceDefinition.class).list().getItems().stream()
                        .allMatch(crd -> crd.getStatus() != null
                                && crd.getStatus().getConditions() != null
                                && crd.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Established")
                                                        && condition.getStatus().equals("True"))));
    }

    /** Whether a ServiceAccount may read the Secrets of a namespace. */
    boolean mayReadSecrets(String namespace, String account, String where) {
        return may(namespace, account, "list", "", "secrets", where);
    }

    /** The rights of a ServiceAccount on the kinds, on Secrets and on ConfigMaps, such as {@code userpoolclients: list}. */
    String allowed(String namespace, String account) {
        Stream<String> ours = KINDS.stream().flatMap(kind -> verbs(namespace, account, "cognito.appclients.dev", kind));
        Stream<String> core = Stream.of("configmaps", "secrets").flatMap(kind -> verbs(namespace, account, "", kind));
        return Stream.concat(ours, core).collect(Collectors.joining(", "));
    }

    private Stream<String> verbs(String namespace, String account, String group, String kind) {
        return VERBS.stream()
                .filter(verb -> may(namespace, account, verb, group, kind, ""))
                .map(verb -> kind + ": " + verb);
    }

    private boolean may(String namespace, String account, String verb, String group, String kind, String where) {
        return admin.authorization()
                .v1()
                .subjectAccessReview()
                .create(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser("system:serviceaccount:" + namespace + ":" + account)
                        .withNewResourceAttributes()
                        .withVerb(verb)
                        .withGroup(group)
                        .withResource(kind)
                        .withNamespace(where)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }

    /** Removes every release, object and CRD. */
    void removeAll() {
        shell(Helm.newest(), """
                helm list --all-namespaces --output json | tr '{' '\\n' \\
                  | sed -n 's/.*"name":"\\([^"]*\\)","namespace":"\\([^"]*\\)".*/\\1 \\2/p' \\
                  | while read -r name namespace; do helm uninstall "$name" --namespace "$namespace" --no-hooks; done
                """).orFail();
        admin.batch().v1().jobs().inNamespace(NAME).delete();
        Stream.of(UserPoolClient.class, ClientSecretClaim.class).forEach(this::removeObjects);
        removeObjects(ClusterUserPool.class);
        // The API server removes a CRD only when it can list its objects, and retries with growing intervals until
        // then.
        awaitKinds();
        admin.resources(CustomResourceDefinition.class).delete();
        await().atMost(REMOVAL_OF_CRDS)
                .until(() -> admin.resources(CustomResourceDefinition.class)
                        .list()
                        .getItems()
                        .isEmpty());
    }

    private void removeObjects(Class<? extends HasMetadata> kind) {
        if (admin.resources(CustomResourceDefinition.class)
                        .withName(HasMetadata.getFullResourceName(kind))
                        .get()
                == null) {
            return;
        }
        admin.resources(kind).inAnyNamespace().list().getItems().forEach(object -> {
            if (!object.getFinalizers().isEmpty()) {
                admin.resource(object).edit(found -> {
                    found.getMetadata().setFinalizers(List.of());
                    return found;
                });
            }
            admin.resource(object).delete();
        });
    }

    private static Path[] files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toArray(Path[]::new);
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

    @Override
    public void close() {
        admin.close();
        plane.close();
    }
}
