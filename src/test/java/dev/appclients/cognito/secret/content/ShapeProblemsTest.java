package dev.appclients.cognito.secret.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.appclients.cognito.api.v1beta1.ConfigMapSpec;
import dev.appclients.cognito.api.v1beta1.GeneratedKey;
import dev.appclients.cognito.api.v1beta1.KeyEncoding;
import dev.appclients.cognito.api.v1beta1.SecretMetadata;
import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.TemplateVariable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShapeProblemsTest {

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(shape(SecretPreset.UNKNOWN, null, null, null, null), "spec.secret.preset has a value"),
                arguments(template("a", "$(nope)"), "spec.secret.template[a] contains '$(nope)'"),
                arguments(template("a", "x".repeat(4097)), "spec.secret.template[a] is longer than 4096"),
                arguments(
                        template("client-id", "x"),
                        "spec.secret.template[client-id] replaces a key of the credentials"),
                arguments(template("client-secret", "$(clientSecret)"), "template[client-secret] replaces a key"),
                arguments(template("a/b", "x"), "spec.secret.template[a/b] is no key of a Secret"),
                arguments(template("..a", "x"), "template[..a] is no key of a Secret"),
                arguments(template(".", "x"), "template[.] is no key of a Secret"),
                arguments(template("", "x"), "template[] is no key of a Secret"),
                arguments(template("x".repeat(254), "x"), "is no key of a Secret"),
                arguments(
                        shape(SecretPreset.ENV, null, null, Map.of("CLIENT_ID", "x"), null),
                        "template[CLIENT_ID] replaces a key"),
                arguments(
                        shape(SecretPreset.STANDARD, null, null, entries(21), null),
                        "template has more than 20 entries"),
                arguments(
                        shape(SecretPreset.NONE, null, null, Map.of("a", "$(json(clientSecret))"), null),
                        "spec.secret.template needs an entry that is exactly $(clientSecret)"),
                arguments(shape(SecretPreset.NONE, null, null, null, null), "spec.secret.template needs an entry"),
                arguments(
                        template("a", "$(urlencode(scopes))".repeat(14)),
                        "template could exceed 512 KiB with the longest values"),
                arguments(generate(key("issuer", 32)), "spec.secret.generate[issuer] is a key of the preset"),
                arguments(generate(key("client-secret", 32)), "generate[client-secret] is a key of the preset"),
                arguments(
                        shape(SecretPreset.STANDARD, null, null, Map.of("a", "x"), List.of(key("a", 32))),
                        "generate[a] is a key of the preset or of the template"),
                arguments(generate(key("a", 32), key("a", 16)), "spec.secret.generate[a] is there twice"),
                arguments(generate(key("a", 15)), "generate[a] needs 16 to 64 bytes"),
                arguments(generate(key("a", 65)), "generate[a] needs 16 to 64 bytes"),
                arguments(generate(key("a b", 32)), "generate[a b] is no key of a Secret"),
                arguments(
                        generate(new GeneratedKey("a", null, KeyEncoding.UNKNOWN)), "generate[a] has an encoding that"),
                arguments(
                        generate(IntStream.range(0, 11)
                                .mapToObj(i -> key("k" + i, 32))
                                .toArray(GeneratedKey[]::new)),
                        "generate has more than 10 keys"),
                arguments(type("kubernetes.io/service-account-token"), "spec.secret.type is 'kubernetes.io/service-"),
                arguments(type("bootstrap.kubernetes.io/token"), "spec.secret.type is"),
                arguments(type("helm.sh/release.v1"), "spec.secret.type is"),
                arguments(labels("owner"), "spec.secret.metadata.labels[owner] has no domain"),
                arguments(
                        labels("argoproj.io/secret-type"),
                        "labels[argoproj.io/secret-type] is malformed, or its domain"),
                arguments(
                        annotations("reflector.v1.k8s.emberstack.com/reflection-allowed"),
                        "spec.secret.metadata.annotations[reflector.v1.k8s.emberstack.com/reflection-allowed] is malformed"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_problem_names_the_field_and_the_action(SecretShape shape, String problem) {
        assertThat(SecretContents.check(shape, true, false))
                .singleElement()
                .asString()
                .contains(problem)
                .endsWith(".")
                .matches("(?s).*\\. [A-Z].*\\.");
    }

    @ParameterizedTest
    @EnumSource(
            value = SecretPreset.class,
            names = {"UNKNOWN", "NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void every_preset_is_accepted_with_a_template_and_generated_keys_beside_it(SecretPreset preset) {
        SecretShape shape = shape(
                preset,
                null,
                new SecretMetadata(Map.of("app.kubernetes.io/part-of", "argocd"), Map.of("example.com/team", "shop")),
                Map.of("config.json", "$(json(clientSecret)) $$(x)", "domain", "x"),
                List.of(key("cookie-secret", 16), key("other", 64)));

        assertThat(SecretContents.check(shape, true, false)).isEmpty();
        assertThat(SecretContents.check(shape, false, false)).isEmpty();
    }

    @Test
    void without_a_client_secret_none_needs_no_plain_entry() {
        SecretShape shape = shape(SecretPreset.NONE, null, null, Map.of("a", "$(clientId)"), null);

        assertThat(SecretContents.check(shape, false, false)).isEmpty();
        assertThat(SecretContents.check(shape, true, true)).isEmpty();
    }

    @Test
    void a_config_map_holds_no_client_secret() {
        SecretShape shape = SecretShape.of(new ConfigMapSpec(null, null, Map.of("a", "$(json(clientSecret))")));

        assertThat(SecretContents.check(shape, false, true))
                .singleElement()
                .asString()
                .startsWith("spec.configMap.template[a] contains the client secret, which a ConfigMap must not hold.");
        assertThat(SecretContents.check(SecretShape.of(new ConfigMapSpec(null, null, null)), false, true))
                .isEmpty();
    }

    /** Kubernetes refuses a Secret whose values exceed 1 MiB. */
    @ParameterizedTest
    @EnumSource(value = SecretPreset.class, names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void the_largest_permitted_secret_stays_far_below_the_limit_of_kubernetes(SecretPreset preset) {
        Map<String, String> template = new TreeMap<>(entries(18));
        template.replaceAll((key, text) -> "$(scopes)$(scopes)");
        template.put("plain", "$(clientSecret)");
        assertThat(SecretContents.check(shape(preset, null, null, template, null), true, false))
                .isEmpty();
        template.put("more", "$(scopes)".repeat(4));
        SecretShape shape = shape(preset, null, null, template, null);
        assertThat(SecretContents.check(shape, true, false)).isEmpty();

        SecretContents contents = SecretContents.of(shape, largest(), true, "n".repeat(63), "n".repeat(253));
        long generated = 10 * 2 * 64;
        assertThat(size(contents.publicEntries())
                        + size(contents.secretEntries(new ClientSecret("x".repeat(128))))
                        + generated)
                .isBetween(500L * 1024, 600L * 1024);
        template.put("more", "$(scopes)".repeat(5));
        assertThat(SecretContents.check(shape(preset, null, null, template, null), true, false))
                .as("more than 512 KiB of template")
                .hasSize(1);
    }

    @Test
    void no_value_exceeds_the_bound_of_its_variable() {
        Variables variables = Variables.of(largest(), "n".repeat(63), "n".repeat(253));

        for (TemplateVariable variable : TemplateVariable.values()) {
            assertThat(variables.value(variable).getBytes(UTF_8).length)
                    .as(variable.camelCase())
                    .isLessThanOrEqualTo(variable.maxBytes());
        }
    }

    private static long size(Map<String, String> entries) {
        return entries.values().stream()
                .mapToLong(value -> value.getBytes(UTF_8).length)
                .sum();
    }

    private static PublicValues largest() {
        return new PublicValues(
                "c".repeat(128),
                new PoolId("eu-west-1_" + "A".repeat(45)),
                "https://" + "i".repeat(200),
                "d".repeat(253),
                new TreeSet<>(List.of("code")),
                "https://" + "é".repeat(1016),
                IntStream.range(0, 50)
                        .mapToObj(i -> "%02d".formatted(i) + "s".repeat(254))
                        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
    }

    private static Map<String, String> entries(int count) {
        Map<String, String> entries = new TreeMap<>();
        IntStream.range(0, count).forEach(i -> entries.put("k" + i, "x"));
        return entries;
    }

    private static GeneratedKey key(String key, int bytes) {
        return new GeneratedKey(key, bytes, null);
    }

    private static SecretShape template(String key, String text) {
        return shape(SecretPreset.STANDARD, null, null, Map.of(key, text), null);
    }

    private static SecretShape generate(GeneratedKey... keys) {
        return shape(SecretPreset.STANDARD, null, null, null, List.of(keys));
    }

    private static SecretShape type(String type) {
        return shape(SecretPreset.STANDARD, type, null, null, null);
    }

    private static SecretShape labels(String key) {
        return shape(SecretPreset.STANDARD, null, new SecretMetadata(Map.of(key, "x"), null), null, null);
    }

    private static SecretShape annotations(String key) {
        return shape(SecretPreset.STANDARD, null, new SecretMetadata(null, Map.of(key, "x")), null, null);
    }

    private static SecretShape shape(
            SecretPreset preset,
            @Nullable String type,
            @Nullable SecretMetadata metadata,
            @Nullable Map<String, String> template,
            @Nullable List<GeneratedKey> generate) {
        return SecretShape.of(new SecretSpec(null, preset, type, metadata, template, generate, null));
    }
}
