package dev.appclients.cognito.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.simulator.Simulator;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The life of a release, with Helm 3 and Helm 4, on a control plane without CRDs. */
class HelmIT {

    private static final String NAME = "cognito-client-operator";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static ReleaseBed bed;

    @BeforeAll
    static void open() {
        bed = ReleaseBed.open(directory);
    }

    @AfterAll
    static void close() {
        bed.close();
    }

    @AfterEach
    void removeAll() {
        bed.removeAll();
    }

    static List<Helm> helms() {
        return Helm.both();
    }

    @Test
    void theOperatorOfThePackageServesAReleaseOfHelm3() {
        servesAReleaseUntilItsRemoval(Helm.both().getFirst(), Pods.ofPackage(bed.plane()));
    }

    @Test
    void theOperatorOfTheImageServesAReleaseOfHelm4() {
        servesAReleaseUntilItsRemoval(Helm.newest(), Pods.ofImage(bed.plane()));
    }

    private static void servesAReleaseUntilItsRemoval(Helm helm, Pods pods) {
        List<String> checks = new CopyOnWriteArrayList<>();
        try (Simulator simulator = bed.simulator();
                HookJobs jobs = HookJobs.run(bed.admin(), job -> check(pods, job, checks))) {
            bed.helm(
                            helm,
                            "install",
                            NAME,
                            bed.archive().toString(),
                            "--create-namespace",
                            "--set",
                            "config.awsEndpointURL=" + simulator.endpoint())
                    .orFail();
            try (Pods.Pod operator = start(pods, "operator")) {
                bed.applyReadme();
                bed.awaitReady("shop", "web");
                Secret published = secret();

                upgradeAndRollBack(helm);

                Helm.Output refused = bed.helm(helm, "uninstall", NAME, "--timeout", "180s");
                assertThat(refused.exitCode()).as("with a client left").isNotZero();
                assertThat(checks.getLast())
                        .contains(
                                "1 UserPoolClient and 1 ClusterUserPool",
                                "UserPoolClient shop/web",
                                "ClusterUserPool customers");
                assertThat(deployment()).isNotNull();
                assertThat(secret()).isEqualTo(published);

                bed.admin()
                        .resources(UserPoolClient.class)
                        .inNamespace("shop")
                        .withName("web")
                        .delete();
                await().atMost(PATIENCE)
                        .until(() -> simulator.clients("eu-west-1_Customers").isEmpty());
                bed.admin()
                        .resources(ClusterUserPool.class)
                        .withName("customers")
                        .delete();
                await().atMost(PATIENCE).until(() -> pools().isEmpty());
                assertThat(operator.log()).doesNotContain("\"level\":\"ERROR\"");
            }
            bed.helm(helm, "uninstall", NAME, "--timeout", "180s").orFail();
            assertThat(checks.getLast()).contains("The operator can be removed");
        }
        assertThat(deployment()).isNull();
        assertThat(crds()).as("Helm keeps the CRDs").hasSize(3);
        assertThat(ours()).as("roles, also those of the hook").isEmpty();
        assertThat(bed.admin().batch().v1().jobs().inNamespace(NAME).list().getItems())
                .isEmpty();
    }

    private static void upgradeAndRollBack(Helm helm) {
        bed.helm(helm, "upgrade", NAME, bed.archive().toString(), "--reuse-values", "--set", "memory.limit=512Mi")
                .orFail();
        assertThat(heap()).isEqualTo("-Xmx352m");
        bed.helm(helm, "rollback", NAME).orFail();
        assertThat(heap()).isEqualTo("-Xmx96m");
    }

    /** Starts a pod of the installed Deployment, and returns when it leads. */
    private static Pods.Pod start(Pods pods, String name) {
        Deployment deployment = deployment();
        return pods.start(deployment, deployment.getSpec().getTemplate(), podDirectory(name))
                .awaitLog("Started event processing for controller");
    }

    /** Runs the hook as installed, and keeps its output. */
    private static boolean check(Pods pods, Job job, List<String> outputs) {
        try (Pods.Pod pod = pods.start(job, job.getSpec().getTemplate(), podDirectory("check-" + outputs.size()))) {
            int exitCode = pod.awaitExit();
            outputs.add(pod.log());
            return exitCode == 0;
        }
    }

