package dev.appclients.cognito.api.v1beta1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.crd.Rule;
import dev.appclients.cognito.crd.RuleBook;
import dev.appclients.cognito.docs.GeneratedFiles;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.plan.DesiredClient;
import dev.appclients.cognito.plan.SettingsWarnings;
import dev.appclients.cognito.plan.Warning;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that every rule and every warning has a manifest that triggers it, and a valid manifest that shows the remedy. */
class RulesHaveManifestsTest {

    static Stream<Rule> rules() {
        return GeneratedFiles.definitions().stream().flatMap(crd -> RuleBook.of(crd).stream());
    }

    static Stream<Warning> operatorWarnings() {
        return SettingsWarnings.all().stream();
    }

    static Stream<Manifest> withCounterparts() {
        return Stream.concat(
                Manifest.invalid(),
                Manifest.valid().filter(manifest -> !manifest.warnings().isEmpty()));
    }

    static Stream<Manifest> clients() {
        return Manifest.valid().filter(manifest -> manifest.kind().equals("userpoolclient"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleHasAManifestThatItRefuses(Rule rule) {
        assertThat(Manifest.invalid().flatMap(manifest -> manifest.expected().stream()))
                .anyMatch(line -> line.endsWith(": " + rule.message()));
    }

    @ParameterizedTest
    @MethodSource("operatorWarnings")
    void everyWarningHasAManifestThatTriggersIt(Warning warning) {
        assertThat(clients().flatMap(manifest -> manifest.warnings().stream()))
                .anyMatch(line -> line.startsWith(warning.sentence()));
    }

    @ParameterizedTest
    @MethodSource("withCounterparts")
    void anInvalidOrDoubtfulManifestHasAValidCounterpart(Manifest manifest) {
        assertThat(Manifest.isValid(manifest.kind(), manifest.counterpart()))
                .as("%s needs a valid manifest of the same name, or a line '# valid: <name>'", manifest)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aManifestListsTheWarningsOfTheOperator(Manifest manifest) {
        assertThat(warnings(manifest)).containsExactlyElementsOf(manifest.warnings());
    }

    @Test
    void theCounterpartOfADoubtfulManifestHasNoneOfItsWarnings() {
        assertThat(clients().filter(manifest -> !manifest.warnings().isEmpty()))
                .isNotEmpty()
                .allSatisfy(manifest -> assertThat(clients()
                                .filter(other -> other.file().endsWith(manifest.counterpart() + ".yaml"))
                                .flatMap(other -> other.warnings().stream()))
                        .as("the counterpart of %s", manifest)
                        .doesNotContainAnyElementsOf(manifest.warnings()));
    }

    private static List<String> warnings(Manifest manifest) {
        UserPoolClient client = Serialization.unmarshal(
                Serialization.asYaml(manifest.documents().getLast()), UserPoolClient.class);
        return SettingsWarnings.about(
                DesiredClient.of(client.getSpec(), "default", "web", "0f3b0138-19e4-4aa4-b8e9-7a2390c57c96"),
                PoolAttributes.of(manifest.mutableCustom(), List.of(), manifest.mutableCustom()));
    }
}
