package dev.appclients.cognito.image;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Provides the unpacked Debian packages of one architecture from the project's cache. */
final class Packages {

    /** The file beside the contents of a package that has its fields. */
    static final String CONTROL = ".control";

    private final Path cache;
    private final PrintStream progress;

    Packages(Path cache, PrintStream progress) {
        this.cache = cache;
        this.progress = progress;
    }

    /** The project's cache directory for images, as {@code src/test/control-plane/install.sh} chooses its own. */
    static Path projectCache() {
        Map<String, String> environment = System.getenv();
        String own = environment.get("COGNITO_CLIENT_OPERATOR_CACHE");
        String shared = environment.get("XDG_CACHE_HOME");
        Path parent = own != null
                ? Path.of(own)
                : (shared != null ? Path.of(shared) : Path.of(System.getProperty("user.home"), ".cache"))
                        .resolve("cognito-client-operator");
        return parent.resolve("image");
    }

    /**
     * The contents of each package. Debian removes a file some time after it published a newer version. If no source serves a locked file
     * and {@code locked} is false, this takes the newest versions, and says so.
     *
     * @throws PackagesUnreachable if no source serves the newest versions either
     */
    Map<DebianPackage, Path> unpacked(Path project, ImageArch arch, boolean locked) throws IOException {
        DebianLock lock = DebianLock.read(project);
        try {
            return unpacked(lock, arch);
        } catch (IOException gone) {
            if (locked || !DebianIndex.isSupported()) {
                throw new IOException(gone.getMessage() + ". Run: make image ARGS=--update-packages", gone);
            }
            progress.println("image: " + gone.getMessage());
            progress.println("image: building with the newest packages instead of " + DebianLock.FILE
                    + ". To keep them, run: make image ARGS=--update-packages");
            return newest(arch);
        }
    }

    private Map<DebianPackage, Path> newest(ImageArch arch) throws PackagesUnreachable {
        try {
            return unpacked(new DebianIndex(cache, DebianStore.mirror()).newest(), arch);
        } catch (IOException unreachable) {
            throw new PackagesUnreachable(
                    "Debian's packages are not reachable: " + unreachable.getMessage(), unreachable);
        }
    }

    private Map<DebianPackage, Path> unpacked(DebianLock lock, ImageArch arch) throws IOException {
        DebianStore store = new DebianStore(cache, progress);
        Map<DebianPackage, Path> contents = new LinkedHashMap<>();
        for (DebianPackage item : lock.of(arch)) {
            contents.put(item, unpack(item, store.file(item, lock)));
        }
        return contents;
    }

    /** Fills a temporary directory and renames it, so an interrupted run leaves no partial contents. */
    private Path unpack(DebianPackage item, Path file) throws IOException {
        Path target = cache.resolve("unpacked").resolve(item.cachedName());
        if (Files.exists(target)) {
            return target;
        }
        Files.createDirectories(target.getParent());
        Path partial = Files.createTempDirectory(target.getParent(), "partial-");
        DebArchive archive = new DebArchive(file);
        archive.unpack(partial, wanted(item));
        Files.writeString(partial.resolve(CONTROL), archive.control());
        try {
            return Files.move(partial, target);
        } catch (IOException unpackedMeanwhile) {
            RootFilesystem.remove(partial);
            if (Files.exists(target)) {
                return target;
            }
            throw unpackedMeanwhile;
        }
    }

    private static Predicate<String> wanted(DebianPackage item) {
        if (item.name().startsWith("openjdk")) {
            return name -> name.contains("/jmods/") || name.endsWith("/copyright");
        }
        return name -> List.of("usr/lib/", "usr/lib64/", "usr/share/ca-certificates/").stream()
                                .anyMatch(name::startsWith)
                        && !name.contains("/gconv/")
                || name.endsWith("/copyright");
    }
}
