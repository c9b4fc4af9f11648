package dev.appclients.cognito.model;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values that a Secret may hold. A template names them as variables, and the presets hold most of them as keys, see
 * {@link PresetKeys#key}.
 */
public enum TemplateVariable {
    CLIENT_ID(128),
    CLIENT_SECRET(128),
    /** The OIDC issuer of the pool. */
    ISSUER(512),
    USER_POOL_ID(55),
    /** With the account that owns the pool. */
    USER_POOL_ARN(256),
    REGION(55),
    /** The host of the pool's OAuth endpoints. */
    DOMAIN(253),
    AUTHORIZATION_URI(512),
    TOKEN_URI(512),
    USER_INFO_URI(512),
    JWKS_URI(512),
    LOGOUT_URI(512),
    /** At most 1024 characters of at most four bytes. */
    REDIRECT_URI(4096),
    /** At most 50 scopes of at most 256 characters, and the spaces between them. */
    SCOPES(50 * 257),
    /** The namespace of the Secret itself. */
    NAMESPACE(63),
    /** The name of the Secret itself. */
    NAME(253);

    private static final Map<String, TemplateVariable> BY_NAME =
            Arrays.stream(values()).collect(toUnmodifiableMap(TemplateVariable::camelCase, Function.identity()));

    private final int maxBytes;

    TemplateVariable(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The variable of this name, as in {@link #camelCase}; null if there is none. */
    public static @Nullable TemplateVariable named(String name) {
        return BY_NAME.get(name);
    }

    /** The bound of the value, in bytes of UTF-8. */
    public int maxBytes() {
        return maxBytes;
    }

    /** The name in a template and the key of the preset CamelCase, such as {@code clientId}. */
    public String camelCase() {
        String joined = Arrays.stream(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(joining());
        return joined.substring(0, 1).toLowerCase(Locale.ROOT) + joined.substring(1);
    }

    /** The key of the preset Standard, such as {@code client-id}. */
    public String kebabCase() {
        return snakeCase().replace('_', '-');
    }

    /** The key of the preset SnakeCase, such as {@code client_id}. */
    public String snakeCase() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The key of the preset Env, such as {@code CLIENT_ID}. */
    public String upperCase() {
        return name();
    }
}
