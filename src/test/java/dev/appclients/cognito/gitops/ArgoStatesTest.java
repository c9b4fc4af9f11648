package dev.appclients.cognito.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The testdata for Argo CD has an object in each state that the page on conditions lists. */
class ArgoStatesTest {

    private static final Path PAGE = Path.of("src/docs/conditions.md");
    private static final Pattern TYPE = Pattern.compile("`(\\w+)`");
    private static final List<String> STATUSES = List.of("True", "False", "Unknown");

    static Stream<String> kinds() {
        return ArgoFiles.KINDS.stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyStatusOfEveryConditionOfThePageIsInTheTestdata(String kind) throws IOException {
        Set<String> listed = listed(kind);

        assertThat(listed).contains("Ready=True", "Ready=False", "Ready=Unknown", "Stalled=True");
        assertThat(found(kind)).containsAll(listed);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyOtherStateIsInTheTestdata(String kind) {
        assertThat(ArgoFiles.testdata(kind).keySet()).contains("progressing_new.yaml");
        if (kind.equals("ClientSecretClaim")) {
            // It has no finalizer, so the API server deletes it at once.
            return;
        }
        assertThat(ArgoFiles.testdata(kind).values())
                .as("an object that is being deleted")
                .anyMatch(object -> !ArgoFiles.parse(object)
                        .at("/metadata/deletionTimestamp")
                        .isMissingNode());
    }

    /** The rows of the table of the kind: {@code TYPE=STATUS} for each cell with a meaning. */
    private static Set<String> listed(String kind) throws IOException {
        String section = Files.readString(PAGE)
                .split("## Conditions of a " + kind + "\n", 2)[1]
                .split("\n## ", 2)[0];
        Set<String> listed = new TreeSet<>();
        for (String row : section.lines().filter(line -> line.startsWith("| `")).toList()) {
            String[] cells = row.split("\\|");
            List<String> statuses = new ArrayList<>();
            for (int i = 0; i < STATUSES.size() && i + 2 < cells.length; i++) {
                if (!cells[i + 2].strip().equals("–")) {
                    statuses.add(STATUSES.get(i));
                }
            }
            if (row.contains("Unknown after")) {
                statuses.add("Unknown");
            }
            TYPE.matcher(cells[1])
                    .results()
                    .forEach(type -> statuses.forEach(status -> listed.add(type.group(1) + "=" + status)));
        }
        return listed;
    }

    private static Set<String> found(String kind) {
        Set<String> found = new TreeSet<>();
        for (String object : ArgoFiles.testdata(kind).values()) {
            for (JsonNode condition : ArgoFiles.parse(object).at("/status/conditions")) {
                found.add(condition.path("type").asText() + "="
                        + condition.path("status").asText());
            }
        }
        return found;
    }
}
