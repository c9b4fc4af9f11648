package dev.appclients.cognito.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values that are null, such as a key of a values file whose lines are all comments. Helm then removes the default, so the templates do
 * not find it.
 */
class ChartNullsIT {

    private static final String EVERY_PART = "replicas=2,networkPolicy.enabled=true,statusGuard.enabled=true,"
            + "serviceMonitor.enabled=true,alerts.enabled=true,dashboard.enabled=true";

    /** Absent, these mean the operator's own settings, and no constraints. */
    private static final Set<String> MAY_BE_ABSENT = Set.of("config", "topologySpreadConstraints");

    static List<Helm> helms() {
        return Helm.both();
    }

    /** The sections and values of the schema for which the predicate holds. */
    private static List<String> paths(boolean sections, boolean required) {
        List<String> found = new ArrayList<>();
        collect(ChartValues.of(Path.of(ChartFiles.CHART)).schema(), "", sections, required, found);
        return found;
    }

    private static void collect(
            JsonNode object, String prefix, boolean sections, boolean required, List<String> found) {
        Set<String> names = StreamSupport.stream(object.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        object.path("properties").properties().forEach(property -> {
            JsonNode child = property.getValue();
            boolean section = child.has("properties") && !child.has("default");
            if ((section || child.has("default"))
                    && section == sections
                    && names.contains(property.getKey()) == required) {
                found.add(prefix + property.getKey());
            }
            if (section) {
                collect(child, prefix + property.getKey() + ".", sections, required, found);
            }
        });
    }

    private static Helm.Output template(Helm helm, String values) {
        return helm.run("template", "one", ChartFiles.CHART, "--namespace", "one", "--set", values);
    }

    private static String nulls(List<String> paths) {
        return paths.stream().map(path -> path + "=null").collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aNullOfAValueThatMayBeEmptyMeansEmpty(Helm helm) {
        List<String> nullable = paths(false, false);

        String manifest =
                template(helm, EVERY_PART + "," + nulls(nullable)).orFail().text();

        assertThat(nullable).contains("commonLabels", "config.driftCheckInterval", "memory.override");
        assertThat(manifest).doesNotContain("<nil>", "<no value>", "%!");
        assertThat(Rendered.of(manifest).variable("COGNITO_CLIENT_OPERATOR_DRIFT_CHECK_INTERVAL"))
                .isEmpty();
        assertThat(Rendered.of(template(helm, "config=null").orFail().text()))
                .isEqualTo(Rendered.of(template(helm, "replicas=1").orFail().text()));
    }

    /** Without crds.keep, for example, an uninstall would delete every object. */
    @ParameterizedTest
    @MethodSource("helms")
    void aNullOfAnotherValueIsRefusedByItsName(Helm helm) {
        for (boolean sections : List.of(true, false)) {
            List<String> required = paths(sections, true);

            Helm.Output refused = template(helm, nulls(required));

            assertThat(refused.exitCode()).isNotZero();
            assertThat(required)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(path -> assertThat(refused.errors())
                            .containsPattern(
                                    "missing propert(y|ies) .*'" + path.substring(path.lastIndexOf('.') + 1) + "'"));
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void labelsOfTheUserDoNotReplaceTheLabelsOfSelectors(Helm helm) {
        String manifest = template(
                        helm,
                        "commonLabels.app\\.kubernetes\\.io/name=other,commonLabels.helm\\.sh/chart=other,commonLabels.team=a")
                .orFail()
                .text();

        assertThat(manifest).doesNotContain("app.kubernetes.io/name: other", "helm.sh/chart: other");
        assertThat(Rendered.of(manifest).objects().values())
                .filteredOn(object -> object.path("kind").asText().equals("Service"))
                .singleElement()
                .satisfies(service ->
                        assertThat(service.at("/metadata/labels/team").asText()).isEqualTo("a"));
    }

    @Test
    void exactlyTheValuesWithADefaultThatIsNotEmptyAreRequired() {
        ChartValues values = ChartValues.of(Path.of(ChartFiles.CHART));
        List<String> expected = values.all().stream()
                .filter(value -> !isEmpty(value.defaultValue()))
                .map(ChartValues.Value::path)
                .filter(path -> !MAY_BE_ABSENT.contains(path))
                .toList();

        assertThat(paths(false, true)).containsExactlyElementsOf(expected);
        assertThat(paths(true, false)).isSubsetOf(MAY_BE_ABSENT);
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isContainerNode() ? value.isEmpty() : value.asText().isEmpty();
    }
}
