package dev.appclients.cognito.controller.guards;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;

/**
 * Notices a change that was made while we wrote the status. The framework takes the event of such a change for our own and
 * swallows it, so the answer to our write is compared with what the pass looked at. Goes away with JOSDK 5.5 (issues 3398,
 * 3455, 3484).
 */
public final class LostChange {

    private LostChange() {}

    /**
     * Whether somebody changed what a pass depends on: the spec, the deletion, or an annotation.
     *
     * @param lookedAt the object as the pass began with it
     * @param answer the object as the API server returned it from our write
     */
    public static boolean happened(HasMetadata lookedAt, HasMetadata answer) {
        var before = lookedAt.getMetadata();
        var after = answer.getMetadata();
        return !Objects.equals(before.getGeneration(), after.getGeneration())
                || !Objects.equals(before.getDeletionTimestamp(), after.getDeletionTimestamp())
                || !orEmpty(before.getAnnotations()).equals(orEmpty(after.getAnnotations()));
    }

    private static Map<String, String> orEmpty(Map<String, String> annotations) {
        return annotations == null ? Map.of() : annotations;
    }
}
