package dev.appclients.cognito.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Receives each change of a cached object, also those that the operator made. */
@FunctionalInterface
public interface ChangeListener<R> {

    /**
     * The cache has the new version already.
     *
     * @param before null if the object is new
     * @param now null if the object is gone
     */
    void changed(@Nullable R before, @Nullable R now);

    /** Calls the listener with each object that is gone from the cache. A new object may have its name. */
    static <R extends HasMetadata> ChangeListener<R> ofGone(Consumer<R> listener) {
        return (before, now) -> {
            if (before != null
                    && (now == null
                            || !before.getMetadata()
                                    .getUid()
                                    .equals(now.getMetadata().getUid()))) {
                listener.accept(before);
            }
        };
    }
}
