package dev.appclients.cognito.secret.content;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.appclients.cognito.api.v1beta1.GeneratedKey;
import dev.appclients.cognito.api.v1beta1.KeyEncoding;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Generates the values of {@code generate}. A value is made when its key is absent, and never compared. Holds values: never log or
 * print it.
 */
public final class GeneratedKeys {

    private static final int DEFAULT_BYTES = 32;

    private final SecureRandom random;
    private final Map<String, String> carried;

    /** Generates every value. */
    public GeneratedKeys(SecureRandom random) {
        this(random, Map.of());
    }

    private GeneratedKeys(SecureRandom random, Map<String, String> carried) {
        this.random = random;
        this.carried = carried;
    }

    /**
     * Keeps the values of a Secret that the requested one replaces, and generates the others.
     *
     * @param former the owner's Secret under its former name, with data; null if there is none
     */
    public GeneratedKeys carriedFrom(@Nullable Secret former) {
        Map<String, String> data = former == null ? null : former.getData();
        return new GeneratedKeys(random, new TreeMap<>(Objects.requireNonNullElse(data, Map.of())));
    }

    /** The value of the key, in the form of {@code Secret.data}. */
    public String data(GeneratedKey key) {
        String kept = carried.get(key.key());
        return kept != null
                ? kept
                : Base64.getEncoder().encodeToString(generate(key).getBytes(US_ASCII));
    }

    private String generate(GeneratedKey key) {
        byte[] bytes = new byte[bytes(key)];
        random.nextBytes(bytes);
        return switch (encoding(key)) {
            case BASE64 -> Base64.getEncoder().encodeToString(bytes);
            case HEX -> HexFormat.of().formatHex(bytes);
            case BASE64_URL, UNKNOWN -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        };
    }

    /** The number of random bytes. */
    static int bytes(GeneratedKey key) {
        return Objects.requireNonNullElse(key.bytes(), DEFAULT_BYTES);
    }

    /** The encoding of the bytes. */
    static KeyEncoding encoding(GeneratedKey key) {
        return Objects.requireNonNullElse(key.encoding(), KeyEncoding.BASE64_URL);
    }

    /** The form of the key, without its value, for a digest. */
    public static String form(GeneratedKey key) {
        return bytes(key) + " " + encoding(key);
    }
}
