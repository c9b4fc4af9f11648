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
 * How the packaged operator is started: as in its image, with the Java that runs this. The options that the Deployment sets in
 * JDK_JAVA_OPTIONS, above all -Xmx, come on the command line, where the JVM does not print a note about them.
 */
public final class OperatorJar {

    private static final Path DEPLOYMENT = Path.of("deploy/kustomize/deployment.yaml");
    private static final String OPTIONS = "JDK_JAVA_OPTIONS";

    private final Path project;

    private OperatorJar(Path project) {
        this.project = project;
    }

    /** @throws IllegalStateException when nothing was packaged yet */
    public static OperatorJar of(Path project) {
        OperatorJar operator = new OperatorJar(project.toAbsolutePath());
        if (!Files.exists(operator.jar())) {
            throw new IllegalStateException("no " + operator.jar() + ": this starts what `make build` has made");
        }
        return operator;
    }

    /** Where {@code make aot} leaves the AOT cache, and the image takes it from. */
    public Path aotCache() {
        return jar().resolveSibling("app.aot");
    }

    /** @param jvm options after those that ship, and before the jar */
    public List<String> command(List<String> jvm) {
        List<String> options = new ArrayList<>(deploymentOptions());
        options.addAll(jvm);
        return imageCommand(options);
    }

    /**
     * As the image alone starts it, without what the Deployment sets.
     *
     * @param jvm options after those of the image, and before the jar
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

    /** With the AOT cache, unless there is none or the jar is newer: then the JVM would refuse it, and say so in three lines. */
    public List<String> trainedCommand(List<String> jvm) {
        List<String> options = new ArrayList<>();
        if (isTrained()) {
            options.add("-XX:AOTCache=" + aotCache());
        }
        options.addAll(jvm);
        return command(options);
    }

    private List<String> deploymentOptions() {
        try {
            return List.of(shippedOptions(Files.readString(project.resolve(DEPLOYMENT)))
                    .split(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a Deployment sets in JDK_JAVA_OPTIONS.
     *
     * @throws IllegalArgumentException when it does not
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
