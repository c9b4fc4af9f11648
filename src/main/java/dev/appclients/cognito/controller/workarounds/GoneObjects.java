package dev.appclients.cognito.controller.workarounds;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.EventProcessor;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import io.javaoperatorsdk.operator.processing.event.source.timer.TimerEventSource;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the framework's entries of deleted objects (JOSDK 5.3.2). It uses private fields; when a version lacks one, it removes nothing and
 * logs that once. Goes away when the framework removes all of them:
 *
 * <ul>
 *   <li>The state of an object whose delete event arrives while its last reconciliation ends. The event removes the state, and the end
 *       of the reconciliation makes a new one that stays.
 *   <li>The state of a deleted object whose name another object has. If a user re-creates an object while the finalizer of its
 *       predecessor is being removed, the end of that reconciliation marks the state of the new object as released. The framework
 *       then ignores its timer, its signals and its deletion. Unchanged in JOSDK 5.5.1.
 *   <li>Cancelled tasks. Every new delay and every deletion cancels a task, and {@link Timer} keeps it until it is due: for an hour, or for
 *       days where manifests set such an interval.
 * </ul>
 */
final class GoneObjects {

    private static final Logger LOG = LoggerFactory.getLogger(GoneObjects.class);
    private static final String RELEASED = "processedMarkForDeletionPresent";

    private final Operator operator;
    private boolean impossible;

    /** The states of re-created objects that the last round found marked as released. */
    private Set<Object> released = Set.of();

    GoneObjects(Operator operator) {
        this.operator = operator;
    }

    /** One thread calls this periodically. */
    void remove() {
        if (impossible) {
            return;
        }
        try {
            Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
            for (Object registered : operator.getRegisteredControllers()) {
                if (registered instanceof Controller<?> controller) {
                    correctStates(controller, found);
                    removeCancelledTasks(controller);
                }
            }
            released = found;
        } catch (ReflectiveOperationException | RuntimeException e) {
            impossible = true;
            LOG.warn(
                    "The framework keeps some memory for each deleted object, and can ignore an object that was re-created: {}",
                    e.toString());
        }
    }

    private static void removeCancelledTasks(Controller<?> controller) throws ReflectiveOperationException {
        for (Object source : controller.getEventSourceManager().allEventSources()) {
            if (source instanceof TimerEventSource<?>
                    && field(TimerEventSource.class, "timer").get(source) instanceof Timer timer) {
                timer.purge();
            }
        }
    }

    /** A cache that is not filled yet lacks objects that exist. */
    private void correctStates(Controller<?> controller, Set<Object> found) throws ReflectiveOperationException {
        if (controller.getEventSourceManager().getControllerEventSource().isRunning()) {
            removeStates(controller);
            replaceStates(controller, found);
        }
    }

    /** The cache drops an object before the delete event. Without a cached object the framework starts no reconciliation. */
    private static <P extends HasMetadata> void removeStates(Controller<P> controller)
            throws ReflectiveOperationException {
        ControllerEventSource<P> cache = controller.getEventSourceManager().getControllerEventSource();
        EventProcessor<P> processor = controller.getEventProcessor();
        Map<?, ?> states = states(processor);
        List<ResourceID> gone = states.keySet().stream()
                .map(ResourceID.class::cast)
                .filter(id -> cache.get(id).isEmpty())
                .toList();
        for (ResourceID id : gone) {
            // The framework handles events, and the end of a reconciliation, under this lock.
            synchronized (processor) {
                Object state = states.get(id);
                if (state != null
                        && !is(state, "isUnderProcessing")
                        && cache.get(id).isEmpty()) {
                    states.remove(id);
                }
            }
        }
    }

    /**
     * Gives each object a new state if two rounds found that its state is its predecessor's. The framework does not know of a reconciliation
     * that began before the mark, and the first round lets it end.
     *
     * @param found receives the states that this round found first
     */
    private <P extends HasMetadata> void replaceStates(Controller<P> controller, Set<Object> found)
            throws ReflectiveOperationException {
        ControllerEventSource<P> cache = controller.getEventSourceManager().getControllerEventSource();
        EventProcessor<P> processor = controller.getEventProcessor();
        Map<?, ?> states = states(processor);
        List<ResourceID> marked = new ArrayList<>();
        for (Map.Entry<?, ?> entry : states.entrySet()) {
            if (is(entry.getValue(), RELEASED)) {
                marked.add((ResourceID) entry.getKey());
            }
        }
        for (ResourceID id : marked) {
            synchronized (processor) {
                P now = cache.get(id).orElse(null);
                Object state = states.get(id);
                if (now == null || state == null || !is(state, RELEASED) || isReleased(now, controller)) {
                    continue;
                }
                if (released.contains(state)) {
                    LOG.info(
                            "The framework took {} {} for its deleted predecessor. The operator reconciles it now",
                            now.getKind(),
                            Cache.metaNamespaceKeyFunc(now));
                    states.remove(id);
                    processor.handleEvent(new ResourceEvent(ResourceAction.ADDED, id, now));
                } else {
                    found.add(state);
                }
            }
        }
    }

    private static boolean isReleased(HasMetadata object, Controller<?> controller) {
        return object.isMarkedForDeletion()
                && !object.hasFinalizer(controller.getConfiguration().getFinalizerName());
    }

    private static Map<?, ?> states(EventProcessor<?> processor) throws ReflectiveOperationException {
        Object manager = field(EventProcessor.class, "resourceStateManager").get(processor);
        return (Map<?, ?>) field(manager.getClass(), "states").get(manager);
    }

    private static boolean is(Object state, String property) throws ReflectiveOperationException {
        Method method = state.getClass().getDeclaredMethod(property);
        method.setAccessible(true);
        return (boolean) method.invoke(state);
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
