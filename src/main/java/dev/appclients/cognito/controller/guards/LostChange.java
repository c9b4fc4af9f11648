package dev.appclients.cognito.controller.guards;

import dev.appclients.cognito.api.v1beta1.ApiVersion;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Notices a change that was made while we wrote the status. The framework takes the event of such a change for our own and
 * swallows it, so the answer to our write is compared with what the pass looked at. Goes away with JOSDK 5.5 (issues 3398,
 * 3455, 3484).
 */
public final class LostChange {

    private LostChange() {}

    /**
     * Whether another writer changed what a pass depends on: the spec, the deletion, or one of the operator's annotations.
     * Other annotations are not in the cache, and no pass depends on them.
     *
     * @param lookedAt the object as the pass began with it
     * @param answer the object as the API server returned it from our write
     */
    public static boolean happened(HasMetadata lookedAt, HasMetadata answer) {
        var before = lookedAt.getMetadata();
        var after = answer.getMetadata();
        return !Objects.equals(before.getGeneration(), after.getGeneration())
                || !Objects.equals(before.getDeletionTimestamp(), after.getDeletionTimestamp())
                || !ours(before.getAnnotations()).equals(ours(after.getAnnotations()));
    }

    private static Map<String, String> ours(@Nullable Map<String, String> annotations) {
        Map<String, String> ours = new HashMap<>(annotations == null ? Map.of() : annotations);
        ours.keySet().removeIf(name -> !name.startsWith(ApiVersion.GROUP + "/"));
        return ours;
    }
}
