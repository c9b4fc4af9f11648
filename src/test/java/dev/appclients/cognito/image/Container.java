package dev.appclients.cognito.image;

import dev.appclients.cognito.controlplane.Server;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A running process of the image, isolated as in a pod. */
public final class Container implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final String SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    private final Server outer;
    private final Path log;

    private Container(Server outer, Path log) {
        this.outer = outer;
        this.log = log;
    }

    /**
     * The additions of a pod to an image.
     *
     * @param directory of the log and of {@code /tmp}; one container at a time uses it
     * @param environment the only variables besides those of the image
     * @param arguments after the entrypoint
     * @param mounts directories of this machine, by their read-only mount points
     * @param enter the start of a command line that limits the process, for example to a cgroup; may be empty
     */
    public record Settings(
            Path directory,
            Map<String, String> environment,
            List<String> arguments,
            Map<String, Path> mounts,
            List<String> enter) {

        public static Settings in(Path directory) {
            return new Settings(directory, Map.of(), List.of(), Map.of(), List.of());
        }

        public Settings withEnvironment(Map<String, String> variables) {
            Map<String, String> all = new TreeMap<>(environment);
            all.putAll(variables);
            return new Settings(directory, all, arguments, mounts, enter);
        }

        public Settings withArguments(String... words) {
            return new Settings(directory, environment, List.of(words), mounts, enter);
        }

        /** Mounts the token and the authority of a service account as the kubelet does, and names the API server. */
        public Settings withServiceAccount(Config config) {
            try {
                Path files = Files.createDirectories(directory.resolve("serviceaccount"));
                // The client keeps a token from a kubeconfig in another field.
                String token = config.getOauthToken() == null ? config.getAutoOAuthToken() : config.getOauthToken();
                Files.writeString(files.resolve("token"), token);
                Files.writeString(files.resolve("namespace"), config.getNamespace());
                Files.write(files.resolve("ca.crt"), Base64.getDecoder().decode(config.getCaCertData()));
                Map<String, Path> all = new TreeMap<>(mounts);
                all.put(SERVICE_ACCOUNT, files);
                URI server = URI.create(config.getMasterUrl());
                return new Settings(directory, environment, arguments, all, enter)
                        .withEnvironment(Map.of(
                                "KUBERNETES_SERVICE_HOST", server.getHost(),
                                "KUBERNETES_SERVICE_PORT", Integer.toString(server.getPort())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** @param words the start of a command line that ends with the command of the container */
        public Settings within(List<String> words) {
            return new Settings(directory, environment, arguments, mounts, words);
        }
    }

    /** Starts a program of a root file system, and returns at once. */
    static Container start(Path root, List<String> program, Settings settings) {
        try {
            Path tmp = Files.createDirectories(settings.directory().resolve("tmp"));
            Path log = settings.directory().resolve("container.log");
            List<String> words = new ArrayList<>(settings.enter());
            words.addAll(new Sandbox(root, tmp, settings.mounts()).command(program));
            Server outer = Server.start(
                    "container",
                    words,
                    environment -> {
                        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
                        environment.clear();
                        environment.putAll(settings.environment());
                        // For the programs that prepare the namespaces.
                        environment.put("PATH", path + ":/usr/sbin:/sbin:/usr/bin:/bin");
                    },
                    log);
            return new Container(outer, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process of the program itself, for signals and for its memory. It exists once the namespaces do. */
    public ProcessHandle program() {
        return Sandbox.program(outer.handle())
                .orElseThrow(() -> new IllegalStateException("the container has not started, or has ended: " + log()));
    }

    /** Everything that it has printed. */
    public String log() {
        try {
            return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until its log contains the text. Fails if it ends first. */
    public Container awaitLog(String text) {
        outer.awaitUntil("it logs '" + text + "'", PATIENCE, () -> log().contains(text));
        return this;
    }

    public boolean isAlive() {
        return outer.handle().isAlive();
    }

    /** SIGTERM, as the kubelet sends it first. */
    public void terminate() {
        program().destroy();
    }

    /** Waits for its end and returns the exit code: 143 after SIGTERM. */
    public int awaitExit() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(STOP_PATIENCE)
                .until(() -> !isAlive());
        return outer.exitCode();
    }

    /** Ends it in order, as the kubelet does, and kills it if it hangs. */
    @Override
    public void close() {
        Sandbox.program(outer.handle()).ifPresent(program -> {
            program.destroy();
            try {
                awaitExit();
            } catch (ConditionTimeoutException hangs) {
                program.destroyForcibly();
            }
        });
        outer.close();
    }
}
