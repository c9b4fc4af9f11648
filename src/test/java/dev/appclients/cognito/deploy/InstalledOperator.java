package dev.appclients.cognito.deploy;

import dev.appclients.cognito.controlplane.ControlPlane;
import dev.appclients.cognito.controlplane.OperatorJar;
import dev.appclients.cognito.controlplane.Server;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The packaged operator, run as a pod of an installed Deployment: its arguments, its environment, and a token of its ServiceAccount. No
 * kubelet runs in the test bed.
 */
public final class InstalledOperator implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Only a pod has them: its own network, and the identity in AWS that EKS adds. */
    private static final Map<String, String> OF_THE_POD = Map.of(
            "QUARKUS_HTTP_HOST", "127.0.0.1",
            "QUARKUS_HTTP_PORT", "0",
            "AWS_ACCESS_KEY_ID", "AKIDINSTALLED",
            "AWS_SECRET_ACCESS_KEY", "unused");
    /** Of the machine that runs the test. */
    private static final Set<String> NOT_INHERITED =
            Set.of("KUBERNETES_SERVICE_HOST", "JAVA_TOOL_OPTIONS", "AWS_REGION");

    private final Server process;
    private final Path log;

    private InstalledOperator(Server process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a pod of the Deployment, and returns when its caches are filled and it leads. */
    public static InstalledOperator start(ControlPlane plane, Deployment deployment, Path directory) {
        PodTemplateSpec pod = deployment.getSpec().getTemplate();
        Container container = pod.getSpec().getContainers().getFirst();
        Path log = directory.resolve("operator.log");
        Server process = Server.start(
                "operator",
                command(container),
                environment -> {
                    environment.keySet().removeAll(NOT_INHERITED);
                    environment.putAll(environment(plane, deployment, pod, directory));
                },
                log);
        InstalledOperator operator = new InstalledOperator(process, log);
        process.awaitUntil(
                "it leads", PATIENCE, () -> operator.log().contains("Started event processing for controller"));
        return operator;
    }

    /** The command of the image with the arguments of the container. */
    static List<String> command(Container container) {
        List<String> command = new ArrayList<>(OperatorJar.of(Path.of("")).imageCommand(List.of()));
        command.addAll(container.getArgs());
        return command;
    }

    /** The variables of the first container, as a kubelet resolves them, and a kubeconfig with a token of the ServiceAccount. */
    static Map<String, String> environment(ControlPlane plane, HasMetadata owner, PodTemplateSpec pod, Path directory) {
        String namespace = owner.getMetadata().getNamespace();
        Map<String, String> fields =
                Map.of("metadata.name", owner.getMetadata().getName() + "-pod", "metadata.namespace", namespace);
        Map<String, String> variables = new TreeMap<>(OF_THE_POD);
        for (EnvVar variable : pod.getSpec().getContainers().getFirst().getEnv()) {
            String value = variable.getValueFrom() == null
                    ? variable.getValue()
                    : fields.get(variable.getValueFrom().getFieldRef().getFieldPath());
            variables.put(variable.getName(), value);
        }
        Path kubeconfig = plane.writeKubeconfig(
                directory.resolve(owner.getMetadata().getName() + ".kubeconfig"),
                plane.configFor(namespace, pod.getSpec().getServiceAccountName()));
        variables.put("KUBECONFIG", kubeconfig.toString());
        return variables;
    }

    public String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the operator. */
    @Override
    public void close() {
        process.close();
    }
}
