package dev.appclients.cognito.controller.guards;

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
 * Removes what the framework keeps of objects that are gone (JOSDK 5.3.2). It uses private fields; where one is missing in another
 * version, it removes nothing and says so once. Goes away when the framework removes both:
 *
 * <ul>
 *   <li>A delete event that arrives while the last reconciliation ends removes the state of the object, and the end of the
 *       reconciliation makes a new one, which stays for good.
 *   <li>A task is cancelled with every new delay and with every deletion, and {@link Timer} keeps a cancelled task until its time has
 *       come: an hour later, or days where manifests say so.
 * </ul>
 */
final class GoneObjects {

    private static final Logger LOG = LoggerFactory.getLogger(GoneObjects.class);

    private final Operator operator;
    private boolean impossible;

    GoneObjects(Operator operator) {
        this.operator = operator;
    }

    /** Called again and again by one thread. */
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
            LOG.warn("The framework keeps some memory for each object that is gone: {}", e.toString());
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

    /** The cache loses an object before its delete event comes, and without an object in the cache no reconciliation begins. */
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
