package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.PrimaryToSecondaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One list, watch and cache of a kind for the event sources of all reconcilers. The framework ties an informer to one reconciler (JOSDK
 * 5.3.2): the informer is registered with the UserPoolClient reconciler, which the operator always has, and forwards its events to
 * the other event sources.
 */
final class SharedInformer<R extends HasMetadata> {

    private final Class<R> kind;
    private final List<SharedEventSource<R, ?>> others = new CopyOnWriteArrayList<>();
    private @Nullable InformerEventSource<R, UserPoolClient> informer;

    SharedInformer(Class<R> kind) {
        this.kind = kind;
    }

    /** The event source of the UserPoolClient reconciler, which lists and watches once the operator starts. */
    EventSource<R, UserPoolClient> informer(
            InformerEventSourceConfiguration<R> configuration, EventSourceContext<UserPoolClient> context) {
        informer = new Forwarding(configuration, context);
        return informer;
    }

    /**
     * An event source of another reconciler. It has the same cache and gets every event, also those of the operator's own writes: the
     * writer may be another reconciler.
     *
     * @param name unique within the reconciler
     * @param toPrimary the primary resources to reconcile after an event of a secondary one
     * @param toSecondary the secondary resources of a primary one
     */
    <P extends HasMetadata> EventSource<R, P> eventSource(
            String name, SecondaryToPrimaryMapper<R> toPrimary, PrimaryToSecondaryMapper<P> toSecondary) {
        SharedEventSource<R, P> source = new SharedEventSource<>(kind, name, this::get, toPrimary, toSecondary);
        others.add(source);
        return source;
    }

    /** Whether the cache is filled. */
    boolean isRunning() {
        return informer != null && informer.isRunning();
    }

    /**
     * The cached object, or a newer version that this process wrote.
     *
     * @throws IllegalStateException before the UserPoolClient reconciler is registered
     */
    Optional<R> get(ResourceID id) {
        return registered().get(id);
    }

    /**
     * The cached objects.
     *
     * @throws IllegalStateException before the UserPoolClient reconciler is registered
     */
    Stream<R> list() {
        return registered().list(object -> true);
    }

    /**
     * Makes a version that this process wrote readable before the watch delivers it.
     *
     * @param written in the form in which the cache keeps it
     */
    void wrote(R written) {
        if (informer != null) {
            informer.handleRecentResourceUpdate(ResourceID.fromResource(written), written, written);
        }
    }

    private InformerEventSource<R, UserPoolClient> registered() {
        if (informer == null) {
            throw new IllegalStateException("the UserPoolClient reconciler is not registered yet");
        }
        return informer;
    }

    private final class Forwarding extends InformerEventSource<R, UserPoolClient> {

        Forwarding(InformerEventSourceConfiguration<R> configuration, EventSourceContext<UserPoolClient> context) {
            super(configuration, context);
        }

        @Override
        public void onAdd(R object) {
            super.onAdd(object);
            others.forEach(other -> other.handle(object));
        }

        @Override
        public void onUpdate(R before, R now) {
            super.onUpdate(before, now);
            others.forEach(other -> other.handle(before, now));
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the method that it calls is synchronized
        public void onDelete(R object, boolean finalStateUnknown) {
            super.onDelete(object, finalStateUnknown);
            others.forEach(other -> other.handle(object));
        }
    }
}
