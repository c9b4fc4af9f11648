package dev.appclients.cognito.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebianLockTest {

    private static final String SUM = "0123456789abcdef".repeat(4);

    @TempDir
    private Path cache;

    @ParameterizedTest
    @EnumSource(ImageArch.class)
    void theLockNamesEveryPackageForEachArchitecture(ImageArch arch) throws IOException {
        assertThat(DebianLock.read(Path.of("")).of(arch))
                .extracting(DebianPackage::name)
                .containsExactlyElementsOf(DebianIndex.PACKAGES.keySet());
    }

    @Test
    void itReadsTheTextThatItWrites() {
        DebianLock lock = new DebianLock(
                Instant.parse("2026-11-28T20:00:00Z"),
                List.of(new DebianPackage("libc6", "2.41-12", ImageArch.ARM64, "debian/pool/libc6.deb", SUM)));

        assertThat(DebianLock.parse(lock.text().lines().toList())).isEqualTo(lock);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"libc6 2.41-12 amd64 debian/pool/libc6.deb", "libc6 2.41-12 amd64 debian/pool/libc6.deb abc"})
    void itRefusesALineWithoutChecksum(String line) {
        assertThatThrownBy(() -> DebianPackage.parse(line)).hasMessageContaining(line);
    }

    @Test
    void aCachedFileWithAnotherChecksumIsNotUsed() throws IOException {
        DebianPackage item =
                new DebianPackage("libc6", "2.41-12", ImageArch.AMD64, "debian/pool/nowhere/libc6.deb", SUM);
        Path file = Files.createDirectories(cache.resolve("debian")).resolve(item.cachedName());
        Files.writeString(file, "changed");
        DebianStore store = new DebianStore(
                cache,
                new PrintStream(PrintStream.nullOutputStream()),
                List.of(cache.toUri().toString()),
                null);

        assertThatThrownBy(() -> store.file(item, new DebianLock(Instant.EPOCH, List.of(item))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No source serves libc6 2.41-12");
    }

    @Test
    void aDownloadWithTheRightChecksumIsKept() throws IOException {
        Path mirror = Files.createDirectories(cache.resolve("mirror/debian/pool"));
        Files.writeString(mirror.resolve("some.deb"), "contents");
        String sum = DebianStore.sha256(mirror.resolve("some.deb"));
        DebianPackage item = new DebianPackage("some", "1", ImageArch.AMD64, "debian/pool/some.deb", sum);
        DebianStore store = new DebianStore(
                cache,
                new PrintStream(PrintStream.nullOutputStream()),
                List.of(cache.resolve("mirror").toUri().toString()),
                null);

        Path file = store.file(item, new DebianLock(Instant.EPOCH, List.of(item)));

        assertThat(file).hasContent("contents");
        Files.delete(mirror.resolve("some.deb"));
        assertThat(store.file(item, new DebianLock(Instant.EPOCH, List.of(item))))
                .isEqualTo(file);
    }
}
