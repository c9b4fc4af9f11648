package dev.appclients.cognito.controller.reconcile;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The reconciliation of the current thread. Only that thread uses it. */
public final class RunningPass {

    private static final ScopedValue<RunningPass> CURRENT = ScopedValue.newInstance();

    private final Runnable acquire;
    private final Runnable release;
    private boolean holdsPermit = true;
    private @Nullable Caller caller;
    private boolean deferred;

    /**
     * Starts with a permit.
     *
     * @param acquire waits for a permit
     * @param release returns the permit
     */
    RunningPass(Runnable acquire, Runnable release) {
        this.acquire = acquire;
        this.release = release;
    }

    /**
     * The object of a reconciliation.
     *
     * @param wake triggers a new reconciliation of the object
     */
    public record Caller(String uid, Runnable wake) {}

    /** The reconciliation of the current thread; null outside of one. */
    static @Nullable RunningPass current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /** Sets the object of the current thread's reconciliation. */
    public static void setCaller(Caller caller) {
        RunningPass pass = current();
        if (pass != null) {
            pass.caller = caller;
        }
    }

    @Nullable
    Caller caller() {
        return caller;
    }

    void run(Runnable pass) {
        ScopedValue.where(CURRENT, this).run(pass);
    }

    void end() {
        releasePermit();
    }

    /** Marks the reconciliation as deferred. The exception ends it; the wait limit wakes its object. */
    PassDeferred defer() {
        deferred = true;
        return new PassDeferred();
    }

    boolean isDeferred() {
        return deferred;
    }

    /** Waits without a permit, so that another reconciliation can run. The wait must not call the API server. */
    <T> T withoutPermit(Supplier<T> wait) {
        boolean held = holdsPermit;
        releasePermit();
        try {
            return wait.get();
        } finally {
            if (held) {
                acquirePermit();
            }
        }
    }

    /** Takes a permit for work inside {@link #withoutPermit}. */
    <T> T withPermit(Supplier<T> work) {
        boolean held = holdsPermit;
        acquirePermit();
        try {
            return work.get();
        } finally {
            if (!held) {
                releasePermit();
            }
        }
    }

    private void acquirePermit() {
        if (!holdsPermit) {
            acquire.run();
            holdsPermit = true;
        }
    }

    private void releasePermit() {
        if (holdsPermit) {
            holdsPermit = false;
            release.run();
        }
    }
}
