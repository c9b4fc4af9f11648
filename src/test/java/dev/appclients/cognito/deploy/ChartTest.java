package dev.appclients.cognito.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.appclients.cognito.docs.GeneratedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the chart. */
class ChartTest {

    private static final Path CHART = Path.of(ChartFiles.CHART);
    private static final Pattern VARIABLE = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|");
    private static final Pattern TEMPLATE_VARIABLE = Pattern.compile("(?:name: |list \"|dict \")([A-Z][A-Z_]+)");
    private static final YAMLMapper YAML = new YAMLMapper();

    private final ChartValues values = ChartValues.of(CHART);

    @Test
    void everyValueIsDescribedAndNoOtherIsAllowed() {
        List<String> undescribed = new ArrayList<>();
        List<String> open = new ArrayList<>();
        inspect("", values.schema(), undescribed, open);

        assertThat(undescribed).isEmpty();
        assertThat(open).as("objects that accept unknown values").isEmpty();
    }

    private static void inspect(String path, JsonNode schema, List<String> undescribed, List<String> open) {
        if (schema.has("properties") && schema.path("additionalProperties").asBoolean(true)) {
            open.add(path);
        }
        schema.path("properties").properties().forEach(property -> {
            String child = path + "/" + property.getKey();
            if (property.getValue().path("description").asText().isEmpty()) {
                undescribed.add(child);
            }
            if (!property.getValue().has("default")) {
                inspect(child, property.getValue(), undescribed, open);
            }
        });
    }

    @Test
    void valuesYamlHasTheDefaultsOfTheSchema() throws IOException {
        JsonNode written = YAML.readTree(Files.readString(CHART.resolve("values.yaml")));

        assertThat(values.all()).hasSizeGreaterThan(40).allSatisfy(value -> {
            JsonNode found = written.at("/" + value.path().replace('.', '/'));
            assertThat(found).as(value.path()).isEqualTo(value.defaultValue());
        });
    }

    @Test
    void theChartSetsEveryVariableOfTheInstallPageByAValue() throws IOException {
        Set<String> documented = found(VARIABLE, Files.readString(Path.of("src/docs/install.md")));
        // The pod sets its own name and namespace, from which the operator derives these two.
        documented.removeAll(Set.of("COGNITO_CLIENT_OPERATOR_NAMESPACE", "COGNITO_CLIENT_OPERATOR_IDENTITY"));

        assertThat(found(TEMPLATE_VARIABLE, Files.readString(CHART.resolve("templates/_pod.tpl"))))
                .containsAll(documented);
        assertThat(documented).hasSizeGreaterThan(10);
    }

    @Test
    void theChartHasNoGeneratedFileThatIsNoLongerGenerated() throws IOException {
        Set<String> generated = GeneratedFiles.paths();
        try (Stream<Path> files = Files.walk(CHART.resolve("files"))) {
            assertThat(files.filter(Files::isRegularFile).map(Path::toString)).allMatch(generated::contains);
        }
    }

    @Test
    void theAnnotationsForArtifactHubNameTheCrdsAndHaveAnExampleOfEach() throws IOException {
        JsonNode annotations =
                YAML.readTree(Files.readString(CHART.resolve("Chart.yaml"))).path("annotations");
        List<String> kinds = GeneratedFiles.definitions().stream()
                .map(crd -> crd.getSpec().getNames().getKind())
                .toList();

        assertThat(YAML.readTree(annotations.path("artifacthub.io/crds").asText())
                        .findValuesAsText("kind"))
                .containsExactlyElementsOf(kinds);
        assertThat(YAML.readTree(annotations.path("artifacthub.io/crdsExamples").asText()))
                .hasSizeGreaterThan(3)
                .allSatisfy(example ->
                        assertThat(kinds).contains(example.path("kind").asText()))
                .extracting(example -> example.path("kind").asText())
                .containsAll(kinds);
        assertThat(YAML.readTree(annotations.path("artifacthub.io/images").asText())
                        .findValuesAsText("image"))
                .containsExactly("cognito-client-operator:" + ChartFiles.version());
        assertThat(YAML.readTree(Changes.of(Files.readString(Path.of("CHANGELOG.md")), ChartFiles.version())))
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.path("kind").asText())
                        .isIn("added", "changed", "deprecated", "removed", "fixed", "security"));
    }

    @Test
    void theChangesOfThePackedChartComeFromTheChangelog() {
        assertThat(Changes.of("""
                        # Changelog

                        ## [Unreleased]

                        ### Added

                        - A thing with "quotes", see [the page](docs/page.md), and
                          a second line.

                        ### Fixed

                        - Another `thing`.

                        ## [0.1.0] - 2026-01-01

                        ### Added

                        - An old thing.
                        """, "0.2.0")).isEqualTo("""
                        - kind: added
                          description: "A thing with \\"quotes\\", see the page, and a second line."
                        - kind: fixed
                          description: "Another `thing`."
                        """);
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
