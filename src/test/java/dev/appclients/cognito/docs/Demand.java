package dev.appclients.cognito.docs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The demands of a consumer on a Secret.
 *
 * @param directory of the recipe, below {@code deploy/examples/consumers}
 * @param namespace in which the consumer reads the Secret
 * @param secret the name that the consumer reads
 * @param type of the Secret
 * @param labels that the consumer demands
 * @param values each demanded key, with the value that the client or its pool gives it
 * @param literals each demanded key whose value is fixed
 */
record Demand(
        String directory,
        String namespace,
        String secret,
        String type,
        Map<String, String> labels,
        Map<String, Value> values,
        Map<String, String> literals) {

    /** The value behind a key. */
    enum Value {
        CLIENT_ID,
        CLIENT_SECRET,
        ISSUER,
        AUTHORIZATION_URI,
        TOKEN_URI,
        USER_INFO_URI,
        JWKS_URI,
        CALLBACK,
        /** Text that decodes from Base64Url without padding to 16, 24 or 32 bytes. */
        AES_KEY
    }

    static Demand of(String directory, String namespace, String secret) {
        return new Demand(directory, namespace, secret, "Opaque", Map.of(), Map.of(), Map.of());
    }

    Demand type(String other) {
        return new Demand(directory, namespace, secret, other, labels, values, literals);
    }

    Demand label(String key, String value) {
        return new Demand(directory, namespace, secret, type, with(labels, key, value), values, literals);
    }

    Demand key(String key, Value value) {
        return new Demand(directory, namespace, secret, type, labels, with(values, key, value), literals);
    }

    /** The keys of the client id and of the client secret. */
    Demand credentials(String idKey, String secretKey) {
        return key(idKey, Value.CLIENT_ID).key(secretKey, Value.CLIENT_SECRET);
    }

    Demand key(String key, String literal) {
        return new Demand(directory, namespace, secret, type, labels, values, with(literals, key, literal));
    }

    Path path() {
        return Path.of("deploy/examples/consumers", directory);
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }

    @Override
    public String toString() {
        return directory + ": " + namespace + "/" + secret;
    }
}
