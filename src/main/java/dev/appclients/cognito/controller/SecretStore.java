package dev.appclients.cognito.controller;

import io.fabric8.kubernetes.api.model.Secret;

/** Live access to Secrets. Every write leaves the cache knowing of it, so that the next pass does not write again. */
interface SecretStore {

    /** What a create would say, without creating anything: the name taken, a quota, a webhook, a terminating namespace. */
    void rehearseCreate(Secret manifest);

    /** Creates the Secret; a name that is taken is a conflict. */
    void create(Secret manifest);

    /** Reads the Secret with its values; null when there is none. */
    @org.jspecify.annotations.Nullable
    Secret read(String namespace, String name);

    /**
     * Applies the Secret, so that what we wrote before and leave out now goes.
     *
     * @param manifest bound to the version that was read
     * @param live what was read
     */
    void apply(Secret manifest, Secret live);

    /** Deletes exactly the Secret that was read. */
    void delete(Secret live);
}
