package dev.appclients.cognito.controller;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The time in which this process may act: from the moment it leads until it loses the lead or is asked to stop. Passes begun
 * within it are counted, so that an orderly stop can let them finish and leave no create half done.
 */
public final class Tenure implements Leadership {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private int passes;
    private volatile boolean leading;
    private volatile boolean stopping;

    /** @param leading whether this process may act at once, because nobody else may */
    public Tenure(boolean leading) {
        this.leading = leading;
    }

    @Override
    public boolean holds() {
        return leading && !stopping;
    }

    /** This process leads from now on. */
    public void begin() {
        leading = true;
    }

    /** Another process may lead from now on. */
    public void lose() {
        leading = false;
    }

    /** Whether an orderly stop has begun. */
    public boolean isStopping() {
        return stopping;
    }

    /** Nothing begins any more; what is under way goes on. */
    public void stop() {
        stopping = true;
    }

    /** Whether a pass may begin; if so, {@link #leave} must follow. */
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
     * Waits until no pass is under way.
     *
     * @return false if the time ran out first
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
