package dev.appclients.cognito.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/**
 * Which updates of an object wake its reconciler: another generation, a deletion, a finalizer, or one of our annotations. The
 * framework's own filter sees the generation only, and would hide every annotation.
 */
public final class WakeOnChange implements OnUpdateFilter<HasMetadata> {

    /** Made by the framework. */
    public WakeOnChange() {}

    @Override
    public boolean accept(HasMetadata now, HasMetadata before) {
        var newMeta = now.getMetadata();
        var oldMeta = before.getMetadata();
        return !Objects.equals(newMeta.getUid(), oldMeta.getUid())
                || !Objects.equals(newMeta.getGeneration(), oldMeta.getGeneration())
                || !Objects.equals(newMeta.getDeletionTimestamp(), oldMeta.getDeletionTimestamp())
                || !Objects.equals(newMeta.getFinalizers(), oldMeta.getFinalizers())
                || !Annotations.same(now, before);
    }
}
