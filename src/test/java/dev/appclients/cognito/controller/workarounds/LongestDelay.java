package dev.appclients.cognito.controller.workarounds;

import java.util.random.RandomGenerator;

/** Draws the longest delay each time, so that a test sees the bounds of a back-off. */
public final class LongestDelay implements RandomGenerator {

    @Override
    public long nextLong() {
        return -1;
    }

    @Override
    public long nextLong(long bound) {
        return bound - 1;
    }
}
