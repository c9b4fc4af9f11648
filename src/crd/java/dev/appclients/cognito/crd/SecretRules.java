package dev.appclients.cognito.crd;

import static dev.appclients.cognito.crd.Cel.given;
import static dev.appclients.cognito.crd.Cel.lacks;
import static dev.appclients.cognito.crd.Cel.matches;
import static dev.appclients.cognito.crd.Rule.across;
import static dev.appclients.cognito.crd.Rule.on;
import static dev.appclients.cognito.model.RuleSource.KUBERNETES;
import static java.util.stream.Collectors.joining;

import dev.appclients.cognito.api.v1beta1.Patterns;
import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.model.PresetKeys;
import dev.appclients.cognito.model.SecretTypes;
import java.util.Arrays;
import java.util.Collection;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** The CEL rules of a Secret or ConfigMap that a manifest describes. Every kind that writes one has the same rules. */
final class SecretRules {
    private static final String PRESET = "(has(self.preset) ? self.preset : 'Standard')";

    private SecretRules() {}

    /** The rules of a Secret in a field of {@code spec}. */
    static Stream<Rule> ofSecret(String field) {
        String at = "spec." + field;
        Rule type = on(
                at + ".type",
                "!self.matches('^(" + alternatives(SecretTypes.NEVER_DOMAINS) + ")/')",
                field
                        + ".type must not be a type of Kubernetes or Helm, because they act on such Secrets. Remove it, or write a type of your own");
        return Stream.of(
                        contents(field),
                        generated(field),
                        Stream.of(RotationRules.notARecord(field), type),
                        MetadataRules.ofMap(field + ".metadata.labels"),
                        MetadataRules.ofMap(field + ".metadata.annotations"))
                .flatMap(rules -> rules);
    }

    /** The rules of a ConfigMap in a field of {@code spec}. */
    static Stream<Rule> ofConfigMap(String field) {
        Rule isPublic = on(
                "spec." + field + ".template{}",
                "!" + matches("self", TemplateText.USES_CLIENT_SECRET),
                field
                        + ".template must not use the variable clientSecret, because a ConfigMap is not secret. Move the entry to secret.template");
        return Stream.concat(contents(field), Stream.of(isPublic));
    }

    /**
     * Kubernetes cannot change the type of a Secret, so the operator must write another one. Compares names as written: at this level
     * a rule does not see the name of the object.
     */
    static Rule sameType() {
        return across(
                "spec",
                "secret.type",
                typeOf("self") + " == " + typeOf("oldSelf") + " || " + nameOf("self") + " != " + nameOf("oldSelf"),
                "secret.type cannot be changed without secret.name, because Kubernetes cannot change the type of a Secret. preset: ServiceBinding changes the type too. Write another secret.name");
    }

    /** The rules that a Secret and a ConfigMap share. */
    private static Stream<Rule> contents(String field) {
        String at = "spec." + field;
        String template = field + ".template";
        return Stream.of(
                on(
                                at + ".template",
                                "self.all(key, size(key) <= 253 && " + matches("key", Patterns.DATA_KEY) + ")",
                                template
                                        + " must have keys of at most 253 letters, digits, -, _ and ., which do not begin with two dots. Write for example config.json")
                        .from(KUBERNETES),
                on(
                        at + ".template{}",
                        matches("self", TemplateText.PATTERN),
                        template
                                + " must have only variables of the documentation, as $(clientId) or as $(json(clientId)) with json, base64 or urlencode. Correct the variable, or write $$( for a literal $("),
                across(
                        at,
                        "template",
                        lacks("self.template") + " || !self.template.exists(key, "
                                + isKeyOfPreset("key", PresetKeys::credentials) + ")",
                        template
                                + " must not replace the keys of the client id and the client secret. Write another key, or use preset: None"),
                across(
                        at,
                        "template",
                        "!has(self.preset) || self.preset != 'None' || " + given("self.template"),
                        template
                                + " must have an entry with preset: None, because nothing else has a key. Add an entry, or use another preset"));
    }

    private static Stream<Rule> generated(String field) {
        String at = "spec." + field;
        String generate = field + ".generate";
        return Stream.of(
                on(
                        at + ".generate",
                        "self.all(g, self.exists_one(other, other.key == g.key))",
                        generate + " must not have the same key twice. Remove one entry, or write another key"),
                across(
                        at,
                        "generate",
                        lacks("self.generate") + " || !self.generate.exists(g, "
                                + isKeyOfPreset("g.key", PresetKeys::all) + ")",
                        generate + " must not have a key of the preset. Write another key, or use preset: None"),
                across(
                        at,
                        "generate",
                        lacks("self.generate") + " || " + lacks("self.template")
                                + " || !self.generate.exists(g, g.key in self.template)",
                        generate + " must not have a key of template. Write another key"));
    }

    private static String typeOf(String spec) {
        return ("(!has(%1$s.secret) ? '%2$s' : has(%1$s.secret.type) ? %1$s.secret.type"
                        + " : has(%1$s.secret.preset) && %1$s.secret.preset == 'ServiceBinding' ? '%3$s' : '%2$s')")
                .formatted(spec, SecretTypes.OPAQUE, SecretTypes.BINDING);
    }

    private static String nameOf(String spec) {
        return "(has(%1$s.secret) && has(%1$s.secret.name) ? %1$s.secret.name : '')".formatted(spec);
    }

    /** Whether a key is one of the preset that {@code self} has. Literal lists have a size that the API server knows. */
    private static String isKeyOfPreset(String key, Function<SecretPreset, SortedSet<String>> keys) {
        return Arrays.stream(SecretPreset.values())
                .filter(preset ->
                        preset != SecretPreset.UNKNOWN && !keys.apply(preset).isEmpty())
                .map(preset -> "%s == '%s' ? %s in [%s] : "
                        .formatted(
                                PRESET,
                                Names.of(preset),
                                key,
                                keys.apply(preset).stream()
                                        .map(name -> "'" + name + "'")
                                        .collect(joining(", "))))
                .collect(joining("", "(", "false)"));
    }

    /** A regular expression for one of several domains. */
    static String alternatives(Collection<String> domains) {
        return domains.stream().map(domain -> domain.replace(".", "[.]")).collect(joining("|"));
    }
}
