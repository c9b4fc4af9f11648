package dev.appclients.cognito.controller.workarounds;

import dev.appclients.cognito.api.v1beta1.ApiVersion;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Detects a change that another writer made while the operator wrote a status. The framework takes the event of such a change for the
 * operator's own and drops it. The response to the write is therefore compared with the reconciled object. Goes away with JOSDK
 * 5.5 (issues 3398, 3455, 3484).
 */
public final class LostChange {

    private static final String CLAIM_KIND = "ClientSecretClaim";

    private LostChange() {}

    /**
     * Whether another writer changed the spec, the deletion, the finalizers, one of the operator's annotations, or the mark of a pushed
     * claim. Other annotations and labels are not in the cache, and no reconciliation depends on them.
     *
     * @param reconciled the object that the reconciliation began with
     * @param answer the response of the API server to the operator's write
     */
    public static boolean happened(HasMetadata reconciled, HasMetadata answer) {
        var before = reconciled.getMetadata();
        var after = answer.getMetadata();
        return !Objects.equals(before.getGeneration(), after.getGeneration())
                || !Objects.equals(before.getDeletionTimestamp(), after.getDeletionTimestamp())
                || !Objects.equals(before.getFinalizers(), after.getFinalizers())
                || !ours(before.getAnnotations()).equals(ours(after.getAnnotations()))
                || isPushed(reconciled) != isPushed(answer);
    }

    private static Map<String, String> ours(@Nullable Map<String, String> annotations) {
        Map<String, String> ours = new HashMap<>(annotations == null ? Map.of() : annotations);
        ours.keySet().removeIf(name -> !name.startsWith(ApiVersion.GROUP + "/"));
        return ours;
    }

    /** The cache keeps this label of claims only. */
    private static boolean isPushed(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return CLAIM_KIND.equals(object.getKind()) && labels != null && "true".equals(labels.get(Marks.PUSHED));
    }
}
