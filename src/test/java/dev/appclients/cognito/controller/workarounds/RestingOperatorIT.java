package dev.appclients.cognito.controller.workarounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The framework's scheduled executor while nothing is due, and after the stop. */
class RestingOperatorIT {

    private final KubernetesClient kubernetes = TestCluster.admin();

    @AfterEach
    void close() {
        kubernetes.close();
    }

    @Test
    void theSchedulerSleepsWhileNothingIsDue() throws Exception {
        Operator operator = start(RestingOperator::new);
        try {
            Thread scheduler = schedulerOf(operator);
            AtomicLong before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(300)).atMost(Stage.PATIENCE).until(() -> {
                long now = wakeUps(scheduler);
                return before.getAndSet(now) == now;
            });
        } finally {
            operator.stop();
        }
    }

    @Test
    void theSchedulerEndsWithTheOperator() throws Exception {
        Operator operator = start(RestingOperator::new);
        Thread scheduler = schedulerOf(operator);

        operator.stop();

        assertThat(scheduler.join(Stage.PATIENCE)).isTrue();
    }

    /** When this fails, the framework's scheduler sleeps, and {@link RestingOperator} may go. */
    @Test
    void withoutTheWorkaroundTheSchedulerWakesUpAllTheTime() throws Exception {
        Operator operator = start(Operator::new);
        Thread scheduler = schedulerOf(operator);
        try {
            long before = wakeUps(scheduler);
            await().atMost(Stage.PATIENCE).until(() -> wakeUps(scheduler) > before + 20);
        } finally {
            operator.stop();
            operator.getConfigurationService()
                    .getExecutorServiceManager()
                    .scheduledExecutorService()
                    .shutdownNow();
        }
    }

    private Operator start(Function<Consumer<ConfigurationServiceOverrider>, Operator> make) {
        Operator operator = make.apply(
                overrider -> overrider.withKubernetesClient(kubernetes).withCloseClientOnStop(false));
        operator.register(new Idle(), overrider -> overrider.settingNamespace("default"));
        operator.start();
        return operator;
    }

    private static Thread schedulerOf(Operator operator) throws ExecutionException, InterruptedException {
        return operator.getConfigurationService()
                .getExecutorServiceManager()
                .scheduledExecutorService()
                .submit(Thread::currentThread)
                .get();
    }

    private static long wakeUps(Thread thread) {
        return ManagementFactory.getThreadMXBean()
                .getThreadInfo(thread.threadId())
                .getWaitedCount();
    }

    @ControllerConfiguration(name = "resting")
    private static final class Idle implements Reconciler<ConfigMap> {

        @Override
        public UpdateControl<ConfigMap> reconcile(ConfigMap resource, Context<ConfigMap> context) {
            return UpdateControl.noUpdate();
        }
    }
}
