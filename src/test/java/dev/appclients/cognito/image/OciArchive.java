package dev.appclients.cognito.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads an archive of one image in the layout of the Open Container Initiative. */
final class OciArchive {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    OciArchive(Path file) {
        this.file = file;
    }

    /** The digest of the image's manifest. */
    String digest() throws IOException {
        return json("index.json").path("manifests").path(0).path("digest").asText();
    }

    JsonNode manifest() throws IOException {
        return json(path(digest()));
    }

    /** Architecture, labels and the settings of the process. */
    JsonNode config() throws IOException {
        return json(path(manifest().path("config").path("digest").asText()));
    }

    /** The digests of the layers, in order. */
    List<String> layers() throws IOException {
        List<String> digests = new ArrayList<>();
        manifest()
                .path("layers")
                .forEach(layer -> digests.add(layer.path("digest").asText()));
        return digests;
    }

    /** The compressed size of all layers, in bytes. */
    long size() throws IOException {
        long bytes = 0;
        for (JsonNode layer : manifest().path("layers")) {
            bytes += layer.path("size").asLong();
        }
        return bytes;
    }

    interface EntryVisitor {
        void visit(TarArchiveEntry entry, InputStream contents) throws IOException;
    }

    /** Visits the entries of a layer in order. */
    void entries(String layer, EntryVisitor visitor) throws IOException {
        blob(path(layer), bytes -> {
            TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(bytes));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                visitor.visit(entry, tar);
            }
        });
    }

    /** Unpacks all layers, with permissions and times, and without owners. */
    void unpack(Path root) throws IOException {
        for (String layer : layers()) {
            entries(layer, (entry, contents) -> unpack(root, entry, contents));
        }
    }

    private static void unpack(Path root, TarArchiveEntry entry, InputStream contents) throws IOException {
        Path target = root.resolve(entry.getName().replaceFirst("^/+", "")).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("The entry " + entry.getName() + " is outside the root.");
        }
        if (target.getFileName().toString().startsWith(".wh.")) {
            throw new IOException("The layer removes files (" + entry.getName() + "), which is not supported.");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, permissions(entry.getMode()));
            return;
        }
        Files.createDirectories(target.getParent());
        Files.deleteIfExists(target);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, root.resolve(entry.getLinkName()));
        } else {
            Files.copy(contents, target, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(target, permissions(entry.getMode()));
            Files.setLastModifiedTime(
                    target, FileTime.from(entry.getLastModifiedTime().toInstant()));
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        // The constants are in the order of the bits, from the owner's read bit.
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode & 0400 >> permission.ordinal()) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    private static String path(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    private JsonNode json(String name) throws IOException {
        JsonNode[] read = new JsonNode[1];
        blob(name, bytes -> read[0] = JSON.readTree(bytes.readAllBytes()));
        return read[0];
    }

    private interface Reader {
        void read(InputStream bytes) throws IOException;
    }

    private void blob(String name, Reader reader) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    reader.read(tar);
                    return;
                }
            }
        }
        throw new FileNotFoundException(file + " has no entry " + name);
    }
}
