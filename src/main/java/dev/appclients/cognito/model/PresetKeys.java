package dev.appclients.cognito.model;

import dev.appclients.cognito.api.v1beta1.SecretPreset;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The keys of each preset. */
public final class PresetKeys {

    /** Keys of the preset ServiceBinding that equal no key of the preset Standard. */
    public static final String TYPE = "type";

    public static final String PROVIDER = "provider";
    public static final String ISSUER_URI = "issuer-uri";
    public static final String JWK_SET_URI = "jwk-set-uri";
    public static final String SCOPE = "scope";
    public static final String GRANT_TYPE = "authorization-grant-type";
    public static final String AUTHENTICATION_METHOD = "client-authentication-method";
    public static final String USER_NAME_ATTRIBUTE = "user-name-attribute";

    /** A new variable belongs here: a preset writes the same keys in every version of the operator. */
    private static final Set<TemplateVariable> TEMPLATE_ONLY =
            EnumSet.of(TemplateVariable.NAMESPACE, TemplateVariable.NAME, TemplateVariable.USER_POOL_ARN);

    private PresetKeys() {}

    /** The key that holds this value; null if the preset has none. */
    public static @Nullable String key(SecretPreset preset, TemplateVariable value) {
        if (TEMPLATE_ONLY.contains(value)) {
            return null;
        }
        return switch (preset) {
            case STANDARD -> value.kebabCase();
            case CAMEL_CASE -> value.camelCase();
            case SNAKE_CASE -> value.snakeCase();
            case ENV -> value.upperCase();
            case SERVICE_BINDING -> bindingKey(value);
            case NONE, UNKNOWN -> null;
        };
    }

    /** Every key that the preset may write. */
    public static SortedSet<String> all(SecretPreset preset) {
        SortedSet<String> keys = new TreeSet<>();
        for (TemplateVariable value : TemplateVariable.values()) {
            String key = key(preset, value);
            if (key != null) {
                keys.add(key);
            }
        }
        if (preset == SecretPreset.SERVICE_BINDING) {
            Collections.addAll(keys, TYPE, PROVIDER, GRANT_TYPE, AUTHENTICATION_METHOD, USER_NAME_ATTRIBUTE);
        }
        return Collections.unmodifiableSortedSet(keys);
    }

    /** The keys that hold the client id and the client secret. A template must not replace them. */
    public static SortedSet<String> credentials(SecretPreset preset) {
        SortedSet<String> keys = new TreeSet<>();
        for (TemplateVariable value :
                new TemplateVariable[] {TemplateVariable.CLIENT_ID, TemplateVariable.CLIENT_SECRET}) {
            String key = key(preset, value);
            if (key != null) {
                keys.add(key);
            }
        }
        return Collections.unmodifiableSortedSet(keys);
    }

    private static @Nullable String bindingKey(TemplateVariable value) {
        return switch (value) {
            case CLIENT_ID, CLIENT_SECRET, AUTHORIZATION_URI, TOKEN_URI, USER_INFO_URI, REDIRECT_URI ->
                value.kebabCase();
            case ISSUER -> ISSUER_URI;
            case JWKS_URI -> JWK_SET_URI;
            case SCOPES -> SCOPE;
            default -> null;
        };
    }
}
