package dev.appclients.cognito.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the packaged operator is started: as in its image, with the Java that runs this. */
public final class OperatorJar {

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
