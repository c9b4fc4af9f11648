package dev.appclients.cognito.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Checks that the packaged operator contains no part of the CRD generator. */
class BuildTimeOnlyIT {

    private static final Path PACKAGE = Path.of("target/quarkus-app");

    @Test
    void thePackagedOperatorHasNoClassOfTheCrdGenerator() throws IOException {
        assertThat(jars())
                .isNotEmpty()
                .allSatisfy(jar -> assertThat(entries(jar))
                        .noneMatch(name -> name.startsWith("dev/appclients/cognito/crd/"))
                        .noneMatch(name -> name.startsWith("io/fabric8/crdv2/")));
        assertThat(jars()).flatMap(BuildTimeOnlyIT::entries).contains("crd-fields.txt");
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(PACKAGE)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static List<String> entries(Path jar) {
        try (JarFile opened = new JarFile(jar.toFile())) {
            return opened.stream().map(ZipEntry::getName).toList();
        } catch (IOException e) {
            throw new AssertionError("Cannot read " + jar, e);
        }
    }
}
