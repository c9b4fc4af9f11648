package dev.appclients.cognito.release;

import dev.appclients.cognito.controlplane.Binaries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code make release}: checks the commit, and writes every file of the release to {@code target/release/<version>}. */
public final class ReleaseMain {

    private ReleaseMain() {}

    public static void main(String... words) {
        try {
            ReleaseOptions options = ReleaseOptions.parse(List.of(words));
            Path project = Binaries.project();
            String version = version(options, project);
            List<String> refusals = ReleaseCheck.refusals(
                    version, new Commands(project).output("git", "status", "--porcelain"), Changelog.of(project));
            if (refusals.isEmpty()) {
                new Release(project, options, version, System.out).make();
                return;
            }
            refusals.forEach(refusal -> System.err.println("make release: " + refusal));
            System.exit(1);
        } catch (IllegalArgumentException e) {
            System.err.println("make release: " + e.getMessage() + "\n" + ReleaseOptions.USAGE);
            System.exit(2);
        } catch (IOException | RuntimeException e) {
            System.err.println("make release: " + e.getMessage());
            System.exit(1);
        }
    }

    private static String version(ReleaseOptions options, Path project) throws IOException {
        return options.version() == null
                ? ReleaseSource.version(project).replaceFirst("-SNAPSHOT$", "")
                : options.version();
    }
}
