package dev.appclients.cognito.runtime;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Starts the operator, or only {@link RemovalCheck} with the argument {@value #CHECK_REMOVAL}. The check starts no part of Quarkus, so
 * neither the operator's configuration nor a missing identity in AWS can prevent it.
 */
@QuarkusMain
public final class Main {

    /** The argument that runs the check and ends the process: with code 0 if the operator can be removed, otherwise with code 1. */
    static final String CHECK_REMOVAL = "check-removal";

    private static final String NAMESPACES = "COGNITO_CLIENT_OPERATOR_WATCH_NAMESPACES";
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final int RETRIES = 2;

    private Main() {}

    /** Starts the process. */
    public static void main(String... arguments) {
        if (List.of(arguments).equals(List.of(CHECK_REMOVAL))) {
            System.exit(checkRemoval());
        }
        Quarkus.run(arguments);
    }

    private static int checkRemoval() {
        int timeout = (int) REQUEST_TIMEOUT.toMillis();
        var config = new ConfigBuilder()
                .withConnectionTimeout(timeout)
                .withRequestTimeout(timeout)
                .withRequestRetryBackoffLimit(RETRIES)
                .build();
        try (KubernetesClient kubernetes = new KubernetesClientBuilder()
                .withConfig(config)
                // Quarkus has another factory on the class path, whose Vert.x stays open outside Quarkus.
                .withHttpClientFactory(new VertxHttpClientFactory())
                .build()) {
            return new RemovalCheck(kubernetes, servedNamespaces(), System.out).run();
        }
    }

    private static List<String> servedNamespaces() {
        return Arrays.stream(Objects.requireNonNullElse(System.getenv(NAMESPACES), "")
                        .split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .sorted()
                .toList();
    }
}
