package dev.appclients.cognito.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each incompatible change of a CRD is found, and no other. */
class SchemaChangesTest {

    private static final String CRD = """
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Thing, plural: things, singular: thing, shortNames: [th]}
              versions:
              - name: v1
                served: true
                storage: true
                subresources: {status: {}}
                additionalPrinterColumns:
                - {name: Ready, type: string, jsonPath: .status.ready}
                schema:
                  openAPIV3Schema:
                    type: object
                    required: [spec]
                    properties:
                      spec:
                        type: object
                        x-kubernetes-validations:
                        - {rule: "has(self.name)", message: name is needed}
                        properties:
                          name: {type: string, maxLength: 63, minLength: 1, pattern: "^[a-z]+$"}
                          mode: {type: string, enum: [A, B], nullable: true}
                          count: {type: integer, default: 3}
                          tags:
                            type: array
                            maxItems: 5
                            items: {type: string}
                          labels:
                            type: object
                            additionalProperties: {type: string, maxLength: 9}
            """;

    static Stream<Arguments> incompatible() {
        return Stream.of(
                arguments(
                        "count: {type: integer, default: 3}",
                        "amount: {type: integer}",
                        "v1.spec.count: the field is removed"),
                arguments(
                        "count: {type: integer,",
                        "count: {type: string,",
                        "v1.spec.count: type was \"integer\" and is \"string\""),
                arguments("default: 3", "default: 4", "v1.spec.count: default was 3 and is 4"),
                arguments(", default: 3", "", "v1.spec.count: default was 3 and is absent"),
                arguments("maxLength: 63", "maxLength: 62", "v1.spec.name: maxLength was 63 and is 62"),
                arguments("count: {", "count: {maximum: 7, ", "v1.spec.count: maximum was absent and is 7"),
                arguments("minLength: 1", "minLength: 2", "v1.spec.name: minLength was 1 and is 2"),
                arguments("^[a-z]+$", "^[a-y]+$", "v1.spec.name: pattern was \"^[a-z]+$\" and is \"^[a-y]+$\""),
                arguments(
                        "items: {type: string}",
                        "items: {type: string, pattern: x}",
                        "v1.spec.tags[]: pattern was absent and is \"x\""),
                arguments("maxLength: 9", "maxLength: 8", "v1.spec.labels{}: maxLength was 9 and is 8"),
                arguments("[A, B]", "[A]", "v1.spec.mode: the value 'B' is removed"),
                arguments(
                        "count: {type: integer",
                        "count: {enum: [3], type: integer",
                        "v1.spec.count: only some values are allowed now"),
                arguments(", nullable: true", "", "v1.spec.mode: nullable was true and is absent"),
                arguments("required: [spec]", "required: [spec, status]", "v1: 'status' is now required"),
                arguments(
                        "maxItems: 5",
                        "maxItems: 5\n                x-kubernetes-list-type: set",
                        "v1.spec.tags: x-kubernetes-list-type was absent and is \"set\""),
                arguments(
                        "- {rule: \"has(self.name)\", message: name is needed}",
                        "- {rule: \"has(self.mode)\", message: mode is needed}",
                        "v1.spec: new rule: mode is needed"),
                arguments("served: true", "served: false", "v1: the version is not served any more"),
                arguments("storage: true", "storage: false", "v1: storage was true and is false"),
                arguments("name: v1\n", "name: v2\n", "v1: the version is removed"),
                arguments("{name: Ready,", "{name: State,", "v1: the printer column 'Ready' is removed"),
                arguments(
                        "subresources: {status: {}}",
                        "subresources: {}",
                        "v1: subresource status was {} and is absent"),
                arguments("shortNames: [th]", "shortNames: []", "names.shortNames: 'th' is removed"),
                arguments("scope: Namespaced", "scope: Cluster", "scope was \"Namespaced\" and is \"Cluster\""));
    }

    @ParameterizedTest
    @MethodSource("incompatible")
    void anIncompatibleChangeIsListed(String before, String after, String change) {
        assertThat(CRD).contains(before);

        assertThat(SchemaChanges.between(crd(CRD), crd(CRD.replace(before, after))))
                .containsExactly(change);
    }

    static Stream<Arguments> compatible() {
        return Stream.of(
                arguments("count: {", "other: {type: string, maxLength: 3}\n              count: {"),
                arguments("maxLength: 63", "maxLength: 64"),
                arguments("minLength: 1, ", ""),
                arguments(", pattern: \"^[a-z]+$\"", ""),
                arguments("[A, B]", "[C, B, A]"),
                arguments("required: [spec]", "required: []"),
                arguments("name is needed", "write a name"),
                arguments("items: {type: string}", "items: {type: string, nullable: true, description: text}"),
                arguments("shortNames: [th]", "shortNames: [th, ting]"));
    }

    @ParameterizedTest
    @MethodSource("compatible")
    void aCompatibleChangeIsNotListed(String before, String after) {
        assertThat(CRD).contains(before);

        assertThat(SchemaChanges.between(crd(CRD), crd(CRD.replace(before, after))))
                .isEmpty();
    }

    @Test
    void equalDefinitionsHaveNoChange() {
        assertThat(SchemaChanges.between(crd(CRD), crd(CRD))).isEmpty();
    }

    private static JsonNode crd(String yaml) {
        return new ObjectMapper().valueToTree(Serialization.unmarshal(yaml, Map.class));
    }
}
