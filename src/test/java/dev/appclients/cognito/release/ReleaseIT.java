package dev.appclients.cognito.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.docs.GeneratedFiles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rehearses {@code make release} with a version of its own in a clone. The image is a placeholder, because its build takes minutes. */
class ReleaseIT {

    private static final String VERSION = "98.7.6";
    private static final String CHART = "cognito-client-operator-" + VERSION + ".tgz";
    private static final String IMAGE = "registry.example.com/team/cognito-client-operator";

    @TempDir
    private static Path directory;

    private static Path clone;
    private static Path images;
    private static Commands git;

    @BeforeAll
    static void cloneAndRelease() throws IOException {
        Path project = Binaries.project();
        assumeTrue(Files.exists(project.resolve(".git")), "A release needs the git repository of the project.");
        clone = directory.resolve("clone");
        ReleaseSource.clone(project, clone);
        git = new Commands(clone);
        // The classes of this test may be newer than the commit.
        git.java(GeneratedFiles.class.getName());
        Path changelog = clone.resolve("CHANGELOG.md");
        Files.writeString(
                changelog,
                Files.readString(changelog)
                        .replace(
                                "## [Unreleased]\n",
                                "## [" + VERSION + "] - 2026-12-01\n\n### Added\n\n- Rehearsed.\n\n## [Before]\n"));
        git.run(
                Map.of(
                        "GIT_AUTHOR_NAME", "a",
                        "GIT_AUTHOR_EMAIL", "a@example.com",
                        "GIT_COMMITTER_NAME", "a",
                        "GIT_COMMITTER_EMAIL", "a@example.com"),
                "git",
                "-c",
                "core.hooksPath=/dev/null",
                "-c",
                "commit.gpgSign=false",
                "commit",
                "-qam",
                "Describe the release");
        images = Files.createDirectories(directory.resolve("images"));
        Files.writeString(images.resolve("cognito-client-operator-" + VERSION + "-amd64.tar"), "image");
        Path bom = Files.createDirectories(images.resolve("sbom-amd64"));
        Files.writeString(bom.resolve("sbom.cdx.json"), "{}");
        Files.writeString(bom.resolve("THIRD-PARTY"), "licences");
        release();
    }

    @Test
    void theFolderHasEveryFileAndItsChecksum() throws IOException {
        assertThat(Files.readAllLines(folder().resolve("SHA256SUMS")))
                .extracting(line -> line.substring(66))
                .containsExactly(
                        "THIRD-PARTY-amd64.txt",
                        "cognito-client-operator-" + VERSION + "-amd64.tar",
                        CHART,
                        "crds.yaml",
                        "install.yaml",
                        "release-notes.md",
                        "sbom-amd64.cdx.json");
        new Commands(folder())
                .output(
                        "bash",
                        "-c",
                        "if command -v sha256sum; then sha256sum -c SHA256SUMS; else shasum -a 256 -c SHA256SUMS; fi");
    }

    @Test
    void everyFileHasTheVersionAndTheImageOfThePublisher() throws IOException {
        assertThat(entry("Chart.yaml"))
                .contains(
                        "\nversion: " + VERSION + "\n",
                        "\nappVersion: " + VERSION + "\n",
                        IMAGE + ":" + VERSION,
                        "Rehearsed.");
        assertThat(entry("values.yaml"))
                .contains("registry: \"registry.example.com\"", "repository: team/cognito-client-operator");
        assertThat(Files.readString(folder().resolve("release-notes.md")))
                .contains("# Cognito Client Operator " + VERSION, "- Rehearsed.", source("%H"))
                .doesNotContain("[Before]");
        assertThat(objects("install.yaml"))
                .filteredOn(Deployment.class::isInstance)
                .singleElement()
                .extracting(object -> ((Deployment) object)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .isEqualTo(IMAGE + ":" + VERSION);
    }

    @Test
    void theBundleHasTheCrdsAndTheManifestBeginsWithThem() throws IOException {
        List<String> crds = objects("crds.yaml").stream()
                .map(object -> object.getMetadata().getName())
                .toList();

        assertThat(crds).hasSize(3);
        assertThat(objects("install.yaml"))
                .extracting(object -> object.getMetadata().getName())
                .startsWith(Stream.concat(crds.stream(), Stream.of("cognito-client-operator"))
                        .toArray(String[]::new));
        assertThat(objects("install.yaml"))
                .extracting(HasMetadata::getKind)
                .contains(
                        "Namespace",
                        "ServiceAccount",
                        "ClusterRole",
                        "ClusterRoleBinding",
                        "Role",
                        "RoleBinding",
                        "Deployment");
    }

    @Test
    void theReleaseCommitDiffersFromItsParentOnlyInTheVersion() {
        assertThat(source("%s")).isEqualTo("Release " + VERSION);
        assertThat(source("%cI"))
                .isEqualTo(git.output("git", "log", "-1", "--format=%cI").strip());
        assertThat(new Commands(clone.resolve("target/release/source"))
                        .output("git", "diff", "--unified=0", "HEAD~1", "HEAD")
                        .lines()
                        .filter(line -> line.matches("[-+][^-+].*")))
                .isNotEmpty()
                .allMatch(line -> line.contains(VERSION) || line.contains("-SNAPSHOT"));
        assertThat(git.output("git", "status", "--porcelain")).isEmpty();
    }

    @Test
    void aSecondRunMakesTheSameFiles() throws IOException {
        String first = Files.readString(folder().resolve("SHA256SUMS"));

        release();

        assertThat(folder().resolve("SHA256SUMS")).content().isEqualTo(first);
    }

    @Test
    void aChangedTreeAndAMissingSectionAreRefused() throws IOException {
        Path stray = Files.createFile(clone.resolve("stray.txt"));
        assertThatThrownBy(ReleaseIT::release).hasMessageContaining("?? stray.txt");
        Files.delete(stray);

        assertThatThrownBy(() -> git.java(ReleaseMain.class.getName(), "--version", "1.0.0"))
                .hasMessageContaining("CHANGELOG.md has no section '## [1.0.0]'");
    }

    private static void release() {
        git.java(
                ReleaseMain.class.getName(),
                "--version",
                VERSION,
                "--image",
                IMAGE,
                "--arch",
                "amd64",
                "--images",
                images.toString());
    }

    private static Path folder() {
        return clone.resolve("target/release").resolve(VERSION);
    }

    private static String source(String format) {
        return new Commands(clone.resolve("target/release/source"))
                .output("git", "log", "-1", "--format=" + format)
                .strip();
    }

    private static List<HasMetadata> objects(String file) throws IOException {
        try (var client = new KubernetesClientBuilder().build()) {
            return client.load(new ByteArrayInputStream(Files.readAllBytes(folder().resolve(file))))
                    .items();
        }
    }

    private static String entry(String name) throws IOException {
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(folder().resolve(CHART))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals("cognito-client-operator/" + name)) {
                    return new String(tar.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new AssertionError("The chart has no " + name);
    }
}
