package dev.appclients.cognito.controller.cluster;

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
}
