package dev.appclients.cognito.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Turns an OCI archive into the form of {@code docker save}, the only one that Jib reads as a base. */
final class DockerArchive {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFEST = "manifest.json";

    private DockerArchive() {}

    /** Returns the archive itself if it has that form already, otherwise a new one in {@code directory}. */
    static Path of(Path archive, Path directory) throws IOException {
        if (has(archive, MANIFEST)) {
            return archive;
        }
        OciArchive oci = new OciArchive(archive);
        JsonNode manifest = oci.manifest();
        ObjectNode image = JSON.createObjectNode();
        image.put("Config", blob(manifest.path("config")));
        ArrayNode layers = image.putArray("Layers");
        manifest.path("layers").forEach(layer -> layers.add(blob(layer)));
        image.putArray("RepoTags");
        Files.createDirectories(directory);
        Path written = directory.resolve(archive.getFileName());
        byte[] text = JSON.writeValueAsBytes(JSON.createArrayNode().add(image));
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(written));
                TarArchiveOutputStream output = new TarArchiveOutputStream(file);
                TarArchiveInputStream input = open(archive)) {
            TarArchiveEntry first = new TarArchiveEntry(MANIFEST);
            first.setSize(text.length);
            output.putArchiveEntry(first);
            output.write(text);
            output.closeArchiveEntry();
            for (TarArchiveEntry entry = input.getNextEntry(); entry != null; entry = input.getNextEntry()) {
                if (entry.isFile()) {
                    output.putArchiveEntry(entry);
                    input.transferTo(output);
                    output.closeArchiveEntry();
                }
            }
        }
        return written;
    }

    private static String blob(JsonNode descriptor) {
        return "blobs/" + descriptor.path("digest").asText().replace(':', '/');
    }

    private static boolean has(Path archive, String name) throws IOException {
        try (TarArchiveInputStream input = open(archive)) {
            for (TarArchiveEntry entry = input.getNextEntry(); entry != null; entry = input.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static TarArchiveInputStream open(Path archive) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        return new TarArchiveInputStream(file);
    }
}
