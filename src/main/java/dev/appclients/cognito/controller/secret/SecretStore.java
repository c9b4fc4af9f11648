package dev.appclients.cognito.controller.secret;

import dev.appclients.cognito.secret.SecretOwner;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Live access to Secrets, or to ConfigMaps in the form of Secrets. Every write updates the cache, so that the next pass sees it. */
public interface SecretStore {

    /** The kind of the objects, for messages. */
    default String kind() {
        return "Secret";
    }

    /** Validates a create without creating: finds a taken name, a quota, a webhook or a terminating namespace. */
    void dryRunCreate(Secret manifest);

    /** Creates the Secret; a taken name is a conflict. */
    void create(Secret manifest);

    /** Reads the Secret with its values; null if there is none. */
    @Nullable
    Secret read(String namespace, String name);

    /**
     * Changes the Secret by one JSON merge patch; a newer version is a conflict.
     *
     * @param patch bound to the version of {@code live}
     */
    void patch(Secret live, Map<String, Object> patch);

    /** Deletes exactly the version that was read; a newer version is a conflict. */
    void delete(Secret live);

    /**
     * Whether the owner is gone or being deleted on the API server. The garbage collector takes an owner that is deleted with the
     * propagation policy {@code Orphan} from its Secrets, and the caches may not show that deletion yet. With the owner written again,
     * the Secret would go with it.
     */
    boolean isOwnerLeaving(SecretOwner owner);
}