    private static Path podDirectory(String name) {
        try {
            return Files.createTempDirectory(directory, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void objectsSurviveAnUninstallAndTheNextInstallContinuesWithThem(Helm helm) {
        bed.helm(helm, "install", NAME, ChartFiles.CHART, "--create-namespace").orFail();
        bed.applyReadme();
        String uid = client().getMetadata().getUid();

        bed.helm(helm, "uninstall", NAME, "--no-hooks").orFail();
        assertThat(client().getMetadata().getUid()).isEqualTo(uid);
        bed.helm(helm, "install", NAME, ChartFiles.CHART).orFail();
        assertThat(client().getMetadata().getUid()).isEqualTo(uid);

        bed.helm(helm, "uninstall", NAME, "--no-hooks").orFail();
        assertThat(bed.helm(helm, "install", "other", ChartFiles.CHART).errors())
                .contains("invalid ownership metadata");
        bed.helm(helm, "install", "other", ChartFiles.CHART, "--take-ownership").orFail();
        assertThat(client().getMetadata().getUid()).isEqualTo(uid);
    }

    @ParameterizedTest
    @MethodSource("helms")
    void withoutKeepHelmWarnsAndRemovesTheCrds(Helm helm) {
        String notes = bed.helm(
                        helm, "install", NAME, ChartFiles.CHART, "--create-namespace", "--set", "crds.keep=false")
                .orFail()
                .text();
        assertThat(notes)
                .contains(
                        "MISSING: image.registry is empty",
                        "MISSING, unless you have done it: the operator's identity in AWS",
                        "kubectl rollout status -n " + NAME + " deployment/" + NAME,
                        "WARNING: crds.keep is false");

        // The API server removes a CRD only when it can list its objects. It retries with growing intervals until then.
        bed.awaitKinds();
        bed.helm(helm, "uninstall", NAME, "--no-hooks").orFail();

        await().atMost(ReleaseBed.REMOVAL_OF_CRDS).until(() -> crds().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aReleaseOfThePreviousChartIsUpgradedAndRolledBack(Helm helm) {
        Path previous = PreviousChart.find(directory);
        bed.helm(helm, "install", NAME, previous.toString(), "--create-namespace")
                .orFail();
        bed.applyReadme();

        // The values of the former chart alone: new values of this chart are absent.
        bed.helm(helm, "upgrade", NAME, bed.archive().toString(), "--reuse-values", "--dry-run=server")
                .orFail();
        bed.helm(helm, "upgrade", NAME, bed.archive().toString(), "--reset-then-reuse-values", "--set", "replicas=2")
                .orFail();
        assertThat(deployment().getSpec().getReplicas()).isEqualTo(2);
        assertThat(crds())
                .hasSize(3)
                .allSatisfy(crd -> assertThat(crd.getMetadata().getAnnotations())
                        .containsEntry("helm.sh/resource-policy", "keep"));
        bed.helm(helm, "rollback", NAME, "1").orFail();
        bed.helm(helm, "upgrade", NAME, previous.toString(), "--set", "crds.enabled=false")
                .orFail();

        assertThat(crds()).as("an older operator with the CRDs as they are").hasSize(3);
        assertThat(client().getSpec().appType()).isNotNull();
        assertThat(deployment().getSpec().getTemplate().getSpec().getServiceAccountName())
                .isEqualTo(NAME);
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aRefusedUninstallCanBeTakenBackByARollbackToItsRevision(Helm helm) {
        try (HookJobs jobs = HookJobs.run(bed.admin(), job -> false)) {
            bed.helm(helm, "install", NAME, ChartFiles.CHART, "--create-namespace")
                    .orFail();
            assertThat(bed.helm(helm, "uninstall", NAME, "--timeout", "20s").exitCode())
                    .isNotZero();
            assertThat(bed.helm(helm, "upgrade", NAME, ChartFiles.CHART).errors())
                    .contains("has no deployed releases");

            bed.helm(helm, "rollback", NAME, "1").orFail();
            bed.helm(helm, "upgrade", NAME, ChartFiles.CHART).orFail();
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void theHookMayListClientsAndPoolsAndNothingElse(Helm helm) {
        bed.helm(helm, "install", NAME, ChartFiles.CHART, "--create-namespace").orFail();
        try (HookJobs jobs = HookJobs.run(bed.admin(), job -> {
            String account = job.getSpec().getTemplate().getSpec().getServiceAccountName();
            // The API server applies new roles with a delay.
            await().atMost(PATIENCE)
                    .until(() -> bed.allowed(NAME, account).equals("clusteruserpools: list, userpoolclients: list"));
            return true;
        })) {
            bed.helm(helm, "uninstall", NAME).orFail();
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aChangedRoleReplacesThePods(Helm helm) {
        String role = "serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn=arn:aws:iam::111122223333:role/";
        bed.helm(helm, "install", NAME, ChartFiles.CHART, "--create-namespace", "--set", role + "one")
                .orFail();
        PodTemplateSpec installed = deployment().getSpec().getTemplate();

        bed.helm(helm, "upgrade", NAME, ChartFiles.CHART, "--reuse-values", "--set", "deploymentAnnotations.note=a")
                .orFail();
        assertThat(deployment().getSpec().getTemplate()).as("the same role").isEqualTo(installed);
        bed.helm(helm, "upgrade", NAME, ChartFiles.CHART, "--reuse-values", "--set", role + "two")
                .orFail();
        assertThat(deployment().getSpec().getTemplate()).as("another role").isNotEqualTo(installed);
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aListWithAMissingNamespaceIsRefusedBeforeAnyChange(Helm helm) {
        bed.namespaces("shop");
        String[] list = {
            "upgrade",
            "--install",
            NAME,
            ChartFiles.CHART,
            "--create-namespace",
            "--set",
            "watchNamespaces={shop,absent}"
        };

        assertThat(bed.helm(helm, list).errors()).contains("the namespace absent does not exist");
        assertThat(ours()).isEmpty();
        assertThat(crds()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("helms")
    void twoReleasesServeDifferentNamespacesSideBySide(Helm helm) {
        bed.namespaces("shop", "jobs");
        bed.helm(
                        helm,
                        "install",
                        "one",
                        ChartFiles.CHART,
                        "--namespace",
                        "one",
                        "--create-namespace",
                        "--set",
                        "watchNamespaces={shop}")
                .orFail();
        bed.helm(
                        helm,
                        "install",
                        "two",
                        ChartFiles.CHART,
                        "--namespace",
                        "two",
                        "--create-namespace",
                        "--set",
                        "crds.enabled=false,watchNamespaces={jobs}")
                .orFail();

        assertThat(bed.mayReadSecrets("one", "one-" + NAME, "shop")).isTrue();
        assertThat(bed.mayReadSecrets("one", "one-" + NAME, "jobs")).isFalse();
        assertThat(bed.mayReadSecrets("two", "two-" + NAME, "jobs")).isTrue();
        assertThat(bed.mayReadSecrets("two", "two-" + NAME, "shop")).isFalse();
        assertThat(bed.helm(
                                helm,
                                "install",
                                "three",
                                ChartFiles.CHART,
                                "--namespace",
                                "two",
                                "--set",
                                "crds.enabled=false")
                        .errors())
                .contains("The namespace two already runs the operator two-" + NAME, "would use one lease");
    }

    @ParameterizedTest
    @MethodSource("helms")
    void theObjectsOfPrometheusAppearWhereTheirKindsAreServed(Helm helm) {
        bed.helm(helm, "install", NAME, ChartFiles.CHART, "--create-namespace").orFail();
        assertThat(bed.helm(helm, "get", "manifest", NAME).orFail().text()).doesNotContain("monitoring.coreos.com");
        assertThat(bed.helm(helm, "upgrade", NAME, ChartFiles.CHART, "--set", "serviceMonitor.enabled=true")
                        .errors())
                .contains("no matches for kind \"ServiceMonitor\"");

        bed.installPrometheusKinds();
        bed.helm(
                        helm,
                        "upgrade",
                        NAME,
                        ChartFiles.CHART,
                        "--set",
                        "serviceMonitor.labels.release=prometheus,serviceMonitor.enabled=auto,"
                                + "alerts.runbookURL=https://wiki.example.com/runbook")
                .orFail();

        Rendered installed =
                Rendered.of(bed.helm(helm, "get", "manifest", NAME).orFail().text());
        assertThat(installed
                        .get("ServiceMonitor", NAME)
                        .at("/metadata/labels/release")
                        .asText())
                .isEqualTo("prometheus");
        assertThat(installed.keys().contains("PrometheusRule " + NAME + "/" + NAME))
                .isEqualTo(Files.exists(Path.of(ChartFiles.CHART, "files/alerts.yaml")));
        assertThat(installed.get("PrometheusRule", NAME).findValuesAsText("runbook_url"))
                .isNotEmpty()
                .allMatch(url -> url.startsWith("https://wiki.example.com/runbook#cognitoclientoperator"));
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aTeamsChartMayRenderNullAndEmptyLists(Helm helm) {
        String chart = "src/test/resources/charts/tenant";
        bed.installCrds();
        bed.namespaces("shop");

        bed.helm(helm, "install", "web", chart, "--namespace", "shop").orFail();
        bed.helm(helm, "upgrade", "web", chart, "--namespace", "shop", "--set", "clientName=portal")
                .orFail();
        assertThat(client().getSpec().clientName()).isEqualTo("portal");
        bed.helm(helm, "upgrade", "web", chart, "--namespace", "shop", "--reset-values")
                .orFail();
        assertThat(client().getSpec().clientName()).isNull();

        Helm.Output scalars =
                bed.helm(helm, "upgrade", "web", chart, "--namespace", "shop", "--set", "scalarNulls=true");
        if (helm.name().equals("helm 3")) {
            scalars.orFail();
        } else {
            // Helm 4 sends a null to the API server, which refuses it for a scalar.
            assertThat(scalars.errors()).contains("spec.clientName in body must be of type string: \"null\"");
            bed.helm(
                            helm,
                            "upgrade",
                            "web",
                            chart,
                            "--namespace",
                            "shop",
                            "--set",
                            "scalarNulls=true",
                            "--server-side=false")
                    .orFail();
        }
        assertThat(client().getSpec().clientName()).isNull();
        assertThat(bed.admin()
                        .resources(ClientSecretClaim.class)
                        .inNamespace("shop")
                        .withName("web")
                        .get())
                .isNotNull();
    }

    static Stream<Arguments> pages() {
        return Stream.of(ChartFiles.CHART + "/README.md", "src/docs/install.md")
                .flatMap(page -> Helm.both().stream().map(helm -> Arguments.of(page, helm)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theHelmCommandsOfAPageWorkInTheirOrder(String page, Helm helm) {
        bed.namespaces("shop", "team-c", "shop-b", "jobs-b");
        List<String> commands = ReleaseBed.helmCommands(Path.of(page));
        try (HookJobs jobs = HookJobs.run(bed.admin(), job -> true)) {
            assertThat(commands)
                    .hasSizeGreaterThan(2)
                    .allSatisfy(command -> bed.shell(helm, command).orFail());
        }
    }

    private static Deployment deployment() {
        return bed.admin().apps().deployments().inNamespace(NAME).withName(NAME).get();
    }

    private static String heap() {
        return deployment().getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
                .filter(variable -> variable.getName().equals("JDK_JAVA_OPTIONS"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static Secret secret() {
        return bed.admin().secrets().inNamespace("shop").withName("web").get();
    }

    private static UserPoolClient client() {
        return bed.admin()
                .resources(UserPoolClient.class)
                .inNamespace("shop")
                .withName("web")
                .get();
    }

    private static List<ClusterUserPool> pools() {
        return bed.admin().resources(ClusterUserPool.class).list().getItems();
    }

    private static List<CustomResourceDefinition> crds() {
        return bed.admin().resources(CustomResourceDefinition.class).list().getItems().stream()
                .filter(crd -> crd.getSpec().getGroup().equals("cognito.appclients.dev"))
                .toList();
    }

    private static List<ClusterRole> ours() {
        return bed.admin().rbac().clusterRoles().list().getItems().stream()
                .filter(role -> role.getMetadata().getName().contains(NAME))
                .toList();
    }
}
