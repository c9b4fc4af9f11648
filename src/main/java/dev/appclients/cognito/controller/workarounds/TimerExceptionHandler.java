package dev.appclients.cognito.controller.workarounds;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.timer.TimerEventSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the timer of every controller alive. The framework requeues objects with a {@link java.util.Timer} (JOSDK 5.3.2). One exception
 * from its event handler ends the thread of a {@code Timer}, and no object is requeued until the process restarts. This handler catches
 * the exception and requeues the object. Goes away when the framework handles exceptions on its timer. Issue 3256 is the known cause
 * of one.
 */
public final class TimerExceptionHandler implements EventHandler {

    private static final Logger LOG = LoggerFactory.getLogger(TimerExceptionHandler.class);
    private static final long RETRY_MILLIS = 1_000;

    private final TimerEventSource<?> timer;
    private final EventHandler processor;

    private TimerExceptionHandler(TimerEventSource<?> timer, EventHandler processor) {
        this.timer = timer;
        this.processor = processor;
    }

    /** Call after all reconcilers are registered and before the operator starts. */
    static void install(Operator operator) {
        for (Object registered : operator.getRegisteredControllers()) {
            if (registered instanceof Controller<?> controller) {
                install(controller);
            }
        }
    }

    private static <P extends HasMetadata> void install(Controller<P> controller) {
        for (EventSource<?, ?> source : controller.getEventSourceManager().allEventSources()) {
            if (source instanceof TimerEventSource<?> timer) {
                timer.setEventHandler(new TimerExceptionHandler(timer, controller.getEventProcessor()));
            }
        }
    }

    @Override
    public void handleEvent(Event event) {
        try {
            processor.handleEvent(event);
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "The framework did not requeue {}. The operator tries again in a second",
                    event.getRelatedCustomResourceID(),
                    e);
            if (timer.isRunning()) {
                timer.scheduleOnce(event.getRelatedCustomResourceID(), RETRY_MILLIS);
            }
        }
    }
}
