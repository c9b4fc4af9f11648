package dev.appclients.cognito.controller.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.controller.client.Intents;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.pool.PoolBackOff.Reading;
import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;
import dev.appclients.cognito.controller.reconcile.UnwrittenStatuses;
import dev.appclients.cognito.controller.workarounds.LongestDelay;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.PoolStatus.Problem;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Checks the back-off after a failed status write, and before the next read of a pool. */
class BackOffTest {

    private static final Reading DENIED = new Reading(null, new Problem(Reason.ACCESS_DENIED, "No."), true);
    private static final Reading READ = new Reading(
            new PoolFacts(new PoolArn(Intents.POOL_ARN), "https://issuer", null, "LITE", null), null, false);

    private final AtomicLong nanos = new AtomicLong();
    private final PoolBackOff backOff = new PoolBackOff(nanos::get);
    private final UnwrittenStatuses<ClusterUserPool> unwritten = new UnwrittenStatuses<>(new LongestDelay());

    @Test
    void aConflictIsRetriedImmediatelyAndThenWithBackOff() {
        ClusterUserPool pool = pool(1, null);

        assertThat(unwritten.failed(pool, NotWritten.CONFLICT)).isEqualTo(Duration.ofMillis(1));
        assertThat(unwritten.failed(pool, NotWritten.CONFLICT)).isEqualTo(Duration.ofSeconds(1));
        assertThat(unwritten.failed(pool, NotWritten.CONFLICT)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void everyOtherFailureDoublesTheDelayUpToItsBoundUntilAWriteSucceeds() {
        ClusterUserPool pool = pool(1, null);

        assertThat(unwritten.failed(pool, NotWritten.FAILED)).isEqualTo(Duration.ofSeconds(1));
        assertThat(unwritten.failed(pool, NotWritten.GONE)).isEqualTo(Duration.ofSeconds(2));
        for (int i = 0; i < 10; i++) {
            unwritten.failed(pool, NotWritten.FAILED);
        }
        assertThat(unwritten.failed(pool, NotWritten.FAILED)).isEqualTo(Pace.SOON.bound());

        assertThat(unwritten.written(pool)).contains(pool);
        assertThat(unwritten.failed(pool, NotWritten.FAILED)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theLastAnnouncedStatusIsFromBeforeTheFirstFailure() {
        ClusterUserPool first = pool(1, null);
        ClusterUserPool later = pool(2, null);
        unwritten.failed(first, NotWritten.FAILED);
        unwritten.failed(later, NotWritten.CONFLICT);

        assertThat(unwritten.written(later)).containsSame(first);
        assertThat(unwritten.written(later)).isEmpty();
    }

    @Test
    void aPoolIsNotReadBeforeItsBackOffEnds() {
        backOff.start(pool(1, null), DENIED, Duration.ofSeconds(10));
        nanos.addAndGet(Duration.ofSeconds(4).toNanos());

        assertThat(backOff.active(pool(1, null))).hasValueSatisfying(active -> {
            assertThat(active.reading()).isEqualTo(DENIED);
            assertThat(active.remaining()).isBetween(Duration.ofSeconds(6), Duration.ofMillis(6_001));
        });

        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        assertThat(backOff.active(pool(1, null))).isEmpty();
        assertThat(backOff.isUnfinished(pool(1, null)))
                .as("the pool is read after the back-off")
                .isTrue();
    }

    @Test
    void aNewSpecOrANewRequestEndsTheBackOff() {
        backOff.start(pool(1, "a"), DENIED, Duration.ofSeconds(10));

        assertThat(backOff.active(pool(1, "a"))).isPresent();
        assertThat(backOff.active(pool(2, "a"))).isEmpty();
        assertThat(backOff.active(pool(1, "b"))).isEmpty();
        assertThat(backOff.active(pool(1, "b".repeat(5_000)))).isEmpty();
    }

    @Test
    void anEarlierRetryOfAStatusWriteDoesNotShortenTheBackOff() {
        backOff.start(pool(1, null), DENIED, Duration.ofSeconds(10));
        backOff.start(pool(1, null), DENIED, Duration.ofSeconds(1));
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());

        assertThat(backOff.active(pool(1, null))).isPresent();
    }

    @Test
    void aReadingIsKeptUntilItsStatusIsWritten() {
        backOff.start(pool(1, null), READ, Duration.ofSeconds(10));
        assertThat(backOff.active(pool(1, null))).isPresent();

        backOff.statusWritten(pool(1, null));
        assertThat(backOff.isUnfinished(pool(1, null))).isFalse();

        backOff.start(pool(1, null), DENIED, Duration.ofSeconds(10));
        backOff.statusWritten(pool(1, null));
        assertThat(backOff.active(pool(1, null))).as("a read that failed").isPresent();
    }

    @Test
    void aFailedReadStaysUnfinishedWhenItsStatusIsWrittenLate() {
        Reading transientError = new Reading(null, null, false);
        backOff.start(pool(1, "a"), transientError, Duration.ofSeconds(1));
        // The status reports the facts of an earlier read.
        backOff.startUnwritten(pool(1, "a"), READ, Duration.ofSeconds(2));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(backOff.active(pool(1, "a")))
                .hasValueSatisfying(active -> assertThat(active.reading()).isEqualTo(transientError));
        backOff.statusWritten(pool(1, "a"));
        assertThat(backOff.isUnfinished(pool(1, "a"))).isTrue();

        backOff.startUnwritten(pool(1, "b"), READ, Duration.ofSeconds(2));
        backOff.statusWritten(pool(1, "b"));
        assertThat(backOff.isUnfinished(pool(1, "b")))
                .as("a read for a newer request")
                .isFalse();
    }

    private static ClusterUserPool pool(long generation, String request) {
        ClusterUserPool pool = Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: customers, uid: 0f1e2d3c, generation: %d}
                """.formatted(generation), ClusterUserPool.class);
        if (request != null) {
            pool.getMetadata().setAnnotations(Map.of(Annotations.RECONCILE_REQUESTED_AT, request));
        }
        return pool;
    }
}
