package dev.appclients.cognito.controller.reconcile;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gates reconciliation on leadership and shutdown, and counts reconciliations in flight so that shutdown can drain them.
 */
public final class ReconcileGate implements Leadership {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private int passes;
    private volatile boolean leading;
    private volatile boolean stopping;

    /** @param leading true without leader election */
    public ReconcileGate(boolean leading) {
        this.leading = leading;
    }

    @Override
    public boolean holds() {
        return leading && !stopping;
    }

    /** Whether this process is the leader. During shutdown it stays the leader, so that reconciliations in flight can end in order. */
    public boolean leads() {
        return leading;
    }

    /** Records that this process became the leader. */
    public void begin() {
        leading = true;
    }

    /** Records that another process may be the leader. */
    public void lose() {
        leading = false;
    }

    /** Whether shutdown has begun. */
    public boolean isStopping() {
        return stopping;
    }

    /** Begins shutdown: no reconciliation starts, those in flight go on. */
    public void stop() {
        stopping = true;
    }

    /** Whether a reconciliation may start; if so, {@link #leave} must follow. */
    boolean enter() {
        lock.lock();
        try {
            if (!holds()) {
                return false;
            }
            passes++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            passes--;
            if (passes == 0) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until no reconciliation is in flight.
     *
     * @return false if it timed out
     */
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (passes > 0 && left > 0) {
                left = idle.awaitNanos(left);
            }
            return passes == 0;
        } finally {
            lock.unlock();
        }
    }
}
