package dev.appclients.cognito.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.docs.GeneratedFiles;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that no string allows line breaks: strings of a manifest reach conditions and logs, where a line break forges a line. */
class TextsAreOneLineTest {

    private static final List<String> FORBIDDEN =
            List.of("\n", "\r", "\t", "\u0000", "\u001b", "\u007f", "\u0085", "\u2028", "\u2029");

    /** These may have lines. The operator writes them into a Secret or a ConfigMap. A message quotes no line break of them. */
    private static final Set<String> NEVER_QUOTED =
            Set.of("spec.secret.template{}", "spec.configMap.template{}", "spec.secret.metadata.annotations{}");

    /** CEL rules refuse line breaks in these, and have a refused manifest each. */
    private static final Set<String> REFUSED_BY_A_RULE =
            Set.of("spec.allow.callbackURLs[]", "spec.allow.logoutURLs[]", "spec.allow.secretTypes[]");

    static Stream<CustomResourceDefinition> crds() {
        return GeneratedFiles.definitions().stream();
    }

    @ParameterizedTest
    @MethodSource("crds")
    void noStringOfASpecAllowsLineBreaksOrOtherControlCharacters(CustomResourceDefinition crd) {
        assertThat(texts(crd))
                .isNotEmpty()
                .allSatisfy((path, schema) ->
                        assertThat(FORBIDDEN).as(path).noneMatch(character -> takes(schema, "a" + character + "b")));
    }

    private static Map<String, JSONSchemaProps> texts(CustomResourceDefinition crd) {
        return RuleBook.byPath(
                        crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema())
                .entrySet()
                .stream()
                .filter(field -> field.getKey().startsWith("spec"))
                .filter(field -> !NEVER_QUOTED.contains(field.getKey()))
                .filter(field -> !REFUSED_BY_A_RULE.contains(field.getKey()))
                .filter(field -> "string".equals(field.getValue().getType()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static boolean takes(JSONSchemaProps schema, String text) {
        boolean anyName = schema.getEnum() == null || schema.getEnum().isEmpty();
        return anyName
                && (schema.getPattern() == null
                        || Pattern.compile(schema.getPattern()).matcher(text).find());
    }
}
