package dev.appclients.cognito.controller.guards;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An operator whose timer rests while nothing is due, and ends with it. The framework makes the timer of its caches without a
 * core thread, and a thread without that rank wakes up a hundred times a second for nothing, in every replica, for good. And its
 * {@code stop()} leaves that thread behind. The second is mended in JOSDK 5.5.2 (pull request 3526); the first stands in its
 * main branch still (August 2026), and this class goes with it.
 */
public class RestingOperator extends Operator {

    /** How often the framework is relieved of objects that are gone, see {@link GoneObjects}. */
    private static final int CLEAN_SECONDS = 15;

    /** @param configuration as of {@link Operator} */
    public RestingOperator(Consumer<ConfigurationServiceOverrider> configuration) {
        super(configuration);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the start that it calls is synchronized
    public void start() {
        super.start();
        timer().setCorePoolSize(1);
        GoneObjects gone = new GoneObjects(this);
        var _ = timer().scheduleWithFixedDelay(gone::remove, CLEAN_SECONDS, CLEAN_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void stop() throws OperatorException {
        try {
            super.stop();
        } finally {
            timer().shutdownNow();
        }
    }

    private ScheduledThreadPoolExecutor timer() {
        return (ScheduledThreadPoolExecutor)
                getConfigurationService().getExecutorServiceManager().scheduledExecutorService();
    }
}
