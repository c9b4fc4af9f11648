package dev.appclients.cognito.bench;

import java.nio.file.Path;
import java.util.List;

/** Starts the operator: from the package or from an image. */
public interface OperatorLauncher {

    /** @param jvm options after the shipped ones */
    List<String> command(List<String> jvm);

    /** The path of a file of this machine for the operator. */
    default Path visible(Path file) {
        return file;
    }

    /** The operator's own process, given the process of {@link #command}. */
    default ProcessHandle operator(ProcessHandle started) {
        return started;
    }
}
