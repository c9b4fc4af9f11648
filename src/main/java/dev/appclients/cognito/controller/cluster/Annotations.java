package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.model.EchoedRequest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The annotations that control the operator. */
public final class Annotations {

    private static final String PREFIX = "cognito.appclients.dev/";

    /** {@code "true"} stops every change but deletion. */
    public static final String PAUSED = PREFIX + "paused";

    /** The id of a lost app client that the operator may replace by a new one. */
    public static final String RECREATE = PREFIX + "recreate";

    /** Any new value requests a reconciliation; echoed in {@code status.lastHandledReconcileAt}. */
    public static final String RECONCILE_REQUESTED_AT = PREFIX + "reconcile-requested-at";

    /** Any new value requests a new client secret; echoed in {@code status.lastHandledRotateAt}. */
    public static final String ROTATE_REQUESTED_AT = PREFIX + "rotate-requested-at";

    /** The id of a client secret that the operator deletes at once, before its overlap ends. */
    public static final String RETIRE_SECRET = PREFIX + "retire-secret";

    private static final List<String> ALL =
            List.of(PAUSED, RECREATE, RECONCILE_REQUESTED_AT, ROTATE_REQUESTED_AT, RETIRE_SECRET);

    private Annotations() {}

    /** Whether the name has the operator's prefix. */
    static boolean isOurs(String name) {
        return name.startsWith(PREFIX);
    }

    public static boolean isPaused(HasMetadata resource) {
        return "true".equals(value(resource, PAUSED));
    }

    /** Whether the annotation exists with a value that does not pause. */
    public static boolean hasIneffectivePause(HasMetadata resource) {
        return value(resource, PAUSED) != null && !isPaused(resource);
    }

    public static @Nullable String value(HasMetadata resource, String annotation) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(annotation);
    }

    /** The last request for a reconciliation, as the status echoes it; null without a request. */
    public static @Nullable String reconcileRequest(HasMetadata resource) {
        return request(resource, RECONCILE_REQUESTED_AT);
    }

    /** The last request for a new client secret, as the status echoes it; null without a request. */
    public static @Nullable String rotateRequest(HasMetadata resource) {
        return request(resource, ROTATE_REQUESTED_AT);
    }

    private static @Nullable String request(HasMetadata resource, String annotation) {
        String requested = value(resource, annotation);
        return requested == null ? null : EchoedRequest.of(requested);
    }

    /** Whether the annotations of two versions of an object have the same values. */
    static boolean areSame(HasMetadata one, HasMetadata other) {
        return ALL.stream().allMatch(name -> Objects.equals(value(one, name), value(other, name)));
    }
}
