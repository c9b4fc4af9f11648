package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.model.RoundRobinQueue;
import java.util.ArrayDeque;
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
 */
public final class PassExecutor extends AbstractExecutorService {

    /**
     * Fewer than the connections to the API server, so that no reconciliation waits for a connection. Measured on two cores: 30 creates
     * per second with 8 permits, 35 with 16, 37 with 24, and no more with 48.
     */
    public static final int PERMITS = 24;

    // The framework puts these keys into the MDC of the thread that submits a reconciliation.
    private static final String NAMESPACE = "resource.namespace";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock lock = new ReentrantLock();
    private final RoundRobinQueue<Runnable> queue = new RoundRobinQueue<>();
    private final Deque<CountDownLatch> returning = new ArrayDeque<>();
    private int free;

    /** Runs {@link #PERMITS} passes at once. */
    public PassExecutor() {
        this(PERMITS);
    }

    /** @param permits how many passes may run at once: at least 1 */
    PassExecutor(int permits) {
        this.free = permits;
    }

    @Override
    public void execute(Runnable pass) {
        lock.lock();
        try {
            if (threads.isShutdown()) {
                throw new RejectedExecutionException("the operator is stopping");
            }
            if (free > 0) {
                free--;
                start(pass);
            } else {
                queue.add(Objects.requireNonNullElse(MDC.get(NAMESPACE), ""), pass);
            }
        } finally {
            lock.unlock();
        }
    }

    private void start(Runnable pass) {
        threads.execute(() -> {
            RunningPass running = new RunningPass(this::acquire, this::release);
            try {
                running.run(pass);
            } finally {
                running.end();
            }
        });
    }

    /** Returns a permit. */
    private void release() {
        lock.lock();
        try {
            CountDownLatch next = returning.poll();
            if (next != null) {
                next.countDown();
            } else if (!queue.isEmpty() && !threads.isShutdown()) {
                start(queue.take());
            } else {
                free++;
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
            threads.shutdown();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        lock.lock();
        try {
            List<Runnable> never = queue.clear();
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
