package dev.appclients.cognito.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken out of a status that somebody else has written to. */
class StatusLeftoversTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{a: 1}; {a: 1}; ''",
                "{a: 1, b: 2}; {a: 1}; /status/b",
                "{a: {b: 1, c: 2}}; {a: {b: 1}}; /status/a/c",
                "{a: 1, b: {c: 2}}; {a: 1, b: null}; /status/b",
                // From the last to the first, by key and not by place.
                "{c: [{type: x}, {type: y}, {type: z}]}; {c: [{type: y}]}; /status/c/2 /status/c/0",
                "{c: [{type: x, m: 1}]}; {c: [{type: y}, {type: x}]}; /status/c/0/m",
                // A list of plain values is written as one.
                "{k: [a, b]}; {k: [a]}; ''",
                "{'a/b~c': 1}; {}; /status/a~1b~0c",
            })
    void onlyWhatIsNotIntendedIsTakenAway(String observed, String intended, String paths) {
        assertThat(StatusLeftovers.removals(json(observed), json(intended), "/status"))
                .allSatisfy(operation -> assertThat(operation).containsEntry("op", "remove"))
                .extracting(operation -> operation.get("path"))
                .isEqualTo(paths.isEmpty() ? List.of() : List.of(paths.split(" ")));
    }

    private static JsonNode json(String yaml) {
        return new ObjectMapper().valueToTree(Serialization.unmarshal("---\n" + yaml, Map.class));
    }
}
