package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each row of the threat model names tests that exist, and each test of this package is in a row. */
class ThreatModelPageTest {

    private static final Path PAGE = Path.of("src/docs/threat-model.md");
    private static final Path TESTS = Path.of("src/test/java/dev/appclients/cognito/threats");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (T\\d+) \\|(.*)\\|([^|]*)\\|$");
    private static final Pattern LINK = Pattern.compile("\\[(\\w+)]\\(([^)]+\\.java)\\)");
    private static final Pattern SECTION = Pattern.compile("]\\((\\w[\\w-]*\\.md)?#([\\w-]+)\\)");

    /** No test can attack T19: two clusters with the same UIDs look equal to every check. */
    private static final String WITHOUT_TEST = "T19";

    @Test
    void thePageHasTheNineteenThreatsInOrder() throws IOException {
        assertThat(rows().stream().map(row -> row.group(1)))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 19).mapToObj(i -> "T" + i).toList());
    }

    @Test
    void eachRowLinksToTestsThatExist() throws IOException {
        for (Matcher row : rows()) {
            List<Path> tests = links(row.group(3));
            assertThat(tests.isEmpty()).as(row.group(1)).isEqualTo(row.group(1).equals(WITHOUT_TEST));
            assertThat(tests)
                    .as(row.group(1))
                    .allSatisfy(
                            test -> assertThat(Files.readString(test)).containsAnyOf("@Test", "@ParameterizedTest"));
        }
    }

    @Test
    void aRowThatNumbersItsThreatHasTheTestOfThatNumber() throws IOException {
        Map<String, List<Path>> tests = new TreeMap<>();
        rows().forEach(row -> tests.put(row.group(1), links(row.group(3))));
        try (Stream<Path> files = Files.list(TESTS)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches("T\\d\\d\\w+IT\\.java")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(tests.get("T" + Integer.parseInt(name.substring(1, 3))))
                            .contains(TESTS.resolve(name)));
        }
    }

    @Test
    void noThreatButTheClonedClusterIsOpen() throws IOException {
        assertThat(rows().stream()
                        .filter(row ->
                                row.group(2).toLowerCase(java.util.Locale.ROOT).contains("**open**"))
                        .map(row -> row.group(1)))
                .containsExactly(WITHOUT_TEST);
    }

    @Test
    void eachLinkToASectionHasItsHeading() throws IOException {
        Matcher link = SECTION.matcher(Files.readString(PAGE));
        List<String> seen = new ArrayList<>();
        while (link.find()) {
            Path page = link.group(1) == null ? PAGE : PAGE.resolveSibling(link.group(1));
            assertThat(headings(page)).as(page.toString()).contains(link.group(2));
            seen.add(link.group(2));
        }
        assertThat(seen).contains("a-cloned-cluster", "withdrawal", "memory");
    }

    private static List<Matcher> rows() throws IOException {
        List<Matcher> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.find()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<Path> links(String cell) {
        return LINK.matcher(cell)
                .results()
                .map(link -> {
                    Path file = PAGE.resolveSibling(link.group(2)).normalize();
                    assertThat(file).exists().hasFileName(link.group(1) + ".java");
                    return file;
                })
                .toList();
    }

    private static List<String> headings(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
