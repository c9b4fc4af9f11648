package dev.appclients.cognito.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs health_test.yaml and action_test.yaml of each kind, as the tests of Argo CD do. */
class ArgoCustomizationsTest {

    private static final List<String> TIMES =
            List.of("cognito.appclients.dev/reconcile-requested-at", "cognito.appclients.dev/rotate-requested-at");

    /** One entry of a test file. */
    record Case(String kind, JsonNode test) {
        JsonNode input(String directory) {
            return object(ArgoFiles.of(kind).resolve(directory).resolve(text("inputPath")));
        }

        String text(String field) {
            return test.path(field).asText();
        }

        @Override
        public String toString() {
            return kind + " " + text("action") + " " + text("inputPath");
        }
    }

    static Stream<Case> healthTests() {
        return cases("health_test.yaml", "tests");
    }

    static Stream<Case> discoveryTests() {
        return cases("actions/action_test.yaml", "discoveryTests");
    }

    static Stream<Case> actionTests() {
        return cases("actions/action_test.yaml", "actionTests");
    }

    @ParameterizedTest
    @MethodSource("healthTests")
    void theScriptComputesTheHealthOfTheTest(Case health) {
        assertThat(ArgoLua.run(ArgoFiles.of(health.kind()).resolve("health.lua"), health.input("")))
                .isEqualTo(health.test().path("healthStatus"));
    }

    @ParameterizedTest
    @MethodSource("discoveryTests")
    void exactlyTheActionsOfTheTestAreOffered(Case discovery) {
        JsonNode offered = ArgoLua.run(
                ArgoFiles.of(discovery.kind()).resolve("actions/discovery.lua"), discovery.input("actions"));

        var expected = StreamSupport.stream(discovery.test().path("result").spliterator(), false)
                .collect(Collectors.toMap(action -> action.path("name").asText(), Function.identity()));
        assertThat(offered.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(expected.keySet());
        offered.properties()
                .forEach(action -> assertThat(complete(action.getKey(), action.getValue()))
                        .isEqualTo(complete(action.getKey(), expected.get(action.getKey()))));
    }

    @ParameterizedTest
    @MethodSource("actionTests")
    void theActionChangesTheObjectAsTheTestExpects(Case action) {
        Path script = ArgoFiles.of(action.kind()).resolve("actions/" + action.text("action") + "/action.lua");
        JsonNode input = action.input("actions");
        if (action.test().has("expectedErrorMessage")) {
            assertThatThrownBy(() -> ArgoLua.act(script, input))
                    .hasMessageContaining(action.text("expectedErrorMessage"));
            return;
        }
        JsonNode expected =
                object(ArgoFiles.of(action.kind()).resolve("actions").resolve(action.text("expectedOutputPath")));

        assertThat(withoutTime(ArgoLua.act(script, input))).isEqualTo(withoutTime(expected));
    }

    @Test
    void everyObjectAndEveryActionIsTested() throws IOException {
        for (String kind : ArgoFiles.KINDS) {
            assertThat(healthTests().filter(test -> test.kind().equals(kind)).map(test -> test.text("inputPath")))
                    .containsExactlyInAnyOrderElementsOf(ArgoFiles.testdata(kind).keySet().stream()
                            .map(file -> "testdata/" + file)
                            .toList());
            try (var directories = Files.list(ArgoFiles.of(kind).resolve("actions"))) {
                List<String> actions = directories
                        .filter(directory -> Files.exists(directory.resolve("action.lua")))
                        .map(directory -> String.valueOf(directory.getFileName()))
                        .toList();
                assertThat(actions).containsExactlyInAnyOrderElementsOf(ArgoFiles.ACTIONS.get(kind));
                assertThat(actionTests()
                                .filter(test -> test.kind().equals(kind))
                                .map(test -> test.text("action")))
                        .containsAll(actions);
            }
        }
    }

    @Test
    void removingTheOnlyAnnotationIsWritten() {
        JsonNode paused = ArgoFiles.parse(ArgoFiles.testdata("UserPoolClient").get("suspended_paused.yaml"));

        JsonNode resumed = ArgoLua.act(ArgoFiles.of("UserPoolClient").resolve("actions/resume/action.lua"), paused);

        assertThat(ArgoLua.mergePatch(paused, resumed)).isEqualTo(ArgoFiles.parse("{metadata: {annotations: null}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "appType: Confidential; true",
                "appType: MachineToMachine; true",
                "appType: MachineToMachine, mode: Manage; true",
                "appType: MachineToMachine, mode: Observe; false",
                "appType: Other, generateSecret: true; true",
                "appType: Other, generateSecret: false; false",
                "appType: Other; false",
                "appType: Public; false"
            })
    void aNewSecretIsOfferedForAManagedClientThatHasOne(String spec, boolean offered) {
        ObjectNode client = healthyClient();
        client.set("spec", ArgoFiles.parse("{" + spec + "}"));

        JsonNode actions = ArgoLua.run(ArgoFiles.of("UserPoolClient").resolve("actions/discovery.lua"), client);

        assertThat(actions.at("/rotate/disabled").asBoolean()).isEqualTo(!offered);
    }

    @Test
    void aRotationDoesNotChangeTheHealth() {
        ObjectNode client = healthyClient();
        Path script = ArgoFiles.of("UserPoolClient").resolve("health.lua");
        JsonNode before = ArgoLua.run(script, client);

        ((ArrayNode) client.at("/status/conditions"))
                .add(ArgoFiles.parse("{type: RotationPending, status: 'True', reason: ForeignSecret, message: waits}"));

        assertThat(ArgoLua.run(script, client)).isEqualTo(before);
    }

    private static ObjectNode healthyClient() {
        return (ObjectNode) ArgoFiles.parse(
                Objects.requireNonNull(ArgoFiles.testdata("UserPoolClient").get("healthy_synced.yaml")));
    }

    /** Argo CD sets these fields when the script omits them. */
    private static JsonNode complete(String name, JsonNode action) {
        ObjectNode complete = action.deepCopy();
        complete.put("name", name);
        if (!complete.has("disabled")) {
            complete.put("disabled", false);
        }
        return complete;
    }

    private static JsonNode withoutTime(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        if (copy.at("/metadata/annotations") instanceof ObjectNode annotations) {
            TIMES.stream().filter(annotations::has).forEach(time -> annotations.put(time, "now"));
        }
        return copy;
    }

    private static Stream<Case> cases(String file, String list) {
        return ArgoFiles.KINDS.stream()
                .flatMap(kind -> StreamSupport.stream(
                                object(ArgoFiles.of(kind).resolve(file))
                                        .path(list)
                                        .spliterator(),
                                false)
                        .map(test -> new Case(kind, test)));
    }

    private static JsonNode object(Path file) {
        try {
            return ArgoFiles.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
