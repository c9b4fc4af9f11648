package dev.appclients.cognito.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on operations names tests and files that exist. */
class OperationsPageTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+(?:IT|Test))`");
    private static final Pattern FILE = Pattern.compile("(?<![\\w/])((?:deploy|crds|src)/[\\w./-]*\\w)");

    @Test
    void everyNamedTestExists() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            List<String> classes =
                    files.map(file -> file.getFileName().toString()).toList();

            assertThat(names(TEST))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(classes).contains(name + ".java"));
        }
    }

    @Test
    void everyNamedFileExists() {
        assertThat(names(FILE))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(Path.of(name)).exists());
    }

    private static List<String> names(Pattern pattern) {
        return pattern.matcher(OperationsPage.text())
                .results()
                .map((MatchResult result) -> result.group(1))
                .distinct()
                .toList();
    }
}
