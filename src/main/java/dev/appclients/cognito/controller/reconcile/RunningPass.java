package dev.appclients.cognito.controller.reconcile;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pass that the current thread runs. Used by that thread alone. */
public final class RunningPass {

    private static final ScopedValue<RunningPass> CURRENT = ScopedValue.newInstance();

    private final PassExecutor executor;
    private boolean holdsPermit = true;
    private @Nullable Caller caller;
    private boolean deferred;

    RunningPass(PassExecutor executor) {
        this.executor = executor;
    }

    /**
     * The object that the pass is for.
     *
     * @param uid of the object
     * @param wake has the object reconciled again
     */
    public record Caller(String uid, Runnable wake) {}

    /** The pass of the current thread; null when it runs none. */
    static @Nullable RunningPass current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /** Names the object that the current thread's pass is for. */
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

    /** The pass ends here, and its object is woken when it may call AWS. */
    PassDeferred defer() {
        deferred = true;
        return new PassDeferred();
    }

    boolean isDeferred() {
        return deferred;
    }

    /** Does something that needs neither processor nor API server, and lets another pass run meanwhile. */
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

    /** Does something under a permit, within a wait that goes on without one. */
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
            executor.acquire();
            holdsPermit = true;
        }
    }

    private void releasePermit() {
        if (holdsPermit) {
            holdsPermit = false;
            executor.release();
        }
    }
}
