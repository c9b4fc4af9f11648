package dev.appclients.cognito.controller.workarounds;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An operator whose scheduled executor sleeps while nothing is due, and ends when the operator stops. The framework makes this executor
 * without a core thread. Its one thread then wakes up a hundred times a second in every replica, and {@code stop()} does not end it. JOSDK
 * 5.5.2 ends it (pull request 3526). Its main branch still makes it without a core thread (August 2026); this class goes away with
 * that. The operator also installs {@link TimerExceptionHandler} and {@link GoneObjects}.
 */
public class RestingOperator extends Operator {

    /** How often {@link GoneObjects} removes the framework's entries of deleted objects. */
    private static final int CLEAN_SECONDS = 15;

    /** @param configuration as of {@link Operator} */
    public RestingOperator(Consumer<ConfigurationServiceOverrider> configuration) {
        super(configuration);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the start that it calls is synchronized
    public void start() {
        TimerExceptionHandler.install(this);
        super.start();
        scheduler().setCorePoolSize(1);
        GoneObjects gone = new GoneObjects(this);
        var _ = scheduler().scheduleWithFixedDelay(gone::remove, CLEAN_SECONDS, CLEAN_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void stop() throws OperatorException {
        try {
            super.stop();
        } finally {
            scheduler().shutdownNow();
        }
    }

    private ScheduledThreadPoolExecutor scheduler() {
        return (ScheduledThreadPoolExecutor)
                getConfigurationService().getExecutorServiceManager().scheduledExecutorService();
    }
}
