package dev.appclients.cognito.release;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Makes the files of one release from a clone of the commit. */
final class Release {

    private static final String NAME = "cognito-client-operator";
    private static final Path CHART = Path.of("deploy/helm", NAME);

    private final Path project;
    private final ReleaseOptions options;
    private final String version;
    private final PrintStream progress;

    Release(Path project, ReleaseOptions options, String version, PrintStream progress) {
        this.project = project;
        this.options = options;
        this.version = version;
        this.progress = progress;
    }

    /** Replaces the folder of an earlier run for this version. */
    void make() throws IOException {
        Path releases = project.resolve("target/release");
        Path clone = releases.resolve("source");
        ReleaseFolder.remove(clone);
        say("cloning the commit");
        ReleaseSource source = ReleaseSource.clone(project, clone);
        say("writing version " + version);
        source.release(version);
        Path images = options.images() == null ? image(source) : options.images();
        say("writing the files");
        ReleaseFolder folder = ReleaseFolder.create(releases.resolve(version));
        addImages(folder, images);
        addChart(folder, source);
        folder.add("crds.yaml", InstallManifest.crds(clone));
        folder.add("install.yaml", InstallManifest.install(clone, options.image(), version));
        folder.add("release-notes.md", notes(source));
        folder.writeSums();
        progress.print(
                "\n" + project.relativize(folder.directory()) + ":\n" + folder.listing() + "\n" + nextSteps(source));
    }

    private Path image(ReleaseSource source) {
        say("building the image");
        source.commands()
                .run(
                        Map.of(),
                        "make",
                        "--no-print-directory",
                        "image",
                        "ARGS=--locked --arch " + options.arches() + " --tag " + options.image() + ":" + version);
        return source.directory().resolve("target/image");
    }

    private void addImages(ReleaseFolder folder, Path images) throws IOException {
        for (String arch : options.arches().split(",")) {
            String archive = NAME + "-" + version + "-" + arch + ".tar";
            if (!Files.exists(images.resolve(archive))) {
                throw new IOException(images.resolve(archive) + " is missing. Run `make image` for this version.");
            }
            folder.add(archive, images.resolve(archive));
            Path bom = images.resolve("sbom-" + arch);
            folder.add("sbom-" + arch + ".cdx.json", bom.resolve("sbom.cdx.json"));
            folder.add("THIRD-PARTY-" + arch + ".txt", bom.resolve("THIRD-PARTY"));
        }
    }

    private void addChart(ReleaseFolder folder, ReleaseSource source) throws IOException {
        nameImage(source.directory().resolve(CHART));
        source.commands().java("dev.appclients.cognito.deploy.ChartPackage", "target/chart");
        String archive = NAME + "-" + version + ".tgz";
        Path packed = source.directory().resolve("target/chart").resolve(archive);
        ChartArchive.normalize(packed, source.commitTime());
        folder.add(archive, packed);
    }

    /** The values of the packed chart name the image of the publisher. The commit keeps the name without a registry. */
    private void nameImage(Path chart) throws IOException {
        if (options.image().equals(ReleaseOptions.IMAGE)) {
            return;
        }
        int slash = options.image().indexOf('/');
        String first = slash < 0 ? "" : options.image().substring(0, slash);
        // As in a reference of an image: the first part is a registry if it contains a dot or a port, or is localhost.
        boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
        replace(
                chart.resolve("values.yaml"),
                "\n  registry: \"\"\n",
                "\n  registry: \"" + (registry ? first : "") + "\"\n");
        replace(
                chart.resolve("values.yaml"),
                "\n  repository: " + NAME + "\n",
                "\n  repository: " + (registry ? options.image().substring(slash + 1) : options.image()) + "\n");
        replace(chart.resolve("Chart.yaml"), "image: " + NAME + ":", "image: " + options.image() + ":");
    }

    private static void replace(Path file, String text, String replacement) throws IOException {
        String content = Files.readString(file);
        if (content.indexOf(text) < 0 || content.indexOf(text) != content.lastIndexOf(text)) {
            throw new IOException(file.getFileName() + " does not contain exactly once:" + text);
        }
        Files.writeString(file, content.replace(text, replacement));
    }

    private String notes(ReleaseSource source) throws IOException {
        Changelog.Section section = source.changelog().section(version).orElseThrow();
        return "# Cognito Client Operator " + version + "\n\n" + section.date() + ", commit " + source.commit() + "\n\n"
                + section.text() + "\n";
    }

    private String nextSteps(ReleaseSource source) {
        String clone = project.relativize(source.directory()).toString();
        return """
                Next: check the checksums, tag the commit %1$s, sign, and publish. See src/docs/releases.md.
                  (cd target/release/%2$s && sha256sum --check SHA256SUMS)
                  git fetch %3$s HEAD && git tag -a v%2$s -m 'Release %2$s' FETCH_HEAD
                """.formatted(source.commit().substring(0, 12), version, clone);
    }

    private void say(String message) {
        progress.println("release: " + message);
    }
}
