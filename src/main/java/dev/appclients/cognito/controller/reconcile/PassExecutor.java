package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.collection.RoundRobinQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.MDC;

/**
 * Runs the reconciliations of all controllers, at most {@link #PERMITS} at once, each on a virtual thread. The others queue without
 * a thread, round robin by namespace. A reconciliation returns its permit during a call to AWS. It gets the next free permit
 * before any queued reconciliation starts.
 *
 * <p>The reconciliations of claims run behind those of the other kinds: a client with a thousand claims must not delay other clients. At
 * most {@link #CLAIMS_OF_NAMESPACE} of one namespace run at once, and some permits are never theirs. Every fourth free permit is theirs if
 * both wait, so that no stream of clients stops the copies.
 */
public final class PassExecutor extends AbstractExecutorService {

    /**
     * Fewer than the connections to the API server, so that no reconciliation waits for a connection. Measured on two cores: 30 creates
     * per second with 8 permits, 35 with 16, 37 with 24, and no more with 48.
     */
    public static final int PERMITS = 24;

    static final int CLAIMS_OF_NAMESPACE = 2;

    private static final int SHARE_OF_CLAIMS = 4;
    private static final String CLAIM = "ClientSecretClaim";

    // The framework puts these keys into the MDC of the thread that submits a reconciliation.
    private static final String NAMESPACE = "resource.namespace";
    private static final String KIND = "resource.kind";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock lock = new ReentrantLock();
    private final RoundRobinQueue<Runnable> queue = new RoundRobinQueue<>();
    private final Deque<CountDownLatch> returning = new ArrayDeque<>();
    private final LimitedQueue claims;
    private int free;
    private int sharedTurns;

    /** Runs {@link #PERMITS} passes at once. */
    public PassExecutor() {
        this(PERMITS);
    }

    /** @param permits how many passes may run at once: at least 1 */
    PassExecutor(int permits) {
        this.free = permits;
        claims = new LimitedQueue(CLAIMS_OF_NAMESPACE, Math.max(1, permits - permits / SHARE_OF_CLAIMS));
    }

    @Override
    public void execute(Runnable pass) {
        lock.lock();
        try {
            if (threads.isShutdown()) {
                throw new RejectedExecutionException("the operator is stopping");
            }
            String namespace = Objects.requireNonNullElse(MDC.get(NAMESPACE), "");
            if (CLAIM.equals(MDC.get(KIND))) {
                claims.add(namespace, pass);
            } else {
                queue.add(namespace, pass);
            }
            startNext();
        } finally {
            lock.unlock();
        }
    }

    /** Starts queued passes as long as a permit is free. The caller holds the lock. */
    private void startNext() {
        while (free > 0 && !threads.isShutdown() && (claims.hasNext() || !queue.isEmpty())) {
            free--;
            LimitedQueue.Started claim = isTurnOfClaims() ? claims.poll() : null;
            if (claim == null) {
                start(queue.take(), () -> {});
            } else {
                start(claim.pass(), () -> claimEnded(claim.namespace()));
            }
        }
    }

    private boolean isTurnOfClaims() {
        if (queue.isEmpty() || !claims.hasNext()) {
            return queue.isEmpty();
        }
        sharedTurns = (sharedTurns + 1) % SHARE_OF_CLAIMS;
        return sharedTurns == 0;
    }

    private void start(Runnable pass, Runnable ended) {
        threads.execute(() -> {
            RunningPass running = new RunningPass(this::acquire, this::release);
            try {
                running.run(pass);
            } finally {
                ended.run();
                running.end();
            }
        });
    }

    private void claimEnded(String namespace) {
        lock.lock();
        try {
            claims.ended(namespace);
            startNext();
        } finally {
            lock.unlock();
        }
    }

    /** Returns a permit. */
    private void release() {
        lock.lock();
        try {
            CountDownLatch next = returning.poll();
            if (next != null) {
                next.countDown();
            } else {
                free++;
                startNext();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a permit. An interrupt does not end the wait, because the caller has a result to record; the flag is kept. */
    private void acquire() {
        CountDownLatch turn = new CountDownLatch(1);
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return;
            }
            returning.add(turn);
        } finally {
            lock.unlock();
        }
        awaitUninterruptibly(turn);
    }

    private static void awaitUninterruptibly(CountDownLatch turn) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    turn.await();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void shutdown() {
        lock.lock();
        try {
            // The framework ignores reconciliations that start after its own stop.
            queue.clear();
            claims.clear();
            threads.shutdown();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        lock.lock();
        try {
            List<Runnable> never = new ArrayList<>(queue.clear());
            never.addAll(claims.clear());
            threads.shutdownNow();
            return never;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
