package dev.appclients.cognito.crash;

import dev.appclients.cognito.controller.Stage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** A fault that hits one call: the nth matching call after arming. */
final class InjectedFault {

    /** The effect of a fault. */
    sealed interface Effect {

        /** The operator crashes before the call is sent. */
        record CrashBefore() implements Effect {}

        /** The API executes the call, and the operator crashes before it has the answer. */
        record CrashAfter() implements Effect {}

        /** The API executes the call, and its answer is lost. */
        record LoseAnswer() implements Effect {}

        /** The connection breaks before the call is sent. */
        record BreakConnection() implements Effect {}

        /** The connection breaks, and the call arrives after the operator has timed out. */
        record DeliverLate(Duration after) implements Effect {}

        /** The proxy answers instead of the API. */
        record Answer(Message answer) implements Effect {}

        /** The API executes the call, and the proxy replaces its answer. */
        record AnswerAfter(Message answer) implements Effect {}

        /** An action runs before the call is sent. */
        record RunBefore(Runnable action) implements Effect {}

        /** An action runs after the call, before the operator has the answer. */
        record RunAfter(Runnable action) implements Effect {}
    }

    private final String what;
    private final BiPredicate<Call, Message> matching;
    private final int nth;
    private final Effect effect;
    private final AtomicInteger seen = new AtomicInteger();
    private final CountDownLatch hit = new CountDownLatch(1);

    private InjectedFault(String what, BiPredicate<Call, Message> matching, int nth, Effect effect) {
        this.what = what;
        this.matching = matching;
        this.nth = nth;
        this.effect = effect;
    }

    static InjectedFault at(NthCall nthCall, Effect effect) {
        return at(nthCall, request -> true, effect);
    }

    /** Counts only calls whose request matches. */
    static InjectedFault at(NthCall nthCall, Predicate<Message> request, Effect effect) {
        return new InjectedFault(
                nthCall.toString(),
                (call, message) -> call.equals(nthCall.call()) && request.test(message),
                nthCall.nth(),
                effect);
    }

    /** Hits the nth call of any kind from now on. */
    static InjectedFault atCall(int nth, Effect effect) {
        return new InjectedFault("call " + nth, (call, message) -> true, nth, effect);
    }

    /** Hits the nth matching call from now on. */
    static InjectedFault among(String what, BiPredicate<Call, Message> matching, int nth, Effect effect) {
        return new InjectedFault(what, matching, nth, effect);
    }

    Effect effect() {
        return effect;
    }

    boolean hits(Call call, Message request) {
        // Hundreds of faults see each call. Most of them are over.
        return seen.get() < nth && matching.test(call, request) && seen.incrementAndGet() == nth;
    }

    void applied() {
        hit.countDown();
    }

    boolean hasHit() {
        return hit.getCount() == 0;
    }

    /** Waits until the fault has hit. */
    void await() {
        if (!hasHitWithin(Stage.PATIENCE)) {
            throw new AssertionError("The operator never made " + what + ".");
        }
    }

    /** Waits at most this time until the fault has hit. */
    boolean hasHitWithin(Duration time) {
        try {
            return hit.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(new TimeoutException("Interrupted before " + what));
        }
    }
}
