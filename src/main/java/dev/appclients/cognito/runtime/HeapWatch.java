package dev.appclients.cognito.runtime;

import dev.appclients.cognito.runtime.HeapPressure.Verdict;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when the heap is full, with a log line that names the values to set. {@code -XX:+ExitOnOutOfMemoryError} alone logs
 * only the name of the error. It still covers an allocation that is larger than the reserve.
 *
 * <p>The watch holds a reserve by a soft reference that it keeps using. The JVM clears such a reference only in the last collection before
 * an OutOfMemoryError. When the heap is full, the JVM frees the reserve instead of failing, and the watch has time to log the line.
 * {@link HeapPressure} judges a heap that is never quite full while the collector does most of the work.
 */
final class HeapWatch {

    /** The exit code when the heap is full: ENOMEM. */
    static final int HEAP_IS_FULL = 12;

    private static final Logger LOG = LoggerFactory.getLogger(HeapWatch.class);

    /** Larger than the largest allocation of one page of a list. */
    private static final int RESERVE_BYTES = 2 << 20;

    /** Freed to log the line. */
    private static final int RESERVE_FOR_THE_LINE_BYTES = 256 << 10;

    /** Below this the JVM cleared the soft reference for another reason: one huge allocation, or the metaspace. */
    private static final double REALLY_FULL = 0.7;

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final FullCollections collections;
    private final Supplier<WatchedObjects> objects;
    private final Function<WatchedObjects, String> advice;
    private final IntConsumer end;
    private final HeapPressure pressure = new HeapPressure();
    private final ReferenceQueue<byte[]> taken = new ReferenceQueue<>();
    private SoftReference<byte[]> reserve = reserve();
    private final AtomicReference<byte @Nullable []> reserveForTheLine =
            new AtomicReference<>(new byte[RESERVE_FOR_THE_LINE_BYTES]);
    private long lastCount;
    private @Nullable WatchedObjects objectsOfTheLine;
    private String warning = "";
    private String lastLine = "";
    private volatile double liveRatio = Double.NaN;

    /**
     * Starts nothing yet.
     *
     * @param objects the current number of objects in the caches
     * @param advice returns the sentence that says what to change for a number of objects
     * @param end ends the process at once with the given exit code
     */
    HeapWatch(
            FullCollections collections,
            Supplier<WatchedObjects> objects,
            Function<WatchedObjects, String> advice,
            IntConsumer end) {
        this.collections = collections;
        this.objects = objects;
        this.advice = advice;
        this.end = end;
    }

    /** Starts a thread that watches the heap until it is interrupted. */
    Thread start() {
        return Thread.ofPlatform().daemon().name("heap-watch").start(this::watch);
    }

    /** The fraction of the maximum heap in use after the last full collection; NaN before the first. */
    double liveRatio() {
        return liveRatio;
    }

    private void watch() {
        try {
            while (true) {
                boolean isTaken = taken.remove(INTERVAL.toMillis()) != null;
                boolean isFull = check();
                if (isFull || (isTaken && liveRatio >= REALLY_FULL)) {
                    end();
                    return;
                }
                if (isTaken) {
                    reserve = reserve();
                }
            }
        } catch (InterruptedException e) {
            // The process stops.
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the heap is full. Logs a warning when it is nearly full. */
    private boolean check() {
        // Use keeps the soft reference fresh.
        reserve.get();
        prepareTheLine();
        long count = collections.count();
        if (count == lastCount) {
            return false;
        }
        lastCount = count;
        liveRatio = collections.liveRatio();
        Verdict verdict = pressure.after(liveRatio, count, Duration.ofNanos(System.nanoTime()));
        if (verdict == Verdict.WARN) {
            LOG.warn("{} % of the heap are in use after a full collection. {}", Math.round(liveRatio * 100), warning);
        }
        return verdict == Verdict.EXHAUSTED;
    }

    /** Formatting the line needs memory, so this runs before the heap is full. */
    private void prepareTheLine() {
        WatchedObjects now = objects.get();
        if (!now.equals(objectsOfTheLine)) {
            objectsOfTheLine = now;
            warning = advice.apply(now);
            lastLine = "The heap is full. The operator exits, and Kubernetes restarts it. " + warning;
        }
    }

    private void end() {
        reserveForTheLine.set(null);
        LOG.error(lastLine);
        end.accept(HEAP_IS_FULL);
    }

    private SoftReference<byte[]> reserve() {
        return new SoftReference<>(new byte[RESERVE_BYTES], taken);
    }
}
