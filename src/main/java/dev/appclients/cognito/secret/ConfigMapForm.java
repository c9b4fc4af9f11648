package dev.appclients.cognito.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Converts between a ConfigMap and a Secret of the same metadata and data, so that one code builds, inspects and patches both. A
 * converted ConfigMap keeps its kind, which the messages about it show.
 */
public final class ConfigMapForm {

    /** The kind of a converted ConfigMap. */
    public static final String KIND = "ConfigMap";

    private static final String OPAQUE = "Opaque";

    private ConfigMapForm() {}

    /**
     * The ConfigMap as a Secret. Both share one instance of the metadata.
     *
     * @param configMap complete, or as the cache keeps it
     */
    public static Secret toSecret(ConfigMap configMap) {
        Map<String, String> data = new TreeMap<>(Objects.requireNonNullElse(configMap.getBinaryData(), Map.of()));
        Objects.requireNonNullElse(configMap.getData(), Map.<String, String>of())
                .forEach((key, value) -> data.put(key, encode(value)));
        Secret secret = new Secret();
        secret.setApiVersion(configMap.getApiVersion());
        secret.setKind(KIND);
        secret.setMetadata(configMap.getMetadata());
        secret.setType(OPAQUE);
        secret.setImmutable(configMap.getImmutable());
        secret.setData(data);
        return secret;
    }

    /** The ConfigMap that a built Secret stands for. */
    public static ConfigMap of(Secret built) {
        return new ConfigMapBuilder()
                .withMetadata(built.getMetadata())
                .withData(built.getData().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> decode(entry.getValue()),
                                (one, other) -> one,
                                TreeMap::new)))
                .build();
    }

    /**
     * The JSON merge patch of a ConfigMap, from that of a Secret. It removes a binary value under a key that it writes, because the API
     * server refuses a key in both maps.
     */
    public static Map<String, Object> patch(Map<String, Object> ofSecret) {
        Map<String, @Nullable Object> data = new TreeMap<>();
        Map<String, @Nullable Object> binaryData = new TreeMap<>();
        if (ofSecret.get("data") instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> {
                data.put(String.valueOf(key), value == null ? null : decode(String.valueOf(value)));
                binaryData.put(String.valueOf(key), null);
            });
        }
        Map<String, Object> patch = new TreeMap<>(ofSecret);
        patch.put("data", data);
        patch.put("binaryData", binaryData);
        return patch;
    }

    /**
     * Strips the ConfigMap itself as {@link SecretStripper} strips a Secret.
     *
     * @param configMap owned by the caller alone
     * @param former the former version, stripped; null without one
     * @return the same object
     */
    public static ConfigMap strip(ConfigMap configMap, @Nullable ConfigMap former, SecretStripper stripper) {
        Secret stripped = stripper.stripInPlace(toSecret(configMap), former == null ? null : toSecret(former));
        configMap.setApiVersion(stripped.getApiVersion());
        configMap.setKind(stripped.getKind());
        configMap.setData(Map.of());
        configMap.setBinaryData(Map.of());
        configMap.setAdditionalProperties(Map.of());
        return configMap;
    }

    private static String encode(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
    }

    private static String decode(String value) {
        return new String(Base64.getDecoder().decode(value), UTF_8);
    }
}
