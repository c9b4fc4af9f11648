package dev.appclients.cognito.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Reads a Debian package without dpkg. */
final class DebArchive {

    private final Path file;

    DebArchive(Path file) {
        this.file = file;
    }

    /** The fields of the package, as in {@code /var/lib/dpkg/status}. */
    String control() throws IOException {
        StringBuilder control = new StringBuilder();
        read("control.tar", (entry, bytes) -> {
            if (name(entry).equals("control")) {
                control.append(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
            }
        });
        return control.toString();
    }

    /** Unpacks the wanted files and symbolic links. Ignores owners and times. */
    void unpack(Path directory, Predicate<String> wanted) throws IOException {
        read("data.tar", (entry, bytes) -> {
            String name = name(entry);
            Path target = directory.resolve(name).normalize();
            if (!target.startsWith(directory) || entry.isDirectory() || !wanted.test(name)) {
                return;
            }
            Files.createDirectories(target.getParent());
            if (entry.isSymbolicLink()) {
                Files.deleteIfExists(target);
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else {
                Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
            }
        });
    }

    private static String name(TarArchiveEntry entry) {
        return entry.getName().replaceFirst("^\\./", "");
    }

    private interface Visitor {
        void visit(TarArchiveEntry entry, InputStream bytes) throws IOException;
    }

    private void read(String member, Visitor visitor) throws IOException {
        try (ArArchiveInputStream ar = new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (ArArchiveEntry part = ar.getNextEntry(); part != null; part = ar.getNextEntry()) {
                if (part.getName().startsWith(member)) {
                    TarArchiveInputStream tar = new TarArchiveInputStream(decompressed(part.getName(), ar));
                    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                        visitor.visit(entry, tar);
                    }
                    return;
                }
            }
        }
        throw new IOException(file + " has no " + member);
    }

    private static InputStream decompressed(String name, InputStream bytes) throws IOException {
        if (name.endsWith(".xz")) {
            return new XZInputStream(new BufferedInputStream(bytes));
        }
        if (name.endsWith(".tar")) {
            return bytes;
        }
        throw new IOException("The compression of " + name + " is not supported.");
    }
}
