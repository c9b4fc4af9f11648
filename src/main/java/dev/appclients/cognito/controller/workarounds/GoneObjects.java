package dev.appclients.cognito.controller.workarounds;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.EventProcessor;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.timer.TimerEventSource;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the framework's entries of deleted objects (JOSDK 5.3.2). It uses private fields; when a version lacks one, it removes nothing and
 * logs that once. Goes away when the framework removes both:
 *
 * <ul>
 *   <li>The state of an object whose delete event arrives while its last reconciliation ends. The event removes the state, and the end
 *       of the reconciliation makes a new one that stays.
 *   <li>Cancelled tasks. Every new delay and every deletion cancels a task, and {@link Timer} keeps it until it is due: for an hour, or for
 *       days where manifests set such an interval.
 * </ul>
 */
final class GoneObjects {

    private static final Logger LOG = LoggerFactory.getLogger(GoneObjects.class);

    private final Operator operator;
    private boolean impossible;

    GoneObjects(Operator operator) {
        this.operator = operator;
    }

    /** One thread calls this periodically. */
    void remove() {
        if (impossible) {
            return;
        }
        try {
            for (Object registered : operator.getRegisteredControllers()) {
                if (registered instanceof Controller<?> controller) {
                    removeStates(controller);
                    removeCancelledTasks(controller);
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            impossible = true;
            LOG.warn("The framework keeps some memory for each deleted object: {}", e.toString());
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

    /** The cache drops an object before the delete event. Without a cached object the framework starts no reconciliation. */
    private static <P extends HasMetadata> void removeStates(Controller<P> controller)
            throws ReflectiveOperationException {
        ControllerEventSource<P> cache = controller.getEventSourceManager().getControllerEventSource();
        if (!cache.isRunning()) {
            return;
        }
        EventProcessor<P> processor = controller.getEventProcessor();
        Object manager = field(EventProcessor.class, "resourceStateManager").get(processor);
        Map<?, ?> states = (Map<?, ?>) field(manager.getClass(), "states").get(manager);
        List<ResourceID> gone = states.keySet().stream()
                .map(ResourceID.class::cast)
                .filter(id -> cache.get(id).isEmpty())
                .toList();
        for (ResourceID id : gone) {
            // The framework handles events, and the end of a reconciliation, under this lock.
            synchronized (processor) {
                Object state = states.get(id);
                if (state != null && !isUnderProcessing(state) && cache.get(id).isEmpty()) {
                    states.remove(id);
                }
            }
        }
    }

    private static boolean isUnderProcessing(Object state) throws ReflectiveOperationException {
        Method method = state.getClass().getDeclaredMethod("isUnderProcessing");
        method.setAccessible(true);
        return (boolean) method.invoke(state);
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
