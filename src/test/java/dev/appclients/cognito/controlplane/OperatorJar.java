package dev.appclients.cognito.controlplane;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the command line of the packaged operator, as in its image, with the JDK that runs this code. The options of the
 * Deployment in JDK_JAVA_OPTIONS, such as -Xmx, are on the command line, so the JVM prints no note about them.
 */
public final class OperatorJar {

    private static final Path DEPLOYMENT = Path.of("deploy/kustomize/base/deployment.yaml");
    private static final String OPTIONS = "JDK_JAVA_OPTIONS";

    private final Path project;

    private OperatorJar(Path project) {
        this.project = project;
    }

    /** @throws IllegalStateException if the operator is not packaged yet */
    public static OperatorJar of(Path project) {
        OperatorJar operator = new OperatorJar(project.toAbsolutePath());
        if (!Files.exists(operator.jar())) {
            throw new IllegalStateException(operator.jar() + " not found: run `make build` first");
        }
        return operator;
    }

    /** The AOT cache that {@code make aot} writes and the image contains. */
    public Path aotCache() {
        return jar().resolveSibling("app.aot");
    }

    /** @param jvm options between the shipped ones and the jar */
    public List<String> command(List<String> jvm) {
        List<String> options = new ArrayList<>(deploymentOptions());
        options.addAll(jvm);
        return imageCommand(options);
    }

    /**
     * The command of the image alone, without the options of the Deployment.
     *
     * @param jvm options between those of the image and the jar
     */
    public List<String> imageCommand(List<String> jvm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + project.resolve("src/main/launch/jvm.options"));
        command.addAll(jvm);
        command.add("-jar");
        command.add(jar().toString());
        return command;
    }

    /** The command with the AOT cache. Omits a missing cache and one older than the jar, which the JVM would refuse with three lines. */
    public List<String> trainedCommand(List<String> jvm) {
        List<String> options = new ArrayList<>();
        if (isTrained()) {
            options.add("-XX:AOTCache=" + aotCache());
        }
        options.addAll(jvm);
        return command(options);
    }

    /** The options in JDK_JAVA_OPTIONS of the Deployment, such as -Xmx. */
    public List<String> deploymentOptions() {
        try {
            return List.of(shippedOptions(Files.readString(project.resolve(DEPLOYMENT)))
                    .split(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The value of JDK_JAVA_OPTIONS in a Deployment.
     *
     * @throws IllegalArgumentException if the Deployment does not set it
     */
    public static String shippedOptions(String deployment) {
        return Serialization.unmarshal(deployment, Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv()
                .stream()
                .filter(variable -> variable.getName().equals(OPTIONS))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The Deployment does not set " + OPTIONS + "."));
    }

    private boolean isTrained() {
        try {
            return Files.exists(aotCache())
                    && Files.getLastModifiedTime(aotCache()).compareTo(Files.getLastModifiedTime(jar())) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path jar() {
        return project.resolve("target/quarkus-app/quarkus-run.jar");
    }
}
