package dev.appclients.cognito.aws;

import dev.appclients.cognito.aws.AppClients.Walk;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.model.PoolAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shares walks over the clients of a pool. Whoever asks gets the outcome of a walk that began late enough for him: one that has
 * just ended, the one that is under way, or the next, which serves all who wait for it by then.
 */
final class ListWalks {

    /** How long an outcome is kept for latecomers; it takes some hundred bytes per client. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Function<PoolAccess, Names> reader;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PoolAccess, PoolWalks> pools = new HashMap<>();

    /** The {@code reader} walks once over all clients of a pool. */
    ListWalks(Function<PoolAccess, Names> reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /** Waits for a walk that began late enough; {@link FailedCall} if it did not come to its end. */
    Walk find(PoolAccess access, String suffix, Instant begunAtOrAfter) {
        // The walk serves all namespaces, so it is made for none of them.
        PoolAccess shared = new PoolAccess(access.pool(), access.roleArn(), access.externalId(), null);
        Instant asked = clock.instant();
        Instant notBefore = begunAtOrAfter.isAfter(asked) ? asked : begunAtOrAfter;
        while (true) {
            Names names = await(walkFor(shared, notBefore));
            if (names.isBegunBetween(notBefore, clock.instant())) {
                return new Walk(names.begunAt(), names.idsOfNamesEndingWith(suffix));
            }
        }
    }

    private CompletableFuture<Names> walkFor(PoolAccess access, Instant notBefore) {
        lock.lock();
        try {
            Instant now = clock.instant();
            pools.values().removeIf(pool -> pool.isForgettable(now));
            PoolWalks pool = pools.computeIfAbsent(access, unknown -> new PoolWalks());
            Names last = pool.last;
            if (last != null && last.isBegunBetween(notBefore, now)) {
                return CompletableFuture.completedFuture(last);
            }
            if (pool.underWay == null) {
                pool.underWay = start(access, pool);
            }
            return pool.underWay;
        } finally {
            lock.unlock();
        }
    }

    /** On a thread of its own: no waiter's interruption ends the walk of the others. */
    private CompletableFuture<Names> start(PoolAccess access, PoolWalks pool) {
        CompletableFuture<Names> walk = new CompletableFuture<>();
        Thread.ofVirtual().name("walk-" + access.pool()).start(() -> {
            try {
                Names names = reader.apply(access);
                ended(pool, names);
                walk.complete(names);
            } catch (Throwable e) {
                ended(pool, null);
                walk.completeExceptionally(e);
            }
        });
        return walk;
    }

    private void ended(PoolWalks pool, @Nullable Names names) {
        lock.lock();
        try {
            pool.underWay = null;
            pool.endedAt = clock.instant();
            if (names != null) {
                pool.last = names;
            }
        } finally {
            lock.unlock();
        }
    }

    private static Names await(CompletableFuture<Names> walk) {
        try {
            return walk.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallNoLongerWanted(Operation.LIST_CLIENTS.apiName());
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case FailedCall failed -> new FailedCall(failed.failure());
                case CallNoLongerWanted closed -> new CallNoLongerWanted(Operation.LIST_CLIENTS.apiName());
                case null, default ->
                    new IllegalStateException("The walk over the clients of a pool broke off", e.getCause());
            };
        }
    }

    /** Guarded by the lock. */
    private static final class PoolWalks {

        private @Nullable CompletableFuture<Names> underWay;
        private @Nullable Names last;
        private Instant endedAt = Instant.MIN;

        boolean isForgettable(Instant now) {
            return underWay == null && endedAt.isBefore(now.minus(KEPT));
        }
    }

    /**
     * All clients of a pool.
     *
     * @param begunAt when the first page was asked for
     */
    record Names(Instant begunAt, Map<String, String> nameById) {

        /** A walk that begins in the future is one from before the clock was set back, and older than it looks. */
        boolean isBegunBetween(Instant notBefore, Instant now) {
            return !begunAt.isBefore(notBefore) && !begunAt.isAfter(now);
        }

        List<String> idsOfNamesEndingWith(String suffix) {
            return nameById.entrySet().stream()
                    .filter(client -> client.getValue().endsWith(suffix))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
        }
    }
}
