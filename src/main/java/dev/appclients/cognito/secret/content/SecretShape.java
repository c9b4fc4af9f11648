package dev.appclients.cognito.secret.content;

import dev.appclients.cognito.api.v1beta1.ClaimedSecret;
import dev.appclients.cognito.api.v1beta1.ConfigMapSpec;
import dev.appclients.cognito.api.v1beta1.GeneratedKey;
import dev.appclients.cognito.api.v1beta1.SecretMetadata;
import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.model.PresetKeys;
import dev.appclients.cognito.model.SecretTypes;
import dev.appclients.cognito.model.TemplateVariable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The form of a Secret: its keys, its type and its metadata, apart from the operator's marks.
 *
 * @param preset the set of keys
 * @param type of the Secret
 * @param labels requested by the manifest
 * @param annotations requested by the manifest
 * @param template more keys, with values that contain variables
 * @param generate keys with random values
 * @param configMap whether it is the form of a ConfigMap, which holds public values only
 */
public record SecretShape(
        SecretPreset preset,
        String type,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        SortedMap<String, String> template,
        List<GeneratedKey> generate,
        boolean configMap) {

    /** The preset Standard and nothing else. */
    public static final SecretShape STANDARD = of(null, null, null, null, null);

    public SecretShape {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        template = Collections.unmodifiableSortedMap(new TreeMap<>(template));
        generate = List.copyOf(generate);
    }

    /** The form of a client's own Secret; null stands for an absent {@code spec.secret}. */
    public static SecretShape of(@Nullable SecretSpec spec) {
        return spec == null
                ? STANDARD
                : of(spec.preset(), spec.type(), spec.metadata(), spec.template(), spec.generate());
    }

    /** The form of a copy; null stands for an absent {@code spec.secret}. */
    public static SecretShape of(@Nullable ClaimedSecret spec) {
        return spec == null
                ? STANDARD
                : of(spec.preset(), spec.type(), spec.metadata(), spec.template(), spec.generate());
    }

    /** The form of the ConfigMap. Its type is that of the Secret that stands for it in the operator. */
    public static SecretShape of(ConfigMapSpec spec) {
        return new SecretShape(
                spec.preset() == null ? SecretPreset.STANDARD : spec.preset(),
                SecretTypes.OPAQUE,
                sorted(null),
                sorted(null),
                sorted(spec.template()),
                List.of(),
                true);
    }

    /** The key that holds the client secret of a confidential client, unchanged; null if the shape has none. */
    public @Nullable String secretKey() {
        String key = PresetKeys.key(preset, TemplateVariable.CLIENT_SECRET);
        return key != null
                ? key
                : template.entrySet().stream()
                        .filter(entry -> Template.isPlainSecret(entry.getValue()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null);
    }

    /** Whether a template names this variable. */
    boolean uses(TemplateVariable variable) {
        return template.values().stream()
                .anyMatch(text -> text.contains(variable.camelCase())
                        && Template.parse(text).uses(variable));
    }

    private static SecretShape of(
            @Nullable SecretPreset preset,
            @Nullable String type,
            @Nullable SecretMetadata metadata,
            @Nullable Map<String, String> template,
            @Nullable List<GeneratedKey> generate) {
        SecretPreset keys = preset == null ? SecretPreset.STANDARD : preset;
        return new SecretShape(
                keys,
                type != null ? type : keys == SecretPreset.SERVICE_BINDING ? SecretTypes.BINDING : SecretTypes.OPAQUE,
                sorted(metadata == null ? null : metadata.labels()),
                sorted(metadata == null ? null : metadata.annotations()),
                sorted(template),
                Objects.requireNonNullElse(generate, List.of()),
                false);
    }

    private static SortedMap<String, String> sorted(@Nullable Map<String, String> map) {
        return new TreeMap<>(Objects.requireNonNullElse(map, Map.of()));
    }
}
