package dev.appclients.cognito.image;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds the image of one architecture from the packaged operator. */
final class ImageBuild {

    private static final Path PACKAGE = Path.of("target/quarkus-app");
    private static final Object THREADS = new Object();

    private final Path project;
    private final ImageOptions options;
    private final ImageArch arch;
    private final PrintStream progress;
    private final Path work;

    ImageBuild(Path project, ImageOptions options, ImageArch arch, PrintStream progress) {
        this.project = project.toAbsolutePath();
        this.options = options;
        this.arch = arch;
        this.progress = progress;
        this.work = directory(this.project).resolve("work").resolve(arch.ociName());
    }

    static Path directory(Path project) {
        return project.toAbsolutePath().resolve("target/image");
    }

    /** The archive of that version and architecture. */
    static Path archive(Path project, String version, ImageArch arch) {
        return directory(project).resolve("cognito-client-operator-" + version + "-" + arch.ociName() + ".tar");
    }

    interface Step<T> {
        T run() throws IOException;
    }

    /** Runs the step while no other thread or process runs one in this project. */
    static <T> T exclusively(Path project, Step<T> step) {
        synchronized (THREADS) {
            try {
                Path directory = Files.createDirectories(directory(project));
                try (FileChannel channel = FileChannel.open(
                                directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    return step.run();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The archive with default options for this machine, built if it is missing or older than the package. */
    static Path upToDate(Path project) {
        return exclusively(project, () -> {
            ImageArch arch = ImageArch.thisMachine();
            Path archive = archive(project, ImageMetadata.of(project).version(), arch);
            Path jar = packaged(project).resolve("quarkus-run.jar");
            if (Files.exists(archive)
                    && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0) {
                return archive;
            }
            return new ImageBuild(project, ImageOptions.DEFAULT, arch, System.err).run();
        });
    }

    private static Path packaged(Path project) throws IOException {
        Path directory = project.resolve(PACKAGE);
        if (!Files.exists(directory.resolve("quarkus-run.jar"))) {
            throw new IOException("The operator is not packaged. Run: make build");
        }
        return directory;
    }

    /** Builds every layer and writes the archive. Returns its path. */
    Path run() throws IOException {
        RootFilesystem.remove(work);
        Map<DebianPackage, Path> packages =
                new Packages(Packages.projectCache(), progress).unpacked(project, arch, options.locked());
        ImageLayer root = layer("root");
        new RootFilesystem(arch, root.directory()).build(packages);
        ImageLayer java = layer("java");
        progress.println("image: linking the Java runtime for " + arch.ociName());
        Path runtime = in(java, ImageLayout.JAVA);
        Files.createDirectories(runtime.getParent());
        JavaRuntime.link(
                modules(packages), RootFilesystem.certificates(contents(packages, "ca-certificates")), runtime);
        ImageLayer libraries = layer("libraries");
        copy(packaged(project).resolve("lib"), in(libraries, ImageLayout.HOME + "/lib"));
        ImageLayer operator = operator(packages);
        List<ImageLayer> built = List.of(root, java, libraries, operator);
        for (ImageLayer layer : built) {
            layer.normalize();
        }
        @Nullable ImageLayer cache = trained(built);
        List<ImageLayer> layers = new ArrayList<>(options.base() == null ? List.of(root) : List.of());
        layers.addAll(Stream.of(java, libraries).toList());
        if (cache != null) {
            layers.add(cache);
        }
        layers.add(operator);
        return write(
                layers,
                cache != null,
                archive(project, ImageMetadata.of(project).version(), arch));
    }

    private ImageLayer operator(Map<DebianPackage, Path> packages) throws IOException {
        ImageLayer operator = layer("operator");
        for (String directory : List.of("quarkus", "app")) {
            copy(packaged(project).resolve(directory), in(operator, ImageLayout.HOME + "/" + directory));
        }
        Path home = in(operator, ImageLayout.HOME);
        Files.copy(packaged(project).resolve("quarkus-run.jar"), home.resolve("quarkus-run.jar"));
        Files.copy(project.resolve("src/main/launch/jvm.options"), home.resolve("jvm.options"));
        Path documents = Files.createDirectories(in(operator, ImageLayout.DOCUMENTS));
        Files.copy(project.resolve("LICENSE"), documents.resolve("LICENSE"));
        Sbom sbom = Sbom.of(
                project.resolve("target/bom.json"),
                packaged(project).resolve("quarkus-app-dependencies.txt"),
                packages.keySet(),
                options.base() != null,
                ImageMetadata.of(project).created());
        sbom.write(documents);
        sbom.write(directory(project).resolve("sbom-" + arch.ociName()));
        return operator;
    }

    /** Trains the AOT cache where this machine can run the image. Otherwise the image starts without one, more slowly. */
    private @Nullable ImageLayer trained(List<ImageLayer> layers) throws IOException {
        if (!options.cache() || !arch.isThisMachine()) {
            progress.println("image: no AOT cache for " + arch.ociName()
                    + (options.cache() ? ", because this machine has another architecture" : ""));
            return null;
        }
        String refusal = Sandbox.refusal().orElse(null);
        if (refusal != null) {
            progress.println("image: no AOT cache, because this machine refuses user namespaces: " + refusal);
            return null;
        }
        ImageLayer cache = layer("cache");
        Path file = in(cache, ImageLayout.CACHE);
        Files.createDirectories(file.getParent());
        AotCaches known = new AotCaches(Packages.projectCache().resolve("aot"), InstantSource.system());
        Files.copy(known.of(layers, trained -> train(layers, trained)), file);
        cache.normalize();
        return cache;
    }

    private void train(List<ImageLayer> layers, Path file) throws IOException {
        progress.println("image: training the AOT cache, about a minute on two cores");
        Path root = Files.createDirectories(work.resolve("root"));
        for (ImageLayer layer : layers) {
            layer.linkInto(root);
        }
        Sandbox.createMountPoints(root);
        AotTraining.train(root, work.resolve("training"), file);
    }

    /** Writes the layers of the last build for this machine to another file. */
    static Path writtenAgain(Path project, Path file) throws IOException {
        ImageBuild build = new ImageBuild(project, ImageOptions.DEFAULT, ImageArch.thisMachine(), System.err);
        List<ImageLayer> layers = new ArrayList<>();
        for (String name : List.of("root", "java", "libraries", "cache", "operator")) {
            layers.add(build.layer(name));
        }
        return build.write(layers, true, file);
    }

    private Path write(List<ImageLayer> layers, boolean cache, Path file) throws IOException {
        ImageMetadata metadata = ImageMetadata.of(project);
        String tag = options.tag() == null ? metadata.tag() : options.tag();
        String digest = new ImageArchive(
                        options.base(),
                        arch,
                        tag,
                        layers,
                        cache,
                        metadata.labels(options.base()),
                        metadata.created(),
                        directory(project).resolve("jib"))
                .write(file);
        progress.printf(
                "image: %s, %s, %d MiB compressed%n",
                file.startsWith(project) ? project.relativize(file) : file, digest, new OciArchive(file).size() >> 20);
        return file;
    }

    private ImageLayer layer(String name) throws IOException {
        return new ImageLayer(
                name, Files.createDirectories(layers(project, arch).resolve(name)));
    }

    /** The directory with one directory for each layer of the last build. */
    static Path layers(Path project, ImageArch arch) {
        return directory(project).resolve("work").resolve(arch.ociName()).resolve("layers");
    }

    private static Path in(ImageLayer layer, String path) {
        return layer.directory().resolve(path.substring(1));
    }

    private static Path modules(Map<DebianPackage, Path> packages) throws IOException {
        try (Stream<Path> tree = Files.walk(contents(packages, "openjdk-25-jdk-headless"))) {
            return tree.filter(path -> path.endsWith("jmods") && Files.isDirectory(path))
                    .findFirst()
                    .orElseThrow(() -> new IOException("The JDK has no jmods."));
        }
    }

    private static Path contents(Map<DebianPackage, Path> packages, String name) {
        return packages.entrySet().stream()
                .filter(item -> item.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(DebianLock.FILE + " has no " + name));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.sorted().toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
