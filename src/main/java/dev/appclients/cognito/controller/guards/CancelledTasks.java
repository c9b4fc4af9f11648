package dev.appclients.cognito.controller.guards;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.source.timer.TimerEventSource;
import java.lang.reflect.Field;
import java.util.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes cancelled tasks from the timers of the controllers. The framework cancels a task with every new delay and with every deletion,
 * and {@link Timer} keeps a cancelled task until its time has come, which is up to an hour here, or days where manifests say so. Each
 * holds some 200 bytes, also of objects that are gone. The timer is a private field; goes away when JOSDK purges it or uses an
 * executor that removes what is cancelled (not in 5.3.2).
 */
final class CancelledTasks {

    private static final Logger LOG = LoggerFactory.getLogger(CancelledTasks.class);

    private CancelledTasks() {}

    /** Does nothing before the operator has started. */
    static void purge(Operator operator) {
        try {
            Field timer = TimerEventSource.class.getDeclaredField("timer");
            timer.setAccessible(true);
            for (Object registered : operator.getRegisteredControllers()) {
                if (registered instanceof Controller<?> controller) {
                    for (Object source : controller.getEventSourceManager().allEventSources()) {
                        if (source instanceof TimerEventSource<?> && timer.get(source) instanceof Timer running) {
                            running.purge();
                        }
                    }
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("Cancelled tasks stay until their time", e);
        }
    }
}
