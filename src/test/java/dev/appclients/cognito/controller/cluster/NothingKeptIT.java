package dev.appclients.cognito.controller.cluster;

import static dev.appclients.cognito.controller.Stage.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.Crowd;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Neither the operator nor the frameworks keep objects of deleted clients alive. */
class NothingKeptIT {

    private static final int CLIENTS = 80;

    /** More than the shared values, the last events and other threads hold; far fewer than the clients. */
    private static final int SLACK = CLIENTS / 4;

    /** The classes of which each client has at least one instance. */
    private static final String[] CLASSES = {
        "dev.appclients.cognito.api.v1beta1.UserPoolClient",
        "dev.appclients.cognito.api.v1beta1.UserPoolClientSpec",
        "dev.appclients.cognito.api.v1beta1.UserPoolClientStatus",
        "dev.appclients.cognito.controller.client.CreateHistory$Entry",
        "dev.appclients.cognito.controller.reconcile.CheckMemory$Entry",
        "io.fabric8.kubernetes.api.model.ObjectMeta",
        "io.fabric8.kubernetes.api.model.OwnerReference",
        "io.fabric8.kubernetes.api.model.Secret",
        "io.javaoperatorsdk.operator.processing.event.ResourceID",
        "io.javaoperatorsdk.operator.processing.event.ResourceState",
        "io.javaoperatorsdk.operator.processing.event.source.timer.TimerEventSource$EventProducerTimeTask",
    };

    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

    private Stage stage;

    @BeforeEach
    void open() {
        stage = Stage.open();
        stage.awaitPool(POOL, "Ready", "True", "Synced");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void theHeapHoldsNoMoreAfterManyClientsWereCreatedAndDeleted() throws JMException {
        // Fills caches of the frameworks that are made once.
        createAndDelete("first", 5);
        Map<String, Long> before = alive();

        createAndDelete("many", CLIENTS);

        // GoneObjects runs four times a minute. Conditions are not counted, because the shared values include some.
        stage.eventually().pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            Map<String, Long> after = alive();
            Map<String, Long> kept = new TreeMap<>();
            for (String type : CLASSES) {
                long more = after.getOrDefault(type, 0L) - before.getOrDefault(type, 0L);
                if (more > SLACK) {
                    kept.put(type, more);
                }
            }
            assertThat(kept).as("instances left of %s clients", CLIENTS).isEmpty();
        });
    }

    private void createAndDelete(String name, int count) {
        try (Crowd crowd = new Crowd(stage.admin(), stage.namespace() + "-" + name)) {
            crowd.create(count, client -> {});
            stage.eventually().until(() -> crowd.ready() == count);
            crowd.all().forEach(client -> stage.admin().resource(client).delete());
            stage.eventually().until(() -> crowd.all().isEmpty());
            stage.eventually().until(() -> stage.cognito().isEmpty());
        }
    }

    /** The number of live instances of each class after a full collection. */
    private static Map<String, Long> alive() throws JMException {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {null},
                        new String[] {String[].class.getName()});
        Map<String, Long> alive = new HashMap<>();
        String.valueOf(histogram).lines().forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                alive.put(matcher.group(2), Long.parseLong(matcher.group(1)));
            }
        });
        return alive;
    }
}
