package dev.appclients.cognito.secret.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.appclients.cognito.model.ClientSecret;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The keys of a Secret in kebab-case. A key without a value is omitted. */
public final class StandardPreset {

    private static final String CLIENT_SECRET = "client-secret";

    private StandardPreset() {}

    /** Every entry except the client secret. */
    public static SortedMap<String, String> publicEntries(PublicValues values) {
        Endpoints endpoints = Endpoints.of(values);
        SortedMap<String, String> entries = new TreeMap<>();
        put(entries, "client-id", values.clientId());
        put(entries, "issuer", values.issuer());
        put(entries, "user-pool-id", values.pool().value());
        put(entries, "region", values.pool().region());
        put(entries, "domain", values.domainHost());
        put(entries, "authorization-uri", endpoints.authorizationUri());
        put(entries, "token-uri", endpoints.tokenUri());
        put(entries, "user-info-uri", endpoints.userInfoUri());
        put(entries, "jwks-uri", endpoints.jwksUri());
        put(entries, "logout-uri", endpoints.logoutUri());
        put(entries, "redirect-uri", values.redirectUri());
        put(entries, "scopes", String.join(" ", values.scopes()));
        return Collections.unmodifiableSortedMap(entries);
    }

    /** The keys that hold secret values. */
    public static SortedSet<String> secretKeys(boolean confidential) {
        SortedSet<String> keys = new TreeSet<>();
        if (confidential) {
            keys.add(CLIENT_SECRET);
        }
        return keys;
    }

    /** The entries that hold secret values: for {@code Secret.data} and nowhere else. */
    public static SortedMap<String, String> secretEntries(ClientSecret secret) {
        return new TreeMap<>(Map.of(CLIENT_SECRET, secret.reveal()));
    }

    /** The client secret in a Secret of this preset; null if it is absent or malformed. */
    public static @Nullable ClientSecret clientSecret(Secret secret) {
        String encoded = secret.getData() == null ? null : secret.getData().get(CLIENT_SECRET);
        if (encoded == null || encoded.isEmpty()) {
            return null;
        }
        try {
            return new ClientSecret(new String(Base64.getDecoder().decode(encoded), UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static void put(SortedMap<String, String> entries, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            entries.put(key, value);
        }
    }
}
