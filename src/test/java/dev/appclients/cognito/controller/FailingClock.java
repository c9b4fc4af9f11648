package dev.appclients.cognito.controller;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A clock whose reading fails in one class. */
public final class FailingClock implements InstantSource {

    private record Failure(Class<?> in, Throwable thrown) {}

    private final InstantSource clock;
    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

    /** @param clock the time while the reading does not fail */
    public FailingClock(InstantSource clock) {
        this.clock = clock;
    }

    public void failIn(Class<?> code, Throwable thrown) {
        failure.set(new Failure(code, thrown));
    }

    public void work() {
        failure.set(null);
    }

    @Override
    public Instant instant() {
        Failure now = failure.get();
        if (now != null && isCalledBy(now.in())) {
            switch (now.thrown()) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalArgumentException(now.thrown());
            }
        }
        return clock.instant();
    }

    private static boolean isCalledBy(Class<?> code) {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(code.getName())
                        // That method counts the failure.
                        && !frame.getMethodName().equals("recordFailure")));
    }
}
