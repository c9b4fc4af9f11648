package dev.appclients.cognito.image;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The root file system below the Java runtime: libraries, certificate authorities and the files that the C library reads. It contains no
 * shell and no symbolic links.
 */
final class RootFilesystem {

    /** The user and group of the process. */
    static final int USER = 65532;

    /** The libraries of each package that the Java runtime or a library of the operator needs. */
    private static final Map<String, List<String>> LIBRARIES = new TreeMap<>(Map.of(
            "libc6",
                    List.of(
                            "libc.so.6",
                            "libm.so.6",
                            "libdl.so.2",
                            "libpthread.so.0",
                            "librt.so.1",
                            "libresolv.so.2",
                            "libnss_dns.so.2",
                            "libnss_files.so.2"),
            "zlib1g", List.of("libz.so.1"),
            "libstdc++6", List.of("libstdc++.so.6"),
            "libgcc-s1", List.of("libgcc_s.so.1")));

    private static final Map<String, String> FILES = new TreeMap<>(Map.of(
            "etc/passwd", """
                    root:x:0:0:root:/root:/sbin/nologin
                    nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
                    operator:x:%1$d:%1$d:operator:/tmp:/sbin/nologin
                    """.formatted(USER),
            "etc/group", """
                    root:x:0:
                    nogroup:x:65534:
                    operator:x:%d:
                    """.formatted(USER),
            "etc/nsswitch.conf", """
                    passwd: files
                    group: files
                    hosts: files dns
                    """,
            "etc/os-release", """
                    PRETTY_NAME="Debian GNU/Linux %1$s (%2$s), without its package manager"
                    NAME="Debian GNU/Linux"
                    VERSION_ID="%1$s"
                    VERSION="%1$s (%2$s)"
                    VERSION_CODENAME=%2$s
                    ID=debian
                    HOME_URL="https://www.debian.org/"
                    """.formatted(DebianIndex.RELEASE, DebianIndex.SUITE)));

    private final ImageArch arch;
    private final Path directory;

    /** @param directory an empty directory, which becomes {@code /} */
    RootFilesystem(ImageArch arch, Path directory) {
        this.arch = arch;
        this.directory = directory;
    }

    /**
     * Fills the directory.
     *
     * @param unpacked the unpacked contents of each package
     */
    void build(Map<DebianPackage, Path> unpacked) throws IOException {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            write(file.getKey(), file.getValue());
        }
        Files.createDirectories(directory.resolve("tmp"));
        for (Map.Entry<DebianPackage, Path> item : unpacked.entrySet()) {
            add(item.getKey(), item.getValue());
        }
    }

    private void add(DebianPackage item, Path contents) throws IOException {
        String libraries = "usr/lib/" + arch.libraries() + "/";
        for (String library : LIBRARIES.getOrDefault(item.name(), List.of())) {
            copy(contents.resolve(libraries + library), libraries + library);
        }
        if (item.name().equals("libc6")) {
            copy(contents.resolve(libraries + Path.of(arch.loader()).getFileName()), arch.loader());
            // The kernel executes the loader.
            Files.setPosixFilePermissions(
                    directory.resolve(arch.loader()), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        if (item.name().equals("ca-certificates")) {
            write("etc/ssl/certs/ca-certificates.crt", bundle(contents));
        }
        Path copyright = contents.resolve("usr/share/doc/" + item.name() + "/copyright");
        if (Files.isRegularFile(copyright)) {
            copy(copyright, "usr/share/doc/" + item.name() + "/copyright");
        }
        // Scanners find the versions here, as in other images without dpkg.
        if (isInstalled(item)) {
            write("var/lib/dpkg/status.d/" + item.name(), Files.readString(contents.resolve(Packages.CONTROL)));
        }
    }

    /** Whether the image contains files of the package itself, and not a runtime made from it. */
    private static boolean isInstalled(DebianPackage item) {
        return !item.name().startsWith("openjdk");
    }

    /** Joins the certificates as the trigger of Debian's package does. */
    private static String bundle(Path contents) throws IOException {
        StringBuilder bundle = new StringBuilder();
        for (Path certificate : certificates(contents)) {
            bundle.append(Files.readString(certificate).strip()).append('\n');
        }
        return bundle.toString();
    }

    /** The certificate authorities of Debian's package, sorted. */
    static List<Path> certificates(Path contents) throws IOException {
        try (Stream<Path> files = Files.list(contents.resolve("usr/share/ca-certificates/mozilla"))) {
            return files.sorted().toList();
        }
    }

    private void write(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void copy(Path from, String path) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.copy(from, file);
    }

    /** Removes a directory with its contents, without following links. */
    static void remove(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
