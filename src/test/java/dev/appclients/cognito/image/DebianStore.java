package dev.appclients.cognito.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Provides the files of Debian packages from a cache. It downloads missing files from Debian's mirror and then from its snapshot
 * archive, and verifies the checksum of each.
 */
final class DebianStore {

    private static final String MIRROR = "http://deb.debian.org";
    private static final String SNAPSHOT = "https://snapshot.debian.org/archive/";
    private static final Path APT = Path.of("/usr/lib/apt/apt-helper");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path cache;
    private final PrintStream progress;
    private final List<String> mirrors;
    private final @Nullable String snapshot;

    DebianStore(Path cache, PrintStream progress) {
        this(cache, progress, List.of(mirror()), SNAPSHOT);
    }

    /**
     * @param mirrors the addresses above the directories {@code debian} and {@code debian-security}
     * @param snapshot the address of the archive of older versions; null for none
     */
    DebianStore(Path cache, PrintStream progress, List<String> mirrors, @Nullable String snapshot) {
        this.cache = cache.resolve("debian");
        this.progress = progress;
        this.mirrors = mirrors;
        this.snapshot = snapshot;
    }

    /** The mirror in DEBIAN_MIRROR, otherwise Debian's own address, which is near everywhere. */
    static String mirror() {
        return System.getenv().getOrDefault("DEBIAN_MIRROR", MIRROR).replaceFirst("/+$", "");
    }

    /**
     * The package file, verified.
     *
     * @throws IOException if no source serves the file with this checksum
     */
    Path file(DebianPackage item, DebianLock lock) throws IOException {
        Path file = cache.resolve(item.cachedName());
        if (Files.exists(file) && sha256(file).equals(item.sha256())) {
            return file;
        }
        Files.createDirectories(cache);
        progress.println("image: downloading " + item.name() + " " + item.version() + " for "
                + item.architecture().ociName());
        List<String> failures = new ArrayList<>();
        for (String address : addresses(item, lock)) {
            Path partial = Files.createTempFile(cache, "download-", "");
            try {
                download(address, item.sha256(), partial);
                if (sha256(partial).equals(item.sha256())) {
                    return Files.move(
                            partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                }
                failures.add(address + ": another checksum");
            } catch (IOException e) {
                failures.add(address + ": " + e.getMessage());
            } finally {
                Files.deleteIfExists(partial);
            }
        }
        throw new IOException(
                "No source serves " + item.name() + " " + item.version() + ": " + String.join("; ", failures));
    }

    private List<String> addresses(DebianPackage item, DebianLock lock) {
        List<String> addresses = new ArrayList<>();
        mirrors.forEach(mirror -> addresses.add(mirror.replaceFirst("/+$", "") + "/" + item.path()));
        if (snapshot != null) {
            int slash = item.path().indexOf('/');
            addresses.add(snapshot + item.path().substring(0, slash) + "/" + TIME.format(lock.resolved())
                    + item.path().substring(slash));
        }
        return addresses;
    }

    /** Uses apt's own client where it exists, because apt may be configured for a proxy. */
    private static void download(String address, String sha256, Path file) throws IOException {
        if (address.startsWith("file:")) {
            Files.copy(Path.of(URI.create(address)), file, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        if (Files.isExecutable(APT)) {
            Files.delete(file);
            Commands.output(List.of(
                    APT.toString(),
                    "-o",
                    "APT::Sandbox::User=root",
                    "-o",
                    "Acquire::http::Timeout=20",
                    "-o",
                    "Acquire::https::Timeout=20",
                    "-o",
                    "Acquire::Retries=1",
                    "download-file",
                    address,
                    file.toString(),
                    "SHA256:" + sha256));
            return;
        }
        try (HttpClient http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(20))
                .build()) {
            HttpResponse<Path> response = http.send(
                    HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofFile(file));
            if (response.statusCode() != 200) {
                throw new IOException("HTTP " + response.statusCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static String sha256(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            DigestInputStream digest = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"));
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
