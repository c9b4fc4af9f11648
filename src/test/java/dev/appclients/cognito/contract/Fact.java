package dev.appclients.cognito.contract;

import dev.appclients.cognito.simulator.Switch;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An assumption about Cognito.
 *
 * @param sentence the assumption
 * @param trust its evidence
 * @param side the simulator's switch for it; the operator works on both sides of a switch, so it does not rely on the answer
 * @param reading whether the check creates no client
 * @param check the check
 */
record Fact(String sentence, Trust trust, @Nullable Switch side, boolean reading, Check check) {

    /** The evidence for a fact. */
    enum Trust {
        /** Observed on AWS and published. */
        SEEN,
        /** Stated by the documentation or the API's model. */
        DOCUMENTED,
        /** Unknown or disputed. */
        OPEN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks a fact on a pool. */
    @FunctionalInterface
    interface Check {

        /** @throws NotAsked if this pool cannot answer */
        Answer check(Bench bench);
    }

    /**
     * The behaviour of the pool.
     *
     * @param holds whether the fact holds
     * @param said the observation, in few words
     */
    record Answer(boolean holds, String said) {}

    /** The pool lacks something that the check needs, or does not serve the call. */
    static final class NotAsked extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotAsked(String why) {
            super(why, null, false, false);
        }
    }

    /** A fact that was observed on AWS, on which the operator relies. */
    static Fact seen(String sentence, Check check) {
        return new Fact(sentence, Trust.SEEN, null, false, check);
    }

    /** A documented fact, on which the operator relies. */
    static Fact documented(String sentence, Check check) {
        return new Fact(sentence, Trust.DOCUMENTED, null, false, check);
    }

    /** A disputed fact, on which the operator does not rely. It holds while the switch is on. */
    static Fact disputed(Switch side, Check check) {
        return disputed(side.meaning(), side, check);
    }

    /** A disputed fact with its own sentence instead of the meaning of its switch. */
    static Fact disputed(String sentence, Switch side, Check check) {
        return new Fact(sentence, Trust.OPEN, side, false, check);
    }

    /** An unknown fact, on which the operator does not rely. */
    static Fact open(String sentence, Check check) {
        return new Fact(sentence, Trust.OPEN, null, false, check);
    }

    /** The same fact, with a check that creates no client. */
    Fact byReading() {
        return new Fact(sentence, trust, side, true, check);
    }

    /** The expected answer: the simulator's default. */
    boolean expected() {
        return side == null || side.initially();
    }

    @Override
    public String toString() {
        return side == null ? sentence : side + ": " + sentence;
    }

    /** Whether the operator is wrong if this fact does not hold. */
    boolean reliedOn() {
        return trust != Trust.OPEN && side == null;
    }
}
