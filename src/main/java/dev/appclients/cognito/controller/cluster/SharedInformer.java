package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One list, watch and cache of a kind for all reconcilers. The framework ties an informer to one reconciler (JOSDK 5.3.2). So the informer
 * is registered with the UserPoolClient reconciler, which the operator always has. It calls listeners after each change.
 */
final class SharedInformer<R extends HasMetadata> {

    private final List<ChangeListener<R>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable InformerEventSource<R, UserPoolClient> informer;

    /** The event source of the UserPoolClient reconciler, which lists and watches once the operator starts. */
    EventSource<R, UserPoolClient> informer(
            InformerEventSourceConfiguration<R> configuration, EventSourceContext<UserPoolClient> context) {
        informer = new Forwarding(configuration, context);
        return informer;
    }

    /** Calls the listener after every change of the cache, also of the operator's own writes, by the thread of the informer. */
    void listen(ChangeListener<R> listener) {
        listeners.add(listener);
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
            listeners.forEach(listener -> listener.changed(null, object));
        }

        @Override
        public void onUpdate(R before, R now) {
            super.onUpdate(before, now);
            listeners.forEach(listener -> listener.changed(before, now));
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the method that it calls is synchronized
        public void onDelete(R object, boolean finalStateUnknown) {
            super.onDelete(object, finalStateUnknown);
            listeners.forEach(listener -> listener.changed(object, null));
        }
    }
}
