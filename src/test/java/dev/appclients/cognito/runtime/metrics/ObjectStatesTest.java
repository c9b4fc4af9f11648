package dev.appclients.cognito.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObjectStatesTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final String CREATED = "2026-11-28T10:00:00Z";

    private final ObjectStates states = new ObjectStates("UserPoolClient");

    @Test
    void objectsOfOneStateAreOneSeriesWithTheLongestTime() {
        add(ready("False", "Throttled", "2026-11-28T11:59:00Z"));
        add(ready("False", "Throttled", "2026-11-28T11:50:00Z"));
        add(ready("False", "Throttled", "2026-11-28T11:55:00Z"));

        assertThat(values(OperatorMetric.OBJECTS)).containsExactly("UserPoolClient False Throttled false 3");
        assertThat(values(OperatorMetric.NOT_READY_LONGEST))
                .containsExactly("UserPoolClient False Throttled false 600");
    }

    @Test
    void aReadyObjectHasNoTimeOfNotBeingReady() {
        add(ready("True", "Synced", CREATED));

        assertThat(values(OperatorMetric.OBJECTS)).containsExactly("UserPoolClient True Synced false 1");
        assertThat(values(OperatorMetric.NOT_READY_LONGEST)).isEmpty();
    }

    @Test
    void anObjectThatNeedsAPersonHasAStateOfItsOwn() {
        add(ready("False", "DependencyMissing", CREATED));
        add(List.of(
                condition("Ready", "False", "DependencyMissing", CREATED), condition("Stalled", "True", "x", CREATED)));
        add(List.of(
                condition("Ready", "False", "DependencyMissing", CREATED),
                condition("Stalled", "False", "x", CREATED)));

        assertThat(values(OperatorMetric.OBJECTS))
                .containsExactlyInAnyOrder(
                        "UserPoolClient False DependencyMissing false 2",
                        "UserPoolClient False DependencyMissing true 1");
    }

    @Test
    void anObjectWithoutConditionsIsPendingSinceItsCreation() {
        states.add(metadata(null), false, null);

        assertThat(values(OperatorMetric.OBJECTS)).containsExactly("UserPoolClient Unknown Pending false 1");
        assertThat(values(OperatorMetric.NOT_READY_LONGEST))
                .containsExactly("UserPoolClient Unknown Pending false 7200");
    }

    @Test
    void wordsOfOtherWritersBecomeOneValue() {
        for (int i = 0; i < 100; i++) {
            add(ready("Status" + i, "Forged" + i, "yesterday"));
        }

        assertThat(values(OperatorMetric.OBJECTS)).containsExactly("UserPoolClient Unknown Other false 100");
        assertThat(values(OperatorMetric.NOT_READY_LONGEST)).containsExactly("UserPoolClient Unknown Other false 0");
    }

    @Test
    void unreadableAndFutureTimesCountAsNow() {
        add(ready("False", "Throttled", "2026-99-99T99:99:99Z"));
        add(ready("False", "Creating", "2027-11-28T12:00:00Z"));

        assertThat(values(OperatorMetric.NOT_READY_LONGEST))
                .containsExactlyInAnyOrder(
                        "UserPoolClient False Throttled false 0", "UserPoolClient False Creating false 0");
    }

    @Test
    void terminatingAndPausedObjectsAreCountedBesideTheirState() {
        states.add(metadata("2026-11-28T11:59:30Z"), true, ready("False", "Deleting", CREATED));
        states.add(metadata("2026-11-28T11:59:50Z"), false, ready("False", "Deleting", CREATED));
        add(ready("True", "Synced", CREATED));

        assertThat(values(OperatorMetric.TERMINATING)).containsExactly("UserPoolClient 2");
        assertThat(values(OperatorMetric.TERMINATING_LONGEST)).containsExactly("UserPoolClient 30");
        assertThat(values(OperatorMetric.PAUSED)).containsExactly("UserPoolClient 1");
    }

    @Test
    void withoutObjectsTheCountersAreZero() {
        assertThat(states.samples(NOW))
                .extracting(Sample::metric, Sample::value)
                .containsExactly(
                        tuple(OperatorMetric.TERMINATING, 0.0),
                        tuple(OperatorMetric.TERMINATING_LONGEST, 0.0),
                        tuple(OperatorMetric.PAUSED, 0.0));
    }

    /** The processor time of this thread, so that a busy machine does not count. Measured: below 3 ms. */
    @Test
    void tenThousandObjectsTakeAFewMilliseconds() {
        List<List<Condition>> conditions = IntStream.range(0, 10_000)
                .mapToObj(i -> List.of(
                        condition(
                                "Ready", i % 10 == 0 ? "False" : "True", i % 10 == 0 ? "Throttled" : "Synced", CREATED),
                        condition("Authorized", "True", "Allowed", CREATED),
                        condition("ClientSynced", "True", "Synced", CREATED),
                        condition("SecretSynced", "True", "Synced", CREATED),
                        condition("LoginPage", "True", "Available", CREATED)))
                .toList();
        ObjectMeta metadata = metadata(null);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Duration least = Duration.ofDays(1);
        for (int i = 0; i < 100; i++) {
            long before = threads.getCurrentThreadCpuTime();
            ObjectStates counted = new ObjectStates("UserPoolClient");
            conditions.forEach(each -> counted.add(metadata, false, each));
            counted.samples(NOW);
            Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
            least = took.compareTo(least) < 0 ? took : least;
        }
        System.out.printf("10,000 objects by state: %.2f ms%n", least.toNanos() / 1e6);
        assertThat(least).isLessThan(Duration.ofMillis(20));
    }

    private void add(List<Condition> conditions) {
        states.add(metadata(null), false, conditions);
    }

    private static ObjectMeta metadata(@Nullable String deleted) {
        return new ObjectMetaBuilder()
                .withCreationTimestamp(CREATED)
                .withDeletionTimestamp(deleted)
                .build();
    }

    private static List<Condition> ready(String status, String reason, String since) {
        return List.of(condition("Ready", status, reason, since));
    }

    private static Condition condition(String type, String status, String reason, String since) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withLastTransitionTime(since)
                .build();
    }

    private List<String> values(OperatorMetric metric) {
        List<String> values = new ArrayList<>();
        for (Sample sample : states.samples(NOW)) {
            if (sample.metric() == metric) {
                values.add(String.join(" ", sample.labels()) + " " + Math.round(sample.value()));
            }
        }
        return values;
    }
}
