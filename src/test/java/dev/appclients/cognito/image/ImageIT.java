package dev.appclients.cognito.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.bench.MemoryCgroup;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.OperatorJar;
import dev.appclients.cognito.controlplane.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator of the built image, isolated as in a pod: a read-only root file system, a writable {@code /tmp}, its own user, no
 * capabilities, the shipped memory limit, a service account.
 */
class ImageIT {

    private static final Path DEPLOYMENT = Path.of("deploy/kustomize/base/deployment.yaml");
    private static final String LEADS = "Started event processing for controller";
    private static final int SHIPPED_LIMIT = 256;

    /** The kubelet kills a pod after this time. */
    private static final Duration GRACE_PERIOD = Duration.ofSeconds(30);
    /** The JVM ends if it cannot use the AOT cache. */
    private static final String CACHE_REQUIRED = " -XX:AOTMode=on";

    private final UnpackedImage image = UnpackedImage.ofThisBuild();
    private final Stage stage = Stage.withoutOperator(Stage.SETTINGS);

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void theOperatorMakesAClientReadyAndEndsOnSigterm(TestReporter reporter) throws IOException {
        MemoryCgroup.Place cgroups = MemoryCgroup.Place.find(SHIPPED_LIMIT);
        try (@Nullable MemoryCgroup limit = cgroups.make();
                Container operator = image.start(settings(limit == null ? List.of() : limit.enter()))) {
            if (limit == null) {
                reporter.publishEntry("The machine permits no memory cgroup, so this run has no memory limit.");
            }
            operator.awaitLog(LEADS);
            stage.applyPool();
            // A client that the operator sees before its pool is a warning.
            stage.awaitPool(Stage.POOL, "Ready", "True", "Synced");
            stage.applyClient("web");
            stage.awaitReady("web");

            assertIsolated(operator.program().pid());
            assertThat(operator.log()).contains("JDK_JAVA_OPTIONS").doesNotContain("\"WARN\"", "\"ERROR\"");
            long terminated = System.nanoTime();
            operator.terminate();
            assertThat(operator.awaitExit()).isIn(0, 143);
            assertThat(Duration.ofNanos(System.nanoTime() - terminated)).isLessThan(GRACE_PERIOD);
        }
    }

    private static void assertIsolated(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        assertThat(Files.readAllLines(process.resolve("status")))
                .contains("CapEff:\t0000000000000000", "CapPrm:\t0000000000000000", "NoNewPrivs:\t1");
        assertThat(Files.readString(process.resolve("uid_map")).strip()).startsWith("65532 ");
        List<String> mounts = Files.readAllLines(process.resolve("mountinfo"));
        assertThat(mounts)
                .filteredOn(line -> line.split(" ")[4].equals("/"))
                .isNotEmpty()
                .allMatch(ImageIT::isReadOnly);
        assertThat(mounts).filteredOn(line -> line.split(" ")[4].equals("/tmp")).noneMatch(ImageIT::isReadOnly);
    }

    private static boolean isReadOnly(String mount) {
        return List.of(mount.split(" ")[5].split(",")).contains("ro");
    }

    @Test
    void theJvmEndsWhenTheCacheIsRequiredAndAJarHasAnotherTime() throws IOException {
        // Hard links need the same file system.
        Path copy = Files.createTempDirectory(image.root().getParent(), "changed-");
        new ImageLayer("all", image.root()).linkInto(copy);
        Path jar = copy.resolve("opt/cognito-client-operator/quarkus-run.jar");
        byte[] bytes = Files.readAllBytes(jar);
        Files.delete(jar);
        Files.write(jar, bytes);
        UnpackedImage changed =
                new UnpackedImage(copy, image.entrypoint(), image.environment(), image.compressedBytes());

        try (Container operator = changed.start(settings(List.of()))) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !operator.isAlive());
            assertThat(operator.log()).contains("quarkus-run.jar").doesNotContain(LEADS);
        } finally {
            RootFilesystem.remove(copy);
        }
    }

    private Container.Settings settings(List<String> enter) throws IOException {
        URI cognito = stage.simulator().endpoint();
        return Container.Settings.in(directory)
                .within(enter)
                .withServiceAccount(TestCluster.operatorConfig())
                .withEnvironment(Map.of(
                        "POD_NAME", "image",
                        "POD_NAMESPACE", "cognito-client-operator",
                        "JDK_JAVA_OPTIONS", OperatorJar.shippedOptions(Files.readString(DEPLOYMENT)) + CACHE_REQUIRED,
                        // By name, so that the C library of the image resolves it.
                        "AWS_ENDPOINT_URL", "http://localhost:" + cognito.getPort(),
                        "AWS_REGION", "eu-west-1",
                        "AWS_ACCESS_KEY_ID", "AKIDIMAGE",
                        "AWS_SECRET_ACCESS_KEY", "unused",
                        "QUARKUS_HTTP_HOST", "127.0.0.1",
                        "QUARKUS_HTTP_PORT", "0"));
    }
}
