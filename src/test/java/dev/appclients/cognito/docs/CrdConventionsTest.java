package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.FeatureType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OAuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.PreventUserExistenceErrorTypes;

/** Checks the conventions of the CRDs. */
class CrdConventionsTest {
    static Stream<CustomResourceDefinition> crds() {
        return GeneratedFiles.definitions().stream();
    }

    @ParameterizedTest
    @MethodSource("crds")
    void everyFieldHasADescription(CustomResourceDefinition crd) {
        assertThat(Stream.of("spec", "status").flatMap(part -> Fields.of(crd, part).entrySet().stream()))
                .allSatisfy(field -> assertThat(field.getValue().getDescription())
                        .as(field.getKey())
                        .isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("crds")
    void noFieldOfASpecHasADefault(CustomResourceDefinition crd) {
        assertThat(Fields.of(crd, "spec"))
                .allSatisfy((path, schema) ->
                        assertThat(schema.getDefault()).as(path).isNull());
    }

    @ParameterizedTest
    @MethodSource("crds")
    void theStatusOfANewObjectIsNotReconciled(CustomResourceDefinition crd) {
        var status = root(crd).getProperties().get("status");

        assertThat(status.getDefault().toString()).isEqualTo("{\"observedGeneration\":-1}");
    }

    @ParameterizedTest
    @MethodSource("crds")
    void everyStringAndEveryListOfASpecIsBounded(CustomResourceDefinition crd) {
        assertThat(Fields.of(crd, "spec")).allSatisfy((path, schema) -> {
            switch (schema.getType()) {
                case "string" ->
                    assertThat(schema.getMaxLength() != null
                                    || !schema.getEnum().isEmpty())
                            .as(path)
                            .isTrue();
                case "array" -> assertThat(schema.getMaxItems()).as(path).isNotNull();
                case "integer" -> {
                    assertThat(schema.getMinimum()).as(path).isNotNull();
                    assertThat(schema.getMaximum()).as(path).isNotNull();
                }
                default -> assertThat(schema.getType()).isIn("boolean", "object");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("crds")
    void listsAreReplacedAsAWholeAndConditionsMergedByType(CustomResourceDefinition crd) {
        assertThat(Stream.of("spec", "status")
                        .flatMap(part -> Fields.of(crd, part).entrySet().stream())
                        .filter(field -> field.getValue().getType().equals("array")))
                .allSatisfy(field -> assertThat(field.getValue().getXKubernetesListType())
                        .as(field.getKey())
                        .isEqualTo(field.getKey().equals("conditions") ? "map" : "atomic"));
    }

    @ParameterizedTest
    @MethodSource("crds")
    void aRuleAtTheRootComparesTheSpecWithTheOldSpecSoThatAnEditOfMetadataPasses(CustomResourceDefinition crd) {
        assertThat(root(crd).getXKubernetesValidations())
                .allSatisfy(rule -> assertThat(rule.getRule())
                        .as("reads only the old status, and compares the spec with the old spec")
                        .contains("oldSelf.spec")
                        .doesNotContainPattern("\\bself[.]status"));
        assertThat(root(crd).getRequired()).containsExactly("spec");
    }

    @Test
    void columnsAreInTheOrderOfDisplay() {
        var columns = Map.of(
                "UserPoolClient", "Ready Reason Client-ID Pool Age Type Secret Copies Rotation Message",
                "ClientSecretClaim", "Ready Reason From Client Secret Age Preset Pushed Message",
                "ClusterUserPool", "Ready Pool-ID Tenancy Age Sharing Push-From");

        assertThat(crds())
                .allSatisfy(crd -> assertThat(
                                crd.getSpec().getVersions().getFirst().getAdditionalPrinterColumns().stream()
                                        .map(CustomResourceColumnDefinition::getName))
                        .containsExactly(
                                columns.get(crd.getSpec().getNames().getKind()).split(" ")));
    }

    @Test
    void everyEnumValueOfTheSdkIsAllowed() {
        var spec = Fields.of(GeneratedFiles.definitions().getFirst(), "spec");

        assertThat(names(spec.get("explicitAuthFlows").getItems().getSchema()))
                .containsAll(ExplicitAuthFlowsType.knownValues().stream()
                        .map(Object::toString)
                        .toList());
        assertThat(names(spec.get("allowedOAuthFlows").getItems().getSchema()))
                .containsAll(OAuthFlowType.knownValues().stream()
                        .map(Object::toString)
                        .toList());
        assertThat(names(spec.get("preventUserExistenceErrors")))
                .containsAll(PreventUserExistenceErrorTypes.knownValues().stream()
                        .map(Object::toString)
                        .toList());
        assertThat(names(spec.get("refreshTokenRotation.feature")))
                .containsAll(
                        FeatureType.knownValues().stream().map(Object::toString).toList());
    }

    private static Stream<String> names(JSONSchemaProps schema) {
        return schema.getEnum().stream().map(JsonNode::asText);
    }

    private static JSONSchemaProps root(CustomResourceDefinition crd) {
        return crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    }
}
