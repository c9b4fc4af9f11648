package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Checks that the page about conditions explains every reason and its remedy, and no unknown reason. */
class ReasonsAreDocumentedTest {

    private static final Path PAGE = Path.of("src/docs/conditions.md");
    private static final String HEADING = "### ";

    @Test
    void exactlyTheReasonsHaveHeadings() throws IOException {
        assertThat(headings().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::text).toList());
    }

    @Test
    void everyHeadingHasAMeaningAndARemedy() throws IOException {
        assertThat(headings())
                .allSatisfy((reason, text) ->
                        assertThat(text).as("the text under %s", reason).contains("Means:", "Do:"));
    }

    @Test
    void everyConditionOfAStepIsInTheTable() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(Step.values()).allSatisfy(step -> assertThat(page).contains("| `" + step.condition() + "` |"));
    }

    private static Map<String, String> headings() throws IOException {
        List<String> sections = List.of(Files.readString(PAGE).split("(?m)^(?=#{1,3} )"));
        Map<String, String> headings = new TreeMap<>();
        for (String section : sections) {
            if (section.startsWith(HEADING)) {
                String title = section.lines().findFirst().orElseThrow().substring(HEADING.length());
                assertThat(headings.put(title, section))
                        .as("a second heading %s", title)
                        .isNull();
            }
        }
        return headings;
    }
}
