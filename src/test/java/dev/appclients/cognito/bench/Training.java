package dev.appclients.cognito.bench;

import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.controlplane.OperatorJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs {@code make aot}: the packaged operator creates and deletes clients, and the JVM records the loaded and linked classes. The
 * cache is valid only for this jar and this build of the JDK.
 */
public final class Training {

    private static final int CLIENTS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Training() {}

    public static void main(String[] words) throws IOException {
        Path directory = Binaries.project().resolve("target/aot");
        Files.createDirectories(directory);
        Path written = directory.resolve("app.aot");
        Path cache = OperatorJar.of(Binaries.project()).aotCache();
        Files.deleteIfExists(written);
        Files.deleteIfExists(cache);
        System.out.println("training an AOT cache for the operator");
        try {
            OperatorJar jar = OperatorJar.of(Binaries.project());
            train(directory.resolve("run"), jar::trainedCommand, written.toString());
            Files.move(written, cache, StandardCopyOption.ATOMIC_MOVE);
        } catch (RuntimeException | IOException failed) {
            System.err.println("make aot: no cache was written, see target/aot/run/operator.log: " + failed);
            System.exit(1);
        }
    }

    /**
     * Trains a cache.
     *
     * @param directory of the logs; replaced
     * @param written the cache, as a path for the operator
     */
    public static void train(Path directory, OperatorLauncher launcher, String written) throws IOException {
        Benchmark.remove(directory);
        // Without a limit: recording needs more memory than the operator has.
        try (Bed bed = Bed.open(
                        launcher,
                        directory,
                        CLIENTS,
                        List.of("-XX:AOTCacheOutput=" + written),
                        MemoryCgroup.Place.find(0));
                KubeApi kube = new KubeApi(bed.plane().adminConfig());
                Clients clients = new Clients(kube, bed::hasOperator)) {
            bed.cognito().quotas(false);
            bed.startOperator(Map.of("COGNITO_CLIENT_OPERATOR_QUOTAS", "false"));
            clients.use(Pools.make(kube, bed.cognito(), CLIENTS, Pools.Access.ALL, Pools.Domain.PREFIX));
            clients.applyAndAwaitReady(CLIENTS, PATIENCE);
            clients.deleteAll();
            // The JVM writes the cache when it exits.
            bed.stopOperator(PATIENCE);
        }
    }
}
