package dev.appclients.cognito.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.Crowd;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.ControlPlane;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.controlplane.OperatorJar;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command check-removal lists the objects that would stay after the operator is removed. */
class RemovalCheckIT {

    /** More than two pages. */
    private static final int MANY = 600;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stage stage = Stage.withoutOperator(Stage.SETTINGS);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void objectsWithoutTheFinalizerDoNotCount() {
        stage.applyPool();
        stage.applyClient("web");

        assertThat(check()).isEqualTo(RemovalCheck.REMOVABLE);
        assertThat(text())
                .isEqualTo(
                        "The operator can be removed: no UserPoolClient and no ClusterUserPool has its finalizer.\n");
    }

    @Test
    void objectsWithTheFinalizerAreNamedWithTheNextStep() {
        stage.applyPool();
        stage.applyClient("web");
        stage.applyClient("spa");
        hold("web");
        hold("spa");
        stage.delete("spa");
        holdPool();

        assertThat(check()).isEqualTo(RemovalCheck.NOT_REMOVABLE);
        assertThat(text()).isEqualTo("""
                        The operator cannot be removed yet. Only the operator removes its finalizer from 2 UserPoolClients and 1 ClusterUserPool:
                          ClusterUserPool customers
                          UserPoolClient %1$s/spa (is being deleted)
                          UserPoolClient %1$s/web
                        Delete these objects while the operator runs, and wait until they are gone:
                          kubectl delete userpoolclients --all-namespaces --all
                          kubectl delete clusteruserpools --all
                        The operator then deletes the app clients in Cognito. To keep an app client, first set spec.deletionPolicy: Retain on its UserPoolClient.
                        """.formatted(stage.namespace()));
    }

    @Test
    void anOperatorWithAListCountsOnlyTheClientsOfItsNamespaces() {
        stage.applyPool();
        stage.applyClient("web");
        hold("web");

        assertThat(check(TestCluster.adminConfig(), List.of("default"))).isEqualTo(RemovalCheck.REMOVABLE);
        printed.reset();
        assertThat(check(TestCluster.adminConfig(), List.of("default", stage.namespace())))
                .isEqualTo(RemovalCheck.NOT_REMOVABLE);
        assertThat(text())
                .contains("kubectl delete userpoolclients -n " + stage.namespace() + " --all")
                .doesNotContain("another operator");
    }

    @Test
    void anOperatorWithAListSaysThatAnotherOneKeepsThePools() {
        stage.applyPool();
        holdPool();

        assertThat(check(TestCluster.adminConfig(), List.of("default"))).isEqualTo(RemovalCheck.NOT_REMOVABLE);
        assertThat(text())
                .contains(
                        "  ClusterUserPool customers",
                        "If another operator keeps running in this cluster, do not delete the ClusterUserPools",
                        "helm uninstall --no-hooks");

        printed.reset();
        assertThat(check()).isEqualTo(RemovalCheck.NOT_REMOVABLE);
        assertThat(text())
                .as("an operator of the whole cluster has no other beside it")
                .doesNotContain("another operator");
    }

    @Test
    void ofManyObjectsTwentyAreNamedAndAllAreCounted() {
        stage.applyPool();
        try (Crowd crowd =
                new Crowd(stage.admin(), stage.namespace() + "-crowd", List.of(ControllerNames.CLIENT_FINALIZER))) {
            crowd.create(MANY, client -> {});

            assertThat(check()).isEqualTo(RemovalCheck.NOT_REMOVABLE);
        }

        assertThat(text()).contains(MANY + " UserPoolClients and 0 ClusterUserPools", "  and " + (MANY - 20) + " more");
        assertThat(text().lines().filter(line -> line.startsWith("  UserPoolClient ")))
                .hasSize(20);
    }

    @Test
    void missingCrdsLeaveNothingToRelease(@TempDir Path directory) {
        try (ControlPlane empty = ControlPlane.start(directory)) {
            assertThat(check(empty.adminConfig(), List.of())).isEqualTo(RemovalCheck.REMOVABLE);
        }
    }

    @Test
    void aMissingPermissionIsNamed() {
        Config stranger = new ConfigBuilder(TestCluster.adminConfig())
                .withImpersonateUsername("system:serviceaccount:default:stranger")
                .build();

        assertThat(check(stranger, List.of())).isEqualTo(RemovalCheck.NOT_REMOVABLE);
        assertThat(text())
                .startsWith(
                        "Cannot check whether the operator can be removed: the service account lacks a permission: ")
                .contains("cannot list resource \"userpoolclients\"")
                .endsWith("Grant it the verb list on userpoolclients and clusteruserpools.\n");
    }

    @Test
    void theShippedCommandEndsWithoutTheOperatorAndWithoutAws(@TempDir Path directory) throws IOException {
        stage.applyPool();
        stage.applyClient("web");
        hold("web");

        assertThat(packaged(directory, "held", TestCluster.operatorKubeconfig()))
                .isEqualTo(RemovalCheck.NOT_REMOVABLE);
        assertThat(Files.readString(directory.resolve("held.log")))
                .startsWith(
                        "The operator cannot be removed yet. Only the operator removes its finalizer from 1 UserPoolClient and")
                .doesNotContain("Cannot start", "WARN");
    }

    @Test
    void anApiServerThatDoesNotAnswerIsReported(@TempDir Path directory) throws IOException {
        Path unreachable = Files.writeString(
                directory.resolve("unreachable.kubeconfig"),
                Files.readString(TestCluster.operatorKubeconfig())
                        .replaceAll("https://127.0.0.1:\\d+", "https://127.0.0.1:9"));

        assertThat(packaged(directory, "unreachable", unreachable)).isEqualTo(RemovalCheck.NOT_REMOVABLE);
        assertThat(Files.readString(directory.resolve("unreachable.log")))
                .startsWith("Cannot check whether the operator can be removed: the API server https://127.0.0.1:9")
                .contains("does not answer")
                .hasLineCount(1);
    }

    private static int packaged(Path directory, String name, Path kubeconfig) {
        List<String> command = new ArrayList<>(OperatorJar.of(Path.of("")).command(List.of()));
        command.add(Main.CHECK_REMOVAL);
        ProcessBuilder check = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile());
        check.environment().put("KUBECONFIG", kubeconfig.toString());
        check.environment().put("COGNITO_CLIENT_OPERATOR_POOL_INTERVAL", "not read by the check");
        try {
            Process running = check.start();
            if (!running.waitFor(PATIENCE)) {
                running.destroyForcibly();
                throw new AssertionError("the check did not end within " + PATIENCE.toSeconds() + " s");
            }
            return running.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int check() {
        return check(TestCluster.adminConfig(), List.of());
    }

    private int check(Config config, List<String> namespaces) {
        try (KubernetesClient kubernetes = Clients.of(config)) {
            return new RemovalCheck(kubernetes, namespaces, new PrintStream(printed, true, UTF_8)).run();
        }
    }

    private String text() {
        return printed.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }

    private void hold(String name) {
        stage.edit(name, client -> {
            client.addFinalizer(ControllerNames.CLIENT_FINALIZER);
            return client;
        });
    }

    private void holdPool() {
        Edits.edit(stage.admin().resources(ClusterUserPool.class).withName(Stage.POOL), pool -> {
            pool.addFinalizer(ControllerNames.POOL_FINALIZER);
            return pool;
        });
    }
}
