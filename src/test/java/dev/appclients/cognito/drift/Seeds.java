package dev.appclients.cognito.drift;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * The cases of a property. Every run of the suite takes the same ones; {@code -Dproperty.seed=N} replays one, as a failure
 * prints it, and {@code -Dproperty.cases=N} takes more.
 */
public final class Seeds {

    private Seeds() {}

    /** @param usual how many cases unless the run says otherwise */
    public static LongStream cases(int usual) {
        Long one = Long.getLong("property.seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, Integer.getInteger("property.cases", usual));
    }

    /** The same for the same case, and unlike that of its neighbours, as {@link Random} itself would not be at first. */
    public static Random random(long seed) {
        return Random.from(new SplittableRandom(seed));
    }

    /** What a failure says, so that its case can be played again. */
    public static String replay(long seed, Object about) {
        return "-Dproperty.seed=" + seed + " " + about;
    }
}
