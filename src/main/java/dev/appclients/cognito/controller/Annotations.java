package dev.appclients.cognito.controller;

import dev.appclients.cognito.model.EchoedRequest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The annotations by which people steer the operator. */
final class Annotations {

    private static final String PREFIX = "cognito.appclients.dev/";

    /** {@code "true"} stops every change, never deletion. */
    static final String PAUSED = PREFIX + "paused";

    /** The id of a lost client that may be replaced by a new one. */
    static final String RECREATE = PREFIX + "recreate";

    /** Any new value asks for a look now; echoed in {@code status.lastHandledReconcileAt}. */
    static final String RECONCILE_REQUESTED_AT = PREFIX + "reconcile-requested-at";

    private static final List<String> ALL = List.of(PAUSED, RECREATE, RECONCILE_REQUESTED_AT);

    private Annotations() {}

    /** Whether an annotation of this name may steer the operator. */
    static boolean isOurs(String name) {
        return name.startsWith(PREFIX);
    }

    static boolean isPaused(HasMetadata resource) {
        return "true".equals(value(resource, PAUSED));
    }

    /** Whether the annotation is there with a value that does not pause. */
    static boolean isPausedInVain(HasMetadata resource) {
        return value(resource, PAUSED) != null && !isPaused(resource);
    }

    static @Nullable String value(HasMetadata resource, String annotation) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(annotation);
    }

    /** The last request to look at the object, as status echoes it; null without a request. */
    static @Nullable String lookRequest(HasMetadata resource) {
        String requested = value(resource, RECONCILE_REQUESTED_AT);
        return requested == null ? null : EchoedRequest.of(requested);
    }

    /** Whether two versions of an object ask for the same things by annotation. */
    static boolean same(HasMetadata one, HasMetadata other) {
        return ALL.stream().allMatch(name -> Objects.equals(value(one, name), value(other, name)));
    }
}
