package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The cache of ClientSecretClaims and the requests for their reconciliation. Empty until their reconciler is registered. */
final class ClaimInformer {

    private final SimpleInboundEventSource<ClientSecretClaim> signals = new SimpleInboundEventSource<>("sources");
    private final List<ChangeListener<ClientSecretClaim>> listeners = new CopyOnWriteArrayList<>();
    private final BooleanSupplier areOthersRunning;
    private volatile @Nullable IndexerResourceCache<ClientSecretClaim> cache;

    /** @param areOthersRunning whether the caches of the other kinds are filled */
    ClaimInformer(BooleanSupplier areOthersRunning) {
        this.areOthersRunning = areOthersRunning;
    }

    /** The event sources of the claims' reconciler. */
    List<EventSource<?, ClientSecretClaim>> eventSources(EventSourceContext<ClientSecretClaim> context) {
        cache = context.getPrimaryCache();
        return List.of(signals);
    }

    /** Requests a reconciliation of a claim, if its object exists. */
    void wake(ResourceID claim) {
        signals.propagateEvent(claim);
    }

    /** Calls the listener after every change of the cache, by the thread of the informer. */
    void listen(ChangeListener<ClientSecretClaim> listener) {
        listeners.add(listener);
    }

    /** As {@link #listen}, once this cache and the others are filled: the start reconciles every object. */
    void listenOnceFilled(ChangeListener<ClientSecretClaim> listener) {
        listen((before, now) -> {
            if (isRunning() && areOthersRunning.getAsBoolean()) {
                listener.changed(before, now);
            }
        });
    }

    /** Calls the listener with each claim whose object is gone from the cache. A new object may have its name. */
    void whenGone(Consumer<ClientSecretClaim> listener) {
        listen(ChangeListener.ofGone(listener));
    }

    void changed(@Nullable ClientSecretClaim before, @Nullable ClientSecretClaim now) {
        listeners.forEach(listener -> listener.changed(before, now));
    }

    /** Whether the cache is filled. */
    boolean isRunning() {
        return cache instanceof AbstractEventSource<?, ?> source && source.isRunning();
    }

    /** Empty before the cache is filled. */
    Optional<ClientSecretClaim> get(ResourceID id) {
        IndexerResourceCache<ClientSecretClaim> claims = cache;
        return claims != null && isRunning() ? claims.get(id) : Optional.empty();
    }

    /** Empty before the cache is filled. */
    List<ClientSecretClaim> inNamespace(String namespace) {
        IndexerResourceCache<ClientSecretClaim> claims = cache;
        return claims != null && isRunning() ? claims.byIndex(Cache.NAMESPACE_INDEX, namespace) : List.of();
    }
}
