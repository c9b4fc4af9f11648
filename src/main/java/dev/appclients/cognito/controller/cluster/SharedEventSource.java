package dev.appclients.cognito.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.PrimaryToSecondaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An event source of one reconciler on a {@link SharedInformer}. It has its own mappers and update filter, and no cache. */
final class SharedEventSource<R extends HasMetadata, P extends HasMetadata> extends AbstractEventSource<R, P> {

    private final Function<ResourceID, Optional<R>> cache;
    private final SecondaryToPrimaryMapper<R> toPrimary;
    private final PrimaryToSecondaryMapper<P> toSecondary;

    SharedEventSource(
            Class<R> kind,
            String name,
            Function<ResourceID, Optional<R>> cache,
            SecondaryToPrimaryMapper<R> toPrimary,
            PrimaryToSecondaryMapper<P> toSecondary) {
        super(kind, name);
        this.cache = cache;
        this.toPrimary = toPrimary;
        this.toSecondary = toSecondary;
    }

    /** An object was added or deleted. */
    void handle(R object) {
        propagate(toPrimary.toPrimaryResourceIDs(object));
    }

    /** An object changed. The primary resources of both versions are reconciled: a changed reference concerns two. */
    void handle(R before, R now) {
        if (onUpdateFilter == null || onUpdateFilter.accept(now, before)) {
            Set<ResourceID> primaries = new HashSet<>(toPrimary.toPrimaryResourceIDs(before));
            primaries.addAll(toPrimary.toPrimaryResourceIDs(now));
            propagate(primaries);
        }
    }

    private void propagate(Set<ResourceID> primaries) {
        if (isRunning()) {
            primaries.forEach(id -> getEventHandler().handleEvent(new Event(id)));
        }
    }

    @Override
    public Set<R> getSecondaryResources(P primary) {
        return toSecondary.toSecondaryResourceIDs(primary).stream()
                .flatMap(id -> cache.apply(id).stream())
                .collect(Collectors.toSet());
    }
}
