package dev.appclients.cognito.contract;

import dev.appclients.cognito.simulator.Switch;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that is believed of Cognito.
 *
 * @param sentence what is so, when it is so
 * @param trust on what the belief rests
 * @param side the simulator's switch for it: the operator works on both sides of it, so nothing depends on the answer
 * @param reading whether the question creates nothing
 * @param question asks a pool
 */
record Fact(String sentence, Trust trust, @Nullable Switch side, boolean reading, Question question) {

    /** On what a belief rests. */
    enum Trust {
        /** Others have seen it on AWS. */
        SEEN,
        /** The documentation or the API's model says so. */
        DOCUMENTED,
        /** Nobody knows. */
        OPEN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Asks a pool. */
    @FunctionalInterface
    interface Question {

        /** @throws NotAsked if this pool cannot be asked */
        Answer ask(Bench bench);
    }

    /**
     * What the pool did.
     *
     * @param holds whether the sentence is so
     * @param said what was seen, in few words
     */
    record Answer(boolean holds, String said) {}

    /** The pool lacks what the question needs, or does not serve what it asks. */
    static final class NotAsked extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotAsked(String why) {
            super(why, null, false, false);
        }
    }

    /** Others have seen it, and the operator relies on it. */
    static Fact seen(String sentence, Question question) {
        return new Fact(sentence, Trust.SEEN, null, false, question);
    }

    /** It is documented, and the operator relies on it. */
    static Fact documented(String sentence, Question question) {
        return new Fact(sentence, Trust.DOCUMENTED, null, false, question);
    }

    /** Open or disputed: the sentence is what holds while the switch is on. */
    static Fact disputed(Switch side, Question question) {
        return disputed(side.meaning(), side, question);
    }

    /** The same, for a switch whose meaning needs what is said elsewhere. */
    static Fact disputed(String sentence, Switch side, Question question) {
        return new Fact(sentence, Trust.OPEN, side, false, question);
    }

    /** Nobody knows, and nothing depends on it. */
    static Fact open(String sentence, Question question) {
        return new Fact(sentence, Trust.OPEN, null, false, question);
    }

    /** The same fact; the question creates nothing. */
    Fact byReading() {
        return new Fact(sentence, trust, side, true, question);
    }

    /** What the simulator does unless told otherwise, and so what is expected. */
    boolean expected() {
        return side == null || side.initially();
    }

    @Override
    public String toString() {
        return side == null ? sentence : side + ": " + sentence;
    }

    /** Whether the operator is wrong when this is not so. */
    boolean reliedOn() {
        return trust != Trust.OPEN && side == null;
    }
}
