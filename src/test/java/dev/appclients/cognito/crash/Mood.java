package dev.appclients.cognito.crash;

import java.time.Duration;

/**
 * How the watches of an operator behave.
 *
 * @param late how long each event is under way, so that every cache is behind by as much
 * @param twice whether each event comes twice
 */
record Mood(Duration late, boolean twice) {

    static final Mood GOOD = new Mood(Duration.ZERO, false);
}
