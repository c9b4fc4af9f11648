package dev.appclients.cognito.release;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs the programs that a release needs, in one directory. */
record Commands(Path directory) {

    /** The standard output. */
    String output(String... command) {
        return run(List.of(command), Map.of(), ProcessBuilder.Redirect.PIPE);
    }

    /** The output goes to the terminal. */
    void run(Map<String, String> environment, String... command) {
        run(List.of(command), environment, ProcessBuilder.Redirect.INHERIT);
    }

    /** A main class of this class path. It reads the files of the directory. */
    void java(String main, String... arguments) {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                main));
        command.addAll(List.of(arguments));
        run(command, Map.of("CLASSPATH", classPath), ProcessBuilder.Redirect.PIPE);
    }

    /** @throws IllegalStateException with the command and its output if the exit code is not 0 */
    private String run(List<String> command, Map<String, String> environment, ProcessBuilder.Redirect output) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(output == ProcessBuilder.Redirect.PIPE)
                .redirectOutput(output);
        if (output != ProcessBuilder.Redirect.PIPE) {
            builder.redirectError(output);
        }
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("'" + String.join(" ", command) + "' failed with exit code "
                        + process.exitValue() + "\n" + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
