package dev.appclients.cognito.deploy;

import dev.appclients.cognito.controlplane.ControlPlane;
import dev.appclients.cognito.controlplane.OperatorJar;
import dev.appclients.cognito.controlplane.Server;
import dev.appclients.cognito.image.Container;
import dev.appclients.cognito.image.UnpackedImage;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs the first container of an installed Deployment or Job, in place of the kubelet, which the test bed lacks: with its arguments, its
 * environment, and a token of its ServiceAccount.
 */
@FunctionalInterface
public interface Pods {

    /** Starts a pod of the object. Each pod needs a directory of its own. */
    Pod start(HasMetadata owner, PodTemplateSpec template, Path directory);

    /** A running container. */
    interface Pod extends AutoCloseable {

        /** Everything that it has printed. */
        String log();

        /** Waits until the log contains the text. Fails if the container ends first. */
        Pod awaitLog(String text);

        /** Waits until the container ends, and returns the exit code. */
        int awaitExit();

        /** Ends the container. */
        @Override
        void close();
    }

    /** Pods of the packaged operator, on the JDK of the test. */
    static Pods ofPackage(ControlPlane plane) {
        return (owner, template, directory) -> new PackagedPod(plane, owner, template, directory);
    }

    /** Pods of the built image, isolated as by a container runtime. Skips the test on a machine that cannot run them. */
    static Pods ofImage(ControlPlane plane) {
        UnpackedImage image = UnpackedImage.ofThisBuild();
        return (owner, template, directory) -> {
            Container.Settings settings = Container.Settings.in(directory)
                    .withServiceAccount(identity(plane, owner, template))
                    .withEnvironment(environment(owner, template))
                    .withArguments(arguments(template).toArray(String[]::new));
            return new ImagePod(image.start(settings));
        };
    }

    private static Config identity(ControlPlane plane, HasMetadata owner, PodTemplateSpec template) {
        return plane.configFor(
                owner.getMetadata().getNamespace(), template.getSpec().getServiceAccountName());
    }

    private static List<String> arguments(PodTemplateSpec template) {
        return template.getSpec().getContainers().getFirst().getArgs();
    }

    /** The variables of the container, as a kubelet resolves them, and those of the network and of the identity in AWS. */
    private static Map<String, String> environment(HasMetadata owner, PodTemplateSpec template) {
        Map<String, String> fields = Map.of(
                "metadata.name",
                owner.getMetadata().getName() + "-pod",
                "metadata.namespace",
                owner.getMetadata().getNamespace());
        Map<String, String> variables = new TreeMap<>(Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", "0",
                "AWS_ACCESS_KEY_ID", "AKIDINSTALLED",
                "AWS_SECRET_ACCESS_KEY", "unused"));
        for (EnvVar variable : template.getSpec().getContainers().getFirst().getEnv()) {
            variables.put(
                    variable.getName(),
                    variable.getValueFrom() == null
                            ? variable.getValue()
                            : fields.get(variable.getValueFrom().getFieldRef().getFieldPath()));
        }
        return variables;
    }

    /** A process of the packaged operator. */
    final class PackagedPod implements Pod {

        private static final Duration PATIENCE = Duration.ofSeconds(60);
        /** Of the machine that runs the test. */
        private static final Set<String> NOT_INHERITED =
                Set.of("KUBERNETES_SERVICE_HOST", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "AWS_REGION");

        private final Server process;
        private final Path log;

        private PackagedPod(ControlPlane plane, HasMetadata owner, PodTemplateSpec template, Path directory) {
            try {
                Files.createDirectories(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            log = directory.resolve("pod.log");
            Path kubeconfig = plane.writeKubeconfig(directory.resolve("kubeconfig"), identity(plane, owner, template));
            List<String> command = new ArrayList<>(OperatorJar.of(Path.of("")).imageCommand(List.of()));
            command.addAll(arguments(template));
            process = Server.start(
                    "pod",
                    command,
                    variables -> {
                        variables.keySet().removeAll(NOT_INHERITED);
                        variables.putAll(environment(owner, template));
                        variables.put("KUBECONFIG", kubeconfig.toString());
                    },
                    log);
        }

        @Override
        public String log() {
            try {
                return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Pod awaitLog(String text) {
            process.awaitUntil("it logs '" + text + "'", PATIENCE, () -> log().contains(text));
            return this;
        }

        @Override
        public int awaitExit() {
            process.handle().onExit().join();
            return process.exitCode();
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** A container of the image. */
    record ImagePod(Container container) implements Pod {

        @Override
        public String log() {
            return container.log();
        }

        @Override
        public Pod awaitLog(String text) {
            container.awaitLog(text);
            return this;
        }

        @Override
        public int awaitExit() {
            return container.awaitExit();
        }

        @Override
        public void close() {
            container.close();
        }
    }
}
