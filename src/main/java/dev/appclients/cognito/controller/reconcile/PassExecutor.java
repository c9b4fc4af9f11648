package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.model.RoundRobin;
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
 * Runs the passes of all reconcilers, a bounded number at once. Each has a virtual thread while it runs. The others queue without a
 * thread, and the namespaces take turns. A pass returns its permit while it is in a call to AWS, and gets the next free
 * permit back before any pass of the queue starts.
 */
public final class PassExecutor extends AbstractExecutorService {

    /**
     * Fewer than the connections to the API server, so that no pass waits for one. With 8 permits two cores created 30 clients a
     * second, with 16 35, with 24 37, and with 48 no more.
     */
    public static final int PERMITS = 24;

    // The framework names the object in the diagnostic context of the thread that submits its pass.
    private static final String NAMESPACE = "resource.namespace";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock lock = new ReentrantLock();
    private final RoundRobin<Runnable> queue = new RoundRobin<>();
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
                throw new RejectedExecutionException("the operator stops");
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

    /** How many passes wait for their first permit. */
    public int queued() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a pass waits for its permit back. */
    boolean hasReturning() {
        lock.lock();
        try {
            return !returning.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void start(Runnable pass) {
        threads.execute(() -> {
            RunningPass running = new RunningPass(this);
            try {
                running.run(pass);
            } finally {
                running.end();
            }
        });
    }

    /** Another pass may run instead. */
    void release() {
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

    /** Waits for a permit. An interruption does not end the wait, since the caller has a result to bring home; it is kept. */
    void acquire() {
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
            // The framework skips a pass that starts after its own stop.
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
