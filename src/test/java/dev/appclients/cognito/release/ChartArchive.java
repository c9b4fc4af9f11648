package dev.appclients.cognito.release;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Helm writes the time of packing into a chart's archive. This writes the same files with a fixed time, so the digest is fixed too. */
final class ChartArchive {

    private static final int MODE = 0644;

    private ChartArchive() {}

    /** @param time the time of each file, in seconds since the epoch */
    static void normalize(Path archive, long time) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), tar.readAllBytes());
            }
        }
        Files.write(archive, written(files, time));
    }

    private static byte[] written(Map<String, byte[]> files, long time) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var parameters = new GzipParameters();
        try (var tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes, parameters))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setModTime(time * 1000);
                entry.setMode(MODE);
                tar.putArchiveEntry(entry);
                new ByteArrayInputStream(file.getValue()).transferTo(tar);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
