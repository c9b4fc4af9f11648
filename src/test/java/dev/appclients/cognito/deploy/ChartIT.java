package dev.appclients.cognito.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.controlplane.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Renders the chart with Helm 3 and Helm 4. The API server checks each result by a dry run, and kubeconform by the API server's schemas. */
class ChartIT {

    private static final String CHART = ChartFiles.CHART;
    private static final String NAME = "cognito-client-operator";
    /** The image of kustomize, and nothing that kustomize does not have. */
    private static final List<String> LIKE_KUSTOMIZE = List.of("--set", "image.tag=latest,removalCheck.enabled=false");

    @TempDir
    private Path directory;

    static List<Helm> helms() {
        return Helm.both();
    }

    /** A row of the table of switches. */
    record Switch(String description, List<String> arguments, Consumer<Rendered> check) {
        @Override
        public String toString() {
            return description;
        }
    }

    private static Switch with(String values, Consumer<Rendered> check) {
        return new Switch(values, List.of("--set", values), check);
    }

    private static Switch withJson(String value, Consumer<Rendered> check) {
        return new Switch(value, List.of("--set-json", value), check);
    }

    static Stream<Switch> switches() {
        return Stream.of(
                new Switch(
                        "the defaults",
                        List.of(),
                        all -> assertThat(all.variable("JDK_JAVA_OPTIONS")).isEqualTo("-Xmx96m")),
                with("crds.enabled=false", all -> assertThat(all.keys()).noneMatch(key -> key.startsWith("CustomRes"))),
                with(
                        "crds.keep=false",
                        all -> assertThat(all.objects().toString()).doesNotContain("resource-policy")),
                with("memory.limit=512Mi", all -> assertThat(memory(all)).isEqualTo("416Mi 512Mi -Xmx352m")),
                with("memory.limit=1Gi", all -> assertThat(memory(all)).isEqualTo("928Mi 1Gi -Xmx864m")),
                with(
                        "memory.override.limit=1Gi,memory.override.heap=512m,jvmOptions=-Xlog:gc",
                        all -> assertThat(memory(all)).isEqualTo("928Mi 1Gi -Xmx512m -Xlog:gc")),
                with(
                        "cpu.request=100m,cpu.limit=2",
                        all -> assertThat(all.container()
                                        .at("/resources/limits/cpu")
                                        .asText())
                                .isEqualTo("2")),
                with("replicas=2", all -> {
                    assertThat(all.get("PodDisruptionBudget", NAME)
                                    .at("/spec/minAvailable")
                                    .asInt())
                            .isEqualTo(1);
                    assertThat(all.podSpec()
                                    .at("/topologySpreadConstraints/0/labelSelector/matchLabels")
                                    .isEmpty())
                            .isFalse();
                }),
                with("replicas=2,podDisruptionBudget.enabled=false,topologySpreadConstraints=null", all -> {
                    assertThat(all.keys()).noneMatch(key -> key.startsWith("PodDisruption"));
                    assertThat(all.podSpec().has("topologySpreadConstraints")).isFalse();
                }),
                with("watchNamespaces={default,kube-public}", all -> {
                    assertThat(all.variable("COGNITO_CLIENT_OPERATOR_WATCH_NAMESPACES"))
                            .isEqualTo("default,kube-public");
                    assertThat(all.keys()).contains("Role default/" + NAME, "Role kube-public/" + NAME + "-configmaps");
                    assertThat(all.get("ClusterRole", NAME).toString()).doesNotContain("secrets");
                }),
                with(
                        "rbac.aggregate=false,rbac.serviceBinding=false,configMaps.enabled=false",
                        all -> assertThat(all.keys().stream().filter(key -> key.startsWith("ClusterRole ")))
                                .containsExactly("ClusterRole /" + NAME, "ClusterRole /" + NAME + "-removal-check")),
                with(
                        "rbac.editClaims=false",
                        all -> assertThat(all.keys())
                                .contains("ClusterRole /" + NAME + "-edit")
                                .doesNotContain("ClusterRole /" + NAME + "-edit-claims")),
                with(
                        "rbac.create=false",
                        all -> assertThat(all.keys())
                                .doesNotContain(
                                        "ClusterRole /" + NAME, "Role " + NAME + "/" + NAME + "-leader-election")),
                with("serviceAccount.create=false,serviceAccount.name=mine", all -> {
                    assertThat(all.keys()).doesNotContain("ServiceAccount " + NAME + "/" + NAME);
                    assertThat(all.podSpec().path("serviceAccountName").asText())
                            .isEqualTo("mine");
                    assertThat(all.get("ClusterRoleBinding", NAME).toString()).contains("\"name\":\"mine\"");
                }),
                with(
                        "serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn=arn:aws:iam::111122223333:role/op",
                        all -> {
                            assertThat(all.get("ServiceAccount", NAME)
                                            .at("/metadata/annotations")
                                            .toString())
                                    .contains("arn:aws:iam::111122223333:role/op");
                            assertThat(all.get("Deployment", NAME)
                                            .at("/spec/template/metadata/annotations")
                                            .has("checksum/service-account"))
                                    .isTrue();
                        }),
                with(
                        "networkPolicy.enabled=true",
                        all -> assertThat(all.keys()).contains("NetworkPolicy " + NAME + "/" + NAME)),
                withJson(
                        "networkPolicy={\"enabled\":true,\"ingressFrom\":[{\"namespaceSelector\":{}}],"
                                + "\"extraEgress\":[{\"ports\":[{\"protocol\":\"TCP\",\"port\":3128}]}]}",
                        all -> assertThat(all.get("NetworkPolicy", NAME).toString())
                                .contains("3128", "namespaceSelector")),
                with(
                        "statusGuard.enabled=true,statusGuard.alsoAllow={system:admin}",
                        all -> assertThat(all.get("ValidatingAdmissionPolicy", NAME + "-writes-status")
                                        .toString())
                                .contains("system:serviceaccount:" + NAME + ":" + NAME, "in ['system:admin']")),
                with(
                        "enabled=true,global.any=value",
                        all -> assertThat(all.keys())
                                .as("as a dependency of a parent chart")
                                .contains("Deployment " + NAME + "/" + NAME)),
                with(
                        "removalCheck.enabled=false",
                        all -> assertThat(all.keys()).noneMatch(key -> key.contains("removal"))),
                with(
                        "dashboard.enabled=true",
                        all -> assertThat(all.keys().stream().anyMatch(key -> key.startsWith("ConfigMap ")))
                                .isEqualTo(Files.exists(Path.of(CHART, "files/dashboard.json")))),
                with(
                        "config.awsRegion=eu-west-1,config.clusterName=blue,config.quotaShare=0.5,config.quotas=false,"
                                + "config.listPageSize=500,config.leaseDuration=30s,log.level=DEBUG,log.json=false",
                        all -> assertThat(List.of(
                                        all.variable("AWS_REGION"),
                                        all.variable("COGNITO_CLIENT_OPERATOR_CLUSTER_NAME"),
                                        all.variable("COGNITO_CLIENT_OPERATOR_QUOTA_SHARE"),
                                        all.variable("COGNITO_CLIENT_OPERATOR_QUOTAS"),
                                        all.variable("COGNITO_CLIENT_OPERATOR_LIST_PAGE_SIZE"),
                                        all.variable("COGNITO_CLIENT_OPERATOR_LEASE_DURATION"),
                                        all.variable("QUARKUS_LOG_CATEGORY__DEV_APPCLIENTS__LEVEL"),
                                        all.variable("QUARKUS_LOG_CONSOLE_JSON_ENABLED")))
                                .containsExactly("eu-west-1", "blue", "0.5", "false", "500", "30s", "DEBUG", "false")),
                withJson(
                        "extraEnv=[{\"name\":\"AWS_ACCESS_KEY_ID\",\"valueFrom\":{\"secretKeyRef\":{\"name\":\"aws\",\"key\":\"id\"}}}]",
                        all -> assertThat(all.container().path("env").toString())
                                .contains("secretKeyRef")),
                with(
                        "image.registry=registry.example.com/team/,image.digest=sha256:" + "0".repeat(64)
                                + ",imagePullSecrets[0].name=pull",
                        all -> assertThat(all.container().path("image").asText())
                                .isEqualTo("registry.example.com/team/" + NAME + "@sha256:" + "0".repeat(64))),
                withJson(
                        "tolerations=[{\"key\":\"infra\",\"operator\":\"Exists\"}]",
                        all -> assertThat(all.podSpec().at("/tolerations/0/key").asText())
                                .isEqualTo("infra")),
                with(
                        "priorityClassName=system-cluster-critical,nodeSelector.pool=infra,podLabels.team=a,podAnnotations.note=b,"
                                + "commonLabels.owner=c,deploymentAnnotations.note=d,terminationGracePeriodSeconds=60",
                        all -> assertThat(all.get("Deployment", NAME).toString())
                                .contains(
                                        "system-cluster-critical",
                                        "\"pool\":\"infra\"",
                                        "\"team\":\"a\"",
                                        "\"owner\":\"c\"")),
                withJson(
                        "affinity={\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":{\"nodeSelectorTerms\":"
                                + "[{\"matchExpressions\":[{\"key\":\"arch\",\"operator\":\"Exists\"}]}]}}}",
                        all -> assertThat(all.podSpec().has("affinity")).isTrue()),
                with(
                        "extraVolumes[0].name=ca,extraVolumes[0].configMap.name=ca,extraVolumeMounts[0].name=ca,"
                                + "extraVolumeMounts[0].mountPath=/ca",
                        all -> assertThat(all.container()
                                        .at("/volumeMounts/1/name")
                                        .asText())
                                .isEqualTo("ca")),
                with(
                        "fullnameOverride=" + "f".repeat(63),
                        all -> assertThat(all.keys()).contains("Deployment " + NAME + "/" + "f".repeat(63))),
                with(
                        "nameOverride=" + "n".repeat(63),
                        all -> assertThat(all.keys()).anyMatch(key -> key.startsWith("Job "))));
    }

    private static String memory(Rendered all) {
        JsonNode resources = all.container().path("resources");
        return resources.at("/requests/memory").asText() + " "
                + resources.at("/limits/memory").asText() + " " + all.variable("JDK_JAVA_OPTIONS");
    }

    @ParameterizedTest
    @MethodSource("helms")
    void lintFindsNothing(Helm helm) {
        assertThat(helm.run("lint", "--strict", CHART).orFail().text())
                .contains("0 chart(s) failed")
                .doesNotContain("[WARNING]", "[ERROR]");
    }

    @ParameterizedTest
    @MethodSource("switches")
    void theApiServerAcceptsTheChartWithASwitchAndBothHelmsRenderTheSame(Switch row) throws IOException {
        List<Rendered> rendered = new ArrayList<>();
        for (Helm helm : Helm.both()) {
            rendered.add(Rendered.of(template(helm, NAME, row.arguments())));
        }

        row.check().accept(rendered.getLast());
        assertThat(rendered.getFirst()).isEqualTo(rendered.getLast());
        assertAccepted(template(Helm.newest(), NAME, row.arguments()));
    }

    @Test
    void theApiServerAcceptsTheNamesOfTheLongestRelease() throws IOException {
        assertAccepted(template(Helm.newest(), "r".repeat(53), List.of()));
    }

    private void assertAccepted(String manifest) throws IOException {
        Path file = Files.writeString(directory.resolve("manifest.yaml"), manifest);
        Kubectl.Output applied = Kubectl.shell(
                "kubectl apply --server-side --force-conflicts --dry-run=server --validate=strict -f " + file);
        assertThat(applied.exitCode()).as(applied.text()).isZero();
        assertThat(applied.text()).doesNotContain("Warning");
    }

    @Test
    void kubeconformFindsNoFaultBySchemasOfTheApiServer() throws Exception {
        Path manifest = Files.writeString(
                directory.resolve("all.yaml"),
                template(
                        Helm.newest(),
                        NAME,
                        List.of("--set", "replicas=2,networkPolicy.enabled=true,statusGuard.enabled=true")));
        Path schemas =
                OpenApiSchemas.write(Files.createDirectories(directory.resolve("schemas")), TestCluster.adminConfig());

        Helm.Output report = kubeconform(schemas, manifest);
        assertThat(report.exitCode()).as(report.text()).isZero();
        assertThat(report.text()).contains("Invalid: 0, Errors: 0, Skipped: 0").doesNotContain("Valid: 0,");

        Files.writeString(manifest, Files.readString(manifest).replace("replicas: 2", "replica: 2"));
        assertThat(kubeconform(schemas, manifest).text())
                .contains("additional properties 'replica' not allowed", "Invalid: 1, Errors: 0, Skipped: 0");
    }

    private static Helm.Output kubeconform(Path schemas, Path manifest) throws Exception {
        Process kubeconform = new ProcessBuilder(
                        Tools.kubeconform().toString(),
                        "-strict",
                        "-summary",
                        "-schema-location",
                        schemas + "/{{.ResourceKind}}{{.KindSuffix}}.json",
                        manifest.toString())
                .redirectErrorStream(true)
                .start();
        String text = new String(kubeconform.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Helm.Output(kubeconform.waitFor(), text, "");
    }

    static Stream<List<String>> refused() {
        return Stream.of(
                List.of(
                        "memory.override.heap=100m",
                        "at '/memory/override': properties 'limit' required, if 'heap' exists"),
                List.of(
                        "memory.override.limit=1Gi",
                        "at '/memory/override': properties 'heap' required, if 'limit' exists"),
                List.of(
                        "memory.override.limit=512Mi,memory.override.heap=400m",
                        "leaves 112 MiB of the limit of 512 MiB. The operator refuses to start with less than 128 MiB."),
                List.of("memory.limit=199Mi", "at '/memory/limit': '199Mi' does not match pattern"),
                List.of("memory.limt=512Mi", "at '/memory': additional properties 'limt' not allowed"),
                List.of("resources.limits.memory=1Gi", "additional properties 'resources' not allowed"),
                List.of("serviceAccount.create=false", "at '/serviceAccount/name': minLength: got 0, want 1"),
                List.of("replicas=two", "at '/replicas': got string, want integer"),
                List.of("replicas=6", "at '/replicas': maximum: got 6, want 5"),
                List.of("crds.enabled=yes", "at '/crds/enabled': got string, want boolean"),
                List.of("watchNamespaces={Shop}", "at '/watchNamespaces/0': 'Shop' does not match pattern"),
                List.of("watchNamespaces={a,a}", "at '/watchNamespaces': items at 0 and 1 are equal"),
                List.of("watchNamespaces={" + String.join(",", numbered(51)) + "}", "maxItems: got 51, want 50"),
                List.of("config.driftCheckInterval=1w", "at '/config/driftCheckInterval': '1w' does not match pattern"),
                List.of("config.quotaShare=1.5", "at '/config/quotaShare': '1.5' does not match pattern"),
                List.of("config.listPageSize=5", "at '/config/listPageSize': minimum: got 5, want 10"),
                List.of("image.digest=abc", "at '/image/digest': 'abc' does not match pattern"),
                List.of(
                        "serviceMonitor.enabled=maybe",
                        "at '/serviceMonitor/enabled': value must be one of 'auto', true, false"),
                List.of("log.level=LOUD", "at '/log/level': value must be one of"),
                List.of("jvmOptions=-Xmx1g", "The heap belongs to the memory limit"),
                List.of(
                        "extraEnv[0].name=JDK_JAVA_OPTIONS,extraEnv[0].value=-Xmx1g",
                        "the chart sets JDK_JAVA_OPTIONS itself. Use memory.limit and jvmOptions."),
                List.of("extraEnv[0].name=POD_NAME,extraEnv[0].value=a", "the chart sets POD_NAME"));
    }

    private static List<String> numbered(int count) {
        return Stream.iterate(1, i -> i + 1).limit(count).map(i -> "n" + i).toList();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void bothHelmsRefuseAnImpossibleValue(List<String> row) {
        assertThat(Helm.both()).allSatisfy(helm -> {
            Helm.Output refused = helm.run("template", NAME, CHART, "--namespace", NAME, "--set", row.getFirst());
            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.errors()).containsIgnoringCase(row.getLast());
        });
    }

    @ParameterizedTest
    @MethodSource("helms")
    void theChartRefusesAnOldKubernetesAndANamespaceOfKubernetes(Helm helm) {
        assertThat(helm.run("template", NAME, CHART, "--kube-version", "1.31.9").errors())
                .contains("chart requires kubeVersion: >=1.32-0");
        assertThat(helm.run("template", NAME, CHART, "--namespace", "kube-system")
                        .errors())
                .contains("The namespace kube-system belongs to Kubernetes");
    }

    @Test
    void theChartRendersTheObjectsOfKustomizeForTheWholeCluster() {
        assertSame(kustomize(Path.of("deploy/kustomize/cluster")), List.of());
    }

    @Test
    void theChartRendersTheObjectsOfKustomizeForAListOfNamespaces() {
        assertSame(
                kustomize(Path.of("deploy/kustomize/namespaces")), List.of("--set", "watchNamespaces={shop,team-c}"));
    }

    @Test
    void theSwitchesOfTheChartRenderTheComponentsOfKustomize() throws IOException {
        Path copy = directory.toRealPath().resolve("kustomize");
        assertThat(Kubectl.shell("cp -r deploy/kustomize " + copy).exitCode()).isZero();
        Files.writeString(Files.createDirectories(copy.resolve("overlay")).resolve("kustomization.yaml"), """
                resources: [../cluster]
                components: [../without-configmaps, ../edit-without-claims, ../status-guard, ../network-policy]
                """);

        assertSame(
                kustomize(copy.resolve("overlay")),
                List.of(
                        "--set",
                        "configMaps.enabled=false,rbac.editClaims=false,statusGuard.enabled=true,networkPolicy.enabled=true"));
    }

    private static void assertSame(String kustomized, List<String> arguments) {
        Rendered expected = Rendered.of(kustomized).normalised();
        Rendered crds = Rendered.of(crds()).normalised();
        List<String> all = new ArrayList<>(LIKE_KUSTOMIZE);
        all.addAll(arguments);
        Rendered actual = Rendered.of(template(Helm.newest(), NAME, all)).normalised();

        expected.objects().putAll(crds.objects());
        assertThat(actual.keys()).isEqualTo(expected.keys());
        actual.objects()
                .forEach((key, object) ->
                        assertThat(object).as(key).isEqualTo(expected.objects().get(key)));
    }

    private static String crds() {
        return Kubectl.shell("for crd in crds/*.yaml; do echo ---; cat \"$crd\"; done")
                .text();
    }

    private static String kustomize(Path directory) {
        Kubectl.Output rendered = new Kubectl("default").run("kustomize", directory.toString());
        assertThat(rendered.exitCode()).as(rendered.text()).isZero();
        return rendered.text();
    }

    private static String template(Helm helm, String release, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("template", release, CHART, "--namespace", NAME));
        command.addAll(arguments);
        return helm.run(command.toArray(String[]::new)).orFail().text();
    }
}
