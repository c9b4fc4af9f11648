package dev.appclients.cognito.crash;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
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

        /** Somebody else answers instead. */
        record Say(Message answer) implements Deed {}

        /** The call is made, and somebody else answers. */
        record SayAfter(Message answer) implements Deed {}

        /** Something happens at the last moment before the call is made. */
        record First(Runnable action) implements Deed {}

        /** Something happens when the call has been made, before the operator has the answer. */
        record Then(Runnable action) implements Deed {}
    }

    private static final long PATIENCE_SECONDS = 20;

    private final Moment moment;
    private final Predicate<Message> meant;
    private final Deed deed;
    private final AtomicInteger seen = new AtomicInteger();
    private final CountDownLatch hit = new CountDownLatch(1);

    Strike(Moment moment, Predicate<Message> meant, Deed deed) {
        this.moment = moment;
        this.meant = meant;
        this.deed = deed;
    }

    static Strike at(Moment moment, Deed deed) {
        return new Strike(moment, request -> true, deed);
    }

    Deed deed() {
        return deed;
    }

    boolean hits(Call call, Message request) {
        return call.equals(moment.call()) && meant.test(request) && seen.incrementAndGet() == moment.nth();
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
                throw new AssertionError("The operator never came to " + moment + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(new TimeoutException("Interrupted before " + moment));
        }
    }
}
