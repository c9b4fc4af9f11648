package dev.appclients.cognito.secret.content;

import dev.appclients.cognito.api.v1beta1.GeneratedKey;
import dev.appclients.cognito.api.v1beta1.KeyEncoding;
import dev.appclients.cognito.api.v1beta1.Patterns;
import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.model.Excerpt;
import dev.appclients.cognito.model.MetadataKeys;
import dev.appclients.cognito.model.PresetKeys;
import dev.appclients.cognito.model.SecretTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * Finds the reasons why no Secret of a shape can be written. The CRD refuses most of them; an older CRD, or a newer client of the
 * API, may let them pass.
 */
final class ShapeProblems {

    /** The bound of the rendered template in KiB. With the keys of a preset it stays far below Kubernetes' limit of 1 MiB. */
    static final int MAX_TEMPLATE_KIB = 512;

    private static final int MAX_TEMPLATE_ENTRIES = 20;
    private static final int MAX_TEMPLATE_LENGTH = 4096;
    private static final int MAX_GENERATED_KEYS = 10;
    private static final int MIN_RANDOM_BYTES = 16;
    private static final int MAX_RANDOM_BYTES = 64;
    private static final int MAX_KEY_LENGTH = 253;
    private static final int LONGEST_QUOTE = 60;
    private static final Pattern DATA_KEY = Pattern.compile(Patterns.DATA_KEY);

    private final SecretShape shape;
    private final boolean confidential;
    private final boolean forConfigMap;
    private final String field;
    private final List<String> problems = new ArrayList<>();

    private ShapeProblems(SecretShape shape, boolean confidential, boolean forConfigMap) {
        this.shape = shape;
        this.confidential = confidential;
        this.forConfigMap = forConfigMap;
        field = forConfigMap ? "spec.configMap" : "spec.secret";
    }

    static List<String> of(SecretShape shape, boolean confidential, boolean forConfigMap) {
        return new ShapeProblems(shape, confidential, forConfigMap).find();
    }

    private List<String> find() {
        if (shape.preset() == SecretPreset.UNKNOWN) {
            add("preset", "has a value that this version of the operator does not know. Set a preset of this version");
        }
        checkTemplate();
        checkGenerated();
        checkType();
        checkMetadata("metadata.labels", shape.labels());
        checkMetadata("metadata.annotations", shape.annotations());
        return List.copyOf(problems);
    }

    private void checkTemplate() {
        if (shape.template().size() > MAX_TEMPLATE_ENTRIES) {
            add("template", "has more than " + MAX_TEMPLATE_ENTRIES + " entries. Remove some");
        }
        int bytes = 0;
        for (var entry : shape.template().entrySet()) {
            Template template = Template.parse(entry.getValue());
            checkEntry(entry.getKey(), entry.getValue(), template);
            bytes += template.maxBytes();
        }
        if (bytes > MAX_TEMPLATE_KIB * 1024) {
            add(
                    "template",
                    "could exceed " + MAX_TEMPLATE_KIB
                            + " KiB with the longest values of its variables. Use its longest variables, such as scopes"
                            + " and redirectUri, less often");
        }
        if (shape.preset() == SecretPreset.NONE && shape.template().isEmpty()) {
            add("template", "needs an entry, because the preset None has no key. Add one, or set another preset");
        } else if (shape.preset() == SecretPreset.NONE && confidential && !forConfigMap && shape.secretKey() == null) {
            add(
                    "template",
                    "needs an entry that is exactly $(clientSecret), because the preset None has no key for the client"
                            + " secret. The operator reads the secret back from it. Add the entry, or set another preset");
        }
    }

    private void checkEntry(String key, String text, Template template) {
        String entry = entry("template", key);
        checkKey(entry, key);
        if (template.fault() != null) {
            add(entry, template.fault());
        }
        if (!Excerpt.fits(text, MAX_TEMPLATE_LENGTH)) {
            add(entry, "is longer than " + MAX_TEMPLATE_LENGTH + " characters. Shorten it");
        }
        if (forConfigMap && template.isSecret()) {
            add(
                    entry,
                    "contains the client secret, which a ConfigMap must not hold. Move the entry to spec.secret.template");
        }
        if (PresetKeys.credentials(shape.preset()).contains(key)) {
            add(entry, "replaces a key of the credentials. Choose another key, or set the preset None");
        }
    }

    private void checkGenerated() {
        if (shape.generate().size() > MAX_GENERATED_KEYS) {
            add("generate", "has more than " + MAX_GENERATED_KEYS + " keys. Remove some");
        }
        Set<String> seen = new HashSet<>();
        for (GeneratedKey generated : shape.generate()) {
            String key = generated.key();
            String entry = entry("generate", key);
            checkKey(entry, key);
            if (!seen.add(key)) {
                add(entry, "is there twice. Remove one");
            }
            if (shape.template().containsKey(key)
                    || PresetKeys.all(shape.preset()).contains(key)) {
                add(entry, "is a key of the preset or of the template. Choose another key");
            }
            if (GeneratedKeys.bytes(generated) < MIN_RANDOM_BYTES
                    || GeneratedKeys.bytes(generated) > MAX_RANDOM_BYTES) {
                add(entry, "needs " + MIN_RANDOM_BYTES + " to " + MAX_RANDOM_BYTES + " bytes. Change bytes");
            }
            if (GeneratedKeys.encoding(generated) == KeyEncoding.UNKNOWN) {
                add(
                        entry,
                        "has an encoding that this version of the operator does not know. Set Base64Url, Base64 or Hex");
            }
        }
    }

    private void checkType() {
        if (SecretTypes.isNever(shape.type())) {
            add(
                    "type",
                    "is '" + Excerpt.of(shape.type(), LONGEST_QUOTE)
                            + "', to which Kubernetes or Helm gives a meaning of its own. Set another type");
        }
    }

    private void checkMetadata(String part, SortedMap<String, String> metadata) {
        metadata.keySet().stream()
                .filter(key -> !MetadataKeys.isPermitted(key))
                .forEach(
                        key -> add(
                                entry(part, key),
                                MetadataKeys.domain(key).isEmpty()
                                        ? "has no domain, and other controllers read such keys. Use a key with a domain of your own,"
                                                + " such as example.com/team"
                                        : "is malformed, or its domain is that of another controller. Use a domain of your own"));
    }

    private void checkKey(String entry, String key) {
        if (key.length() > MAX_KEY_LENGTH
                || key.startsWith("..")
                || key.equals(".")
                || !DATA_KEY.matcher(key).matches()) {
            add(
                    entry,
                    "is no key of a Secret. Use at most " + MAX_KEY_LENGTH
                            + " letters, digits, '-', '_' and '.', and do not begin with '..'");
        }
    }

    private static String entry(String part, String key) {
        return part + "[" + Excerpt.of(key, LONGEST_QUOTE) + "]";
    }

    private void add(String part, String fault) {
        problems.add(field + "." + part + " " + fault + ".");
    }
}
