package dev.appclients.cognito.runtime;

import dev.appclients.cognito.runtime.HeapPressure.Verdict;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process with a line that says what to do when its heap is not enough. Without it the JVM ends the process with
 * {@code java.lang.OutOfMemoryError} alone ({@code -XX:+ExitOnOutOfMemoryError}, which stays for the case that one request wants more
 * than the reserve).
 *
 * <p>The JVM clears soft references only in its last collection before an OutOfMemoryError, as long as they are used. So this watch
 * holds a reserve by one. When the heap is full, the JVM takes the reserve instead of failing, and the watch has the time to say the
 * line. A heap that is never quite full, while the collector does most of the work, is judged by {@link HeapPressure}.
 */
final class HeapWatch {

    /** The exit code of a process whose heap is full: ENOMEM. */
    static final int HEAP_IS_FULL = 12;

    private static final Logger LOG = LoggerFactory.getLogger(HeapWatch.class);

    /** More than one page of a list takes at once. */
    private static final int RESERVE_BYTES = 2 << 20;

    /** For the line itself. */
    private static final int RESERVE_FOR_THE_LINE_BYTES = 256 << 10;

    /** Below this a soft reference was cleared for another reason: one huge request, or the metaspace. */
    private static final double REALLY_FULL = 0.7;

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final FullCollections collections;
    private final LongSupplier clients;
    private final LongFunction<String> advice;
    private final IntConsumer end;
    private final HeapPressure pressure = new HeapPressure();
    private final ReferenceQueue<byte[]> taken = new ReferenceQueue<>();
    private SoftReference<byte[]> reserve = reserve();
    private final AtomicReference<byte @Nullable []> reserveForTheLine =
            new AtomicReference<>(new byte[RESERVE_FOR_THE_LINE_BYTES]);
    private long seen;
    private long clientsOfTheLine = -1;
    private String warning = "";
    private String lastLine = "";
    private volatile double liveRatio = Double.NaN;

    /**
     * A watch that has not begun.
     *
     * @param clients how many there are
     * @param advice what to change when the heap is too small for so many clients
     * @param end ends the process at once
     */
    HeapWatch(FullCollections collections, LongSupplier clients, LongFunction<String> advice, IntConsumer end) {
        this.collections = collections;
        this.clients = clients;
        this.advice = advice;
        this.end = end;
    }

    /** Watches until the returned thread is interrupted. */
    Thread start() {
        return Thread.ofPlatform().daemon().name("heap-watch").start(this::watch);
    }

    /** The part of the maximum heap that was in use after the last full collection; NaN before the first. */
    double liveRatio() {
        return liveRatio;
    }

    private void watch() {
        try {
            while (true) {
                boolean isTaken = taken.remove(INTERVAL.toMillis()) != null;
                boolean isFull = look();
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

    /** Whether the heap is full; the log is warned before. */
    private boolean look() {
        // Used, so that the JVM keeps it as long as it can.
        reserve.get();
        prepareTheLine();
        long count = collections.count();
        if (count == seen) {
            return false;
        }
        seen = count;
        liveRatio = collections.liveRatio();
        Verdict verdict = pressure.after(liveRatio, count, Duration.ofNanos(System.nanoTime()));
        if (verdict == Verdict.WARN) {
            LOG.warn("{} % of the heap are in use after a full collection. {}", Math.round(liveRatio * 100), warning);
        }
        return verdict == Verdict.EXHAUSTED;
    }

    /** When the heap is full, it is too late to put words together. */
    private void prepareTheLine() {
        long now = clients.getAsLong();
        if (now != clientsOfTheLine) {
            clientsOfTheLine = now;
            warning = advice.apply(now);
            lastLine = "The heap is full. The operator ends, and Kubernetes starts it again. " + warning;
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
