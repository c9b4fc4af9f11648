package dev.appclients.cognito.secret;

/**
 * The custom resource whose output a Secret is; it lives in the Secret's namespace.
 *
 * @param apiVersion group/version
 * @param kind its kind
 * @param namespace its namespace, and the Secret's
 * @param name its name
 * @param uid what tells it from a former resource of the same name
 */
public record SecretOwner(String apiVersion, String kind, String namespace, String name, String uid) {

    /** namespace/name, as the mark on the Secret has it. */
    String path() {
        return namespace + "/" + name;
    }
}
