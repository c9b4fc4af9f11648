package dev.appclients.cognito.crash;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** What happens to one call, once: the nth of those that it means, counted from the moment it is armed. */
final class Strike {

    /** What happens. */
    sealed interface Deed {

        /** The operator dies, and the call never leaves it. */
        record DieBefore() implements Deed {}

        /** The call is made, and the operator dies before it has the answer. */
        record DieAfter() implements Deed {}

        /** The call is made, and its answer is lost. */
        record LoseAnswer() implements Deed {}

        /** The connection breaks, and the call is not made. */
        record Break() implements Deed {}

        /** The connection breaks, and the call arrives when the operator has given it up. */
        record ArriveLate(Duration after) implements Deed {}

        /** Somebody else answers instead. */
        record Say(Message answer) implements Deed {}

        /** The call is made, and somebody else answers. */
        record SayAfter(Message answer) implements Deed {}

        /** Something happens at the last moment before the call is made. */
        record First(Runnable action) implements Deed {}

        /** Something happens when the call has been made, before the operator has the answer. */
        record Then(Runnable action) implements Deed {}
    }

    private static final long PATIENCE_SECONDS = 60;

    private final String what;
    private final BiPredicate<Call, Message> meant;
    private final int nth;
    private final Deed deed;
    private final AtomicInteger seen = new AtomicInteger();
    private final CountDownLatch hit = new CountDownLatch(1);

    private Strike(String what, BiPredicate<Call, Message> meant, int nth, Deed deed) {
        this.what = what;
        this.meant = meant;
        this.nth = nth;
        this.deed = deed;
    }

    static Strike at(Moment moment, Deed deed) {
        return at(moment, request -> true, deed);
    }

    /** Counts only the calls whose request is meant. */
    static Strike at(Moment moment, Predicate<Message> request, Deed deed) {
        return new Strike(
                moment.toString(),
                (call, message) -> call.equals(moment.call()) && request.test(message),
                moment.nth(),
                deed);
    }

    /** Whatever the nth call from now on is. */
    static Strike atCall(int nth, Deed deed) {
        return new Strike("call " + nth, (call, message) -> true, nth, deed);
    }

    /** The nth from now on of those calls. */
    static Strike among(String what, BiPredicate<Call, Message> meant, int nth, Deed deed) {
        return new Strike(what, meant, nth, deed);
    }

    Deed deed() {
        return deed;
    }

    boolean hits(Call call, Message request) {
        return meant.test(call, request) && seen.incrementAndGet() == nth;
    }

    void struck() {
        hit.countDown();
    }

    boolean hasStruck() {
        return hit.getCount() == 0;
    }

    /** Waits until it has happened. */
    void await() {
        try {
            if (!hit.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("The operator never came to " + what + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(new TimeoutException("Interrupted before " + what));
        }
    }
}
