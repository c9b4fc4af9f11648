package dev.appclients.cognito.controller.workarounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The framework's timer, which requeues every object, with metrics that throw. */
class RetryTimerIT {

    private static final String NAME = "retry-timer";
    private static final int ENOUGH = 5;

    private final KubernetesClient kubernetes = TestCluster.admin();
    private final Requeued reconciler = new Requeued();

    @BeforeEach
    void createTheObject() {
        kubernetes
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace("default")
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    @AfterEach
    void deleteTheObject() {
        kubernetes.configMaps().inNamespace("default").withName(NAME).delete();
        kubernetes.close();
    }

    @Test
    void objectsAreRequeuedAfterAnExceptionOnTheTimer() {
        Operator operator =
                start(new RestingOperator(configuration(new Broken(event -> !(event instanceof ResourceEvent), 2))));
        try {
            await().dontCatchUncaughtExceptions().atMost(Stage.PATIENCE).until(() -> reconciler.passes.get() >= ENOUGH);
        } finally {
            operator.stop();
        }
    }

    /** When this fails, the framework handles exceptions on its timer, and {@link TimerExceptionHandler} may go. */
    @Test
    void withoutTheHandlerTheFirstExceptionEndsTheTimer() {
        AtomicInteger deaths = new AtomicInteger();
        var usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> deaths.incrementAndGet());
        Operator operator =
                start(new Operator(configuration(new Broken(event -> !(event instanceof ResourceEvent), 2))));
        try {
            await().dontCatchUncaughtExceptions().atMost(Stage.PATIENCE).until(() -> deaths.get() > 0);
            assertNoFurtherPass();
        } finally {
            operator.stop();
            Thread.setDefaultUncaughtExceptionHandler(usual);
        }
    }

    @Test
    void objectsAreReconciledWhileEveryMeasurementThrows() {
        Operator operator = start(
                new RestingOperator(configuration(new UnfailingMetrics(new Broken(event -> true, Integer.MAX_VALUE)))));
        try {
            await().atMost(Stage.PATIENCE).until(() -> reconciler.passes.get() >= ENOUGH);
        } finally {
            operator.stop();
        }
    }

    /** When this fails, the framework catches exceptions of its metrics, and {@link UnfailingMetrics} may go. */
    @Test
    void withoutTheWrapperAFailedMeasurementOfASubmissionEndsTheReconciliationsOfAnObject() {
        Metrics broken = new Metrics() {
            @Override
            public void reconciliationSubmitted(HasMetadata object, RetryInfo retry, Map<String, Object> metadata) {
                if (reconciler.passes.get() == 1) {
                    throw new IllegalArgumentException("There is already an existing meter with other tags");
                }
            }
        };
        Operator operator = start(new RestingOperator(configuration(broken)));
        try {
            await().atMost(Stage.PATIENCE).until(() -> reconciler.passes.get() == 1);
            assertNoFurtherPass();
        } finally {
            operator.stop();
        }
    }

    @Test
    void anExceptionOfTheReconciliationItselfIsPassedOn() {
        var guarded = new UnfailingMetrics(new Broken(event -> true, Integer.MAX_VALUE));

        assertThatThrownBy(() -> guarded.timeControllerExecution(new Metrics.ControllerExecution<String>() {
                    @Override
                    public String name() {
                        return "reconcile";
                    }

                    @Override
                    public String controllerName() {
                        return NAME;
                    }

                    @Override
                    public String successTypeName(String result) {
                        return result;
                    }

                    @Override
                    public ResourceID resourceID() {
                        return new ResourceID(NAME);
                    }

                    @Override
                    public Map<String, Object> metadata() {
                        return Map.of();
                    }

                    @Override
                    public String execute() {
                        throw new IllegalStateException("the pass failed");
                    }
                }))
                .hasMessage("the pass failed");
        assertThat(reconciler.passes).hasValue(0);
    }

    /** The observation is longer than the delay after which {@link TimerExceptionHandler} tries again. */
    private void assertNoFurtherPass() {
        await().dontCatchUncaughtExceptions()
                .during(Duration.ofMillis(1500))
                .atMost(Duration.ofSeconds(5))
                .until(() -> reconciler.passes.get() == 1);
    }

    private Consumer<ConfigurationServiceOverrider> configuration(Metrics metrics) {
        return overrider -> overrider
                .withKubernetesClient(kubernetes)
                .withCloseClientOnStop(false)
                .withMetrics(metrics);
    }

    private Operator start(Operator operator) {
        operator.register(reconciler, overrider -> overrider.settingNamespace("default"));
        operator.start();
        return operator;
    }

    /** Requests a requeue after each reconciliation. */
    @ControllerConfiguration(name = NAME)
    private static final class Requeued implements Reconciler<ConfigMap> {

        private final AtomicInteger passes = new AtomicInteger();

        @Override
        public UpdateControl<ConfigMap> reconcile(ConfigMap resource, Context<ConfigMap> context) {
            if (resource.getMetadata().getName().equals(NAME)) {
                passes.incrementAndGet();
            }
            return UpdateControl.<ConfigMap>noUpdate().rescheduleAfter(Duration.ofMillis(20));
        }
    }

    /** Throws a number of times, as a meter registry does that got one name with two sets of tags. */
    private static final class Broken implements Metrics {

        private final Predicate<Event> broken;
        private final AtomicInteger times;

        Broken(Predicate<Event> broken, int times) {
            this.broken = broken;
            this.times = new AtomicInteger(times);
        }

        @Override
        public void eventReceived(Event event, Map<String, Object> metadata) {
            if (broken.test(event) && times.getAndDecrement() > 0) {
                throw new IllegalArgumentException("There is already an existing meter with other tags");
            }
        }
    }
}
