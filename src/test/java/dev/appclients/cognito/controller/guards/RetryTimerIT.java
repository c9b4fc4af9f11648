package dev.appclients.cognito.controller.guards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The framework's timer, on which every retry and every further look depends, under metrics that throw on its thread. */
class RetryTimerIT {

    private static final String NAME = "retry-timer";
    private static final int ENOUGH = 5;

    private final KubernetesClient kubernetes = TestCluster.admin();
    private final Restless reconciler = new Restless();

    @BeforeEach
    void createWhatIsReconciled() {
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
    void removeIt() {
        kubernetes.configMaps().inNamespace("default").withName(NAME).delete();
        kubernetes.close();
    }

    @Test
    void everyFurtherPassComesAlthoughTheMetricsThrow() {
        Operator operator = start(new UnfailingMetrics(new Broken()));
        try {
            await().atMost(Duration.ofSeconds(10)).until(() -> reconciler.passes.get() >= ENOUGH);
        } finally {
            operator.stop();
        }
    }

    /** When this fails, the framework guards its own timer, and {@link UnfailingMetrics} may go. */
    @Test
    void withoutTheGuardTheTimerDiesWithTheFirstException() {
        AtomicInteger deaths = new AtomicInteger();
        var usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> deaths.incrementAndGet());
        Operator operator = start(new Broken());
        try {
            await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(10)).until(() -> deaths.get() == 1);
            await().dontCatchUncaughtExceptions()
                    .during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> reconciler.passes.get() == 1);
        } finally {
            operator.stop();
            Thread.setDefaultUncaughtExceptionHandler(usual);
        }
    }

    @Test
    void whatThePassItselfThrowsIsNotSwallowed() {
        var guarded = new UnfailingMetrics(new Broken());

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

    private Operator start(Metrics metrics) {
        Operator operator = new Operator(overrider -> overrider
                .withKubernetesClient(kubernetes)
                .withCloseClientOnStop(false)
                .withMetrics(metrics));
        operator.register(reconciler, overrider -> overrider.settingNamespace("default"));
        operator.start();
        return operator;
    }

    /** Wants to be woken again and again. */
    @ControllerConfiguration(name = NAME)
    private static final class Restless implements Reconciler<ConfigMap> {

        private final AtomicInteger passes = new AtomicInteger();

        @Override
        public UpdateControl<ConfigMap> reconcile(ConfigMap resource, Context<ConfigMap> context) {
            if (resource.getMetadata().getName().equals(NAME)) {
                passes.incrementAndGet();
            }
            return UpdateControl.<ConfigMap>noUpdate().rescheduleAfter(Duration.ofMillis(20));
        }
    }

    /** Throws for an event that is not of the watch, as a registry does that was given one name with two sets of tags. */
    private static final class Broken implements Metrics {

        @Override
        public void eventReceived(Event event, Map<String, Object> metadata) {
            if (!(event instanceof ResourceEvent)) {
                throw new IllegalArgumentException("There is already an existing meter with other tags");
            }
        }
    }
}
