package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.plan.SettingsWarnings;
import dev.appclients.cognito.plan.Warning;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the table contains every rule, and that its fields exist. */
class RulesPageTest {

    static Stream<CustomResourceDefinition> crds() {
        return GeneratedFiles.definitions().stream();
    }

    @ParameterizedTest
    @MethodSource("crds")
    void everyRuleOfACrdIsInTheTable(CustomResourceDefinition crd) {
        var root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();

        assertThat(rules(root).map(ValidationRule::getMessage))
                .isNotEmpty()
                .allSatisfy(message -> assertThat(RulesPage.lines(crd))
                        .filteredOn(line -> line.effect().equals("refuses"))
                        .extracting(RulesPage.Line::sentence)
                        .contains(message));
    }

    @Test
    void everyWarningIsInTheTable() {
        assertThat(RulesPage.lines(GeneratedFiles.definitions().getFirst()))
                .filteredOn(line -> line.effect().equals("warns"))
                .extracting(RulesPage.Line::sentence)
                .containsExactlyInAnyOrderElementsOf(
                        SettingsWarnings.all().stream().map(Warning::sentence).toList());
    }

    @ParameterizedTest
    @MethodSource("crds")
    void everyRuleIsAboutAnExistingFieldAndNamesIt(CustomResourceDefinition crd) {
        assertThat(RulesPage.lines(crd)).allSatisfy(line -> {
            assertThat(Fields.of(crd, "spec")).containsKey(line.field());
            assertThat(line.sentence()).contains(line.field().replaceFirst("[.].*$", ""));
        });
    }

    private static Stream<ValidationRule> rules(JSONSchemaProps schema) {
        var below = Stream.of(
                        Optional.ofNullable(schema.getProperties()).map(Map::values).stream()
                                .flatMap(properties -> properties.stream()),
                        Optional.ofNullable(schema.getItems()).map(items -> items.getSchema()).stream(),
                        Optional.ofNullable(schema.getAdditionalProperties())
                                .map(values -> values.getSchema())
                                .stream())
                .flatMap(Function.identity());
        return Stream.concat(schema.getXKubernetesValidations().stream(), below.flatMap(RulesPageTest::rules));
    }
}
