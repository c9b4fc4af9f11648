package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.simulator.Switch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each test that the page about promises names exists, and its numbers are those of the code. */
class PromisesPageTest {

    private static final Path PAGE = Path.of("src/docs/promises.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAME = Pattern.compile("`(\\w+(?:IT|Test))(?:\\.(\\w+))?`");
    private static final Pattern COPIES_ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*\\|([^|]*)\\|$");
    private static final int PROMISES_ABOUT_COPIES = 11;

    @Test
    void everyTestOnThePageExists() throws IOException {
        Map<String, Path> classes = classes();
        for (MatchResult name : names(Files.readString(PAGE))) {
            assertThat(classes).containsKey(name.group(1));
            if (name.group(2) != null) {
                assertThat(Files.readString(classes.get(name.group(1))))
                        .as(name.group())
                        .contains("void " + name.group(2) + "(");
            }
        }
    }

    @Test
    void thePageHasTheNumbersOfTheRulesAndOfTheDisputedFacts() throws IOException {
        String rules = Files.readString(Path.of("src/docs/rules.md"));

        assertThat(Files.readString(PAGE))
                .contains("%d rules refuse, %d need the pool, %d warn"
                        .formatted(rows(rules, "refuses"), rows(rules, "needs the pool"), rows(rules, "warns")))
                .contains(Switch.values().length + " disputed facts in both positions");
    }

    private static long rows(String page, String effect) {
        return page.lines().filter(row -> row.endsWith("| " + effect + " |")).count();
    }

    @Test
    void everyPromiseAboutCopiesNamesATest() throws IOException {
        List<MatchResult> rows =
                COPIES_ROW.matcher(Files.readString(PAGE)).results().toList();

        assertThat(rows.stream().map(row -> row.group(1)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, PROMISES_ABOUT_COPIES)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(rows)
                .allSatisfy(
                        row -> assertThat(names(row.group(2))).as(row.group()).isNotEmpty());
    }

    private static List<MatchResult> names(String text) {
        return NAME.matcher(text).results().toList();
    }

    private static Map<String, Path> classes() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            file -> file,
                            // Two packages may have a fixture of the same name.
                            (one, other) -> one));
        }
    }
}
