package dev.appclients.cognito.controller.guards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The framework's timer while nothing is due, and after the end. */
class RestingOperatorIT {

    private final KubernetesClient kubernetes = TestCluster.admin();

    @AfterEach
    void close() {
        kubernetes.close();
    }

    @Test
    void nothingWakesTheTimerWhileNothingIsDue() throws Exception {
        Operator operator = start(RestingOperator::new);
        try {
            Thread timer = timerOf(operator);
            await().until(() -> timer.getState() == Thread.State.TIMED_WAITING);
            long before = wakeUps(timer);
            await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> wakeUps(timer) == before);
        } finally {
            operator.stop();
        }
    }

    @Test
    void theTimerEndsWithTheOperator() throws Exception {
        Operator operator = start(RestingOperator::new);
        Thread timer = timerOf(operator);

        operator.stop();

        assertThat(timer.join(Duration.ofSeconds(5))).isTrue();
    }

    /** When this fails, the framework lets its timer rest, and {@link RestingOperator} may go. */
    @Test
    void withoutTheGuardItIsWokenAgainAndAgain() throws Exception {
        Operator operator = start(Operator::new);
        Thread timer = timerOf(operator);
        try {
            long before = wakeUps(timer);
            await().atMost(Duration.ofSeconds(5)).until(() -> wakeUps(timer) > before + 20);
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

    private static Thread timerOf(Operator operator) throws ExecutionException, InterruptedException {
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
