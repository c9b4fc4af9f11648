package dev.appclients.cognito.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCachesTest {

    @TempDir
    private Path directory;

    private final AtomicInteger trainings = new AtomicInteger();
    private Instant now = Instant.parse("2026-11-28T12:00:00Z");

    @Test
    void theSameImageHasTheSameCacheAndAnotherImageAnotherOne() throws IOException {
        String first = cacheOf("a", "1");

        assertThat(cacheOf("a", "1")).isEqualTo(first);
        assertThat(cacheOf("a", "2")).as("another content").isNotEqualTo(first);
        assertThat(cacheOf("b", "1")).as("another path").isNotEqualTo(first);
        assertThat(cacheOf("a", "1")).isEqualTo(first);
    }

    @Test
    void onlyTheThreeCachesThatWereUsedLastAreKept() throws IOException {
        String first = cacheOf("a", "1");
        cacheOf("a", "2");
        cacheOf("a", "3");
        cacheOf("a", "1");
        cacheOf("a", "4");

        try (Stream<Path> kept = Files.list(directory.resolve("caches"))) {
            assertThat(kept).hasSize(3);
        }
        assertThat(cacheOf("a", "1")).isEqualTo(first);
    }

    @Test
    void aFailedTrainingLeavesNothing() throws IOException {
        assertThatThrownBy(() -> caches().of(List.of(layer("a", "1")), file -> {
                    Files.writeString(file, "half");
                    throw new IOException("no complete cache");
                }))
                .hasMessage("no complete cache");

        try (Stream<Path> kept = Files.list(directory.resolve("caches"))) {
            assertThat(kept).isEmpty();
        }
    }

    private String cacheOf(String path, String content) throws IOException {
        now = now.plusSeconds(1);
        return Files.readString(caches().of(
                        List.of(layer(path, content)),
                        file -> Files.writeString(file, "cache " + trainings.incrementAndGet())));
    }

    private AotCaches caches() {
        return new AotCaches(directory.resolve("caches"), () -> now);
    }

    private ImageLayer layer(String path, String content) throws IOException {
        Path layer = Files.createTempDirectory(directory, "layer-");
        Files.writeString(layer.resolve(path), content);
        return new ImageLayer("operator", layer);
    }
}
