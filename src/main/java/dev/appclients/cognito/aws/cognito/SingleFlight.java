package dev.appclients.cognito.aws.cognito;

import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.failure.AwsCallException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shares reads among concurrent callers. Each caller gets the result of a read that started late enough. That is one that has ended, the
 * one in flight, or the next, which serves all callers that wait for it.
 *
 * @param <K> the key of a read
 * @param <V> its value
 */
final class SingleFlight<K, V> {

    /** How long a result stays available to later callers. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final String name;
    private final Function<K, Result<V>> reader;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, Reads<V>> byKey = new HashMap<>();

    /**
     * @param name of the threads that read, and of a cancelled read
     * @param reader reads once
     */
    SingleFlight(String name, Function<K, Result<V>> reader, InstantSource clock) {
        this.name = name;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * The result of a read.
     *
     * @param startedAt when the first request was sent
     */
    record Result<V>(Instant startedAt, V value) {}

    /**
     * Waits for a read that started late enough.
     *
     * @param startedAtOrAfter the earliest start; a moment in the future means now
     * @throws AwsCallException if the read fails
     */
    Result<V> read(K key, Instant startedAtOrAfter) {
        Instant requestedAt = clock.instant();
        Instant notBefore = startedAtOrAfter.isAfter(requestedAt) ? requestedAt : startedAtOrAfter;
        Share<V> first = readFor(key, notBefore);
        Result<V> result = await(first.read());
        boolean inTime =
                !result.startedAt().isBefore(notBefore) && !result.startedAt().isAfter(clock.instant());
        if (first.isLateEnough() || inTime) {
            return result;
        }
        // The first read started before this call. The second cannot, even if a clock that is set back dates it so.
        return await(readFor(key, notBefore).read());
    }

    private Share<V> readFor(K key, Instant notBefore) {
        lock.lock();
        try {
            Instant now = clock.instant();
            byKey.values().removeIf(reads -> reads.isExpired(now));
            Reads<V> reads = byKey.computeIfAbsent(key, unknown -> new Reads<>());
            Result<V> last = reads.last;
            // A result from the future was dated before the clock was set back.
            if (last != null
                    && !last.startedAt().isBefore(notBefore)
                    && !last.startedAt().isAfter(now)) {
                return new Share<>(CompletableFuture.completedFuture(last), true);
            }
            if (reads.inFlight != null) {
                return new Share<>(reads.inFlight, false);
            }
            reads.inFlight = start(key, reads);
            return new Share<>(reads.inFlight, true);
        } finally {
            lock.unlock();
        }
    }

    /** Reads on a separate thread, so that the interruption of one caller does not fail the others. */
    private CompletableFuture<Result<V>> start(K key, Reads<V> reads) {
        CompletableFuture<Result<V>> read = new CompletableFuture<>();
        Thread.ofVirtual().name(name).start(() -> {
            try {
                Result<V> result = reader.apply(key);
                recordEnd(reads, result);
                read.complete(result);
            } catch (Throwable e) {
                recordEnd(reads, null);
                read.completeExceptionally(e);
            }
        });
        return read;
    }

    private void recordEnd(Reads<V> reads, @Nullable Result<V> result) {
        lock.lock();
        try {
            reads.inFlight = null;
            reads.endedAt = clock.instant();
            if (result != null) {
                reads.last = result;
            }
        } finally {
            lock.unlock();
        }
    }

    private Result<V> await(CompletableFuture<Result<V>> read) {
        try {
            return read.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallCancelled(name);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case AwsCallException failed -> new AwsCallException(failed.failure());
                case CallCancelled cancelled -> new CallCancelled(name);
                case null, default -> new IllegalStateException("The shared read " + name + " failed", e.getCause());
            };
        }
    }

    /**
     * A read to wait for.
     *
     * @param isLateEnough whether it is known to start late enough, whatever its date says
     */
    private record Share<V>(CompletableFuture<Result<V>> read, boolean isLateEnough) {}

    /** Guarded by the lock. */
    private static final class Reads<V> {

        private @Nullable CompletableFuture<Result<V>> inFlight;
        private @Nullable Result<V> last;
        private Instant endedAt = Instant.MIN;

        /** A read that ended in the future was dated before the clock was set back: its age is unknown. */
        boolean isExpired(Instant now) {
            return inFlight == null && (endedAt.isBefore(now.minus(KEPT)) || endedAt.isAfter(now));
        }
    }
}
