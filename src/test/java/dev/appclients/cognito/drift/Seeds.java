package dev.appclients.cognito.drift;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * The cases of a property test. Every run of the suite uses the same ones. {@code -Dproperty.seed=N} repeats the case that a
 * failure prints, and {@code -Dproperty.cases=N} uses more.
 */
public final class Seeds {

    private Seeds() {}

    /** @param usual the default number of cases */
    public static LongStream cases(int usual) {
        Long one = Long.getLong("property.seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, Integer.getInteger("property.cases", usual));
    }

    /** Gives the same numbers for the same seed, and unrelated ones for neighbouring seeds, unlike the first of {@link Random}. */
    public static Random random(long seed) {
        return Random.from(new SplittableRandom(seed));
    }

    /** The option that repeats a case, for the message of a failure. */
    public static String replay(long seed, Object about) {
        return "-Dproperty.seed=" + seed + " " + about;
    }
}
