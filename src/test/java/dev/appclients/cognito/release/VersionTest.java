package dev.appclients.cognito.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.docs.GeneratedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** pom.xml is the one place of the version. {@code GeneratedFilesTest} compares the generated files, which repeat it. */
class VersionTest {

    @Test
    void noOtherFileRepeatsTheVersion() throws IOException {
        Path project = Binaries.project();
        String version = ReleaseSource.version(project);
        assumeTrue(
                version.endsWith("-SNAPSHOT"), "Only the version between two releases is unique enough to search for.");
        assumeTrue(
                Files.exists(project.resolve(".git")),
                "The list of files comes from the git repository of the project.");
        Set<String> allowed = new HashSet<>(GeneratedFiles.paths());
        allowed.add("pom.xml");

        assertThat(new Commands(project)
                        .output("git", "grep", "--files-with-matches", "--fixed-strings", "-I", version)
                        .lines())
                .contains("pom.xml")
                .isSubsetOf(allowed);
    }
}
