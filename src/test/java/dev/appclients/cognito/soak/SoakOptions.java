package dev.appclients.cognito.soak;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long, how many, and by which seed.
 *
 * @param steps how many steps at most
 * @param longestPause between two steps
 * @param processEvery every so manieth life of the operator is a process of its own; 0 for none
 * @param unaided whether, when the faults stop, the operator finds out by itself; else every object is asked for a look
 * @param quiet how long nobody may say anything in the end
 */
record SoakOptions(
        Duration atMost,
        long seed,
        int clients,
        int steps,
        Duration longestPause,
        int processEvery,
        boolean unaided,
        Duration quiet) {

    private static final String USAGE = """
            make soak ARGS="[--minutes 10] [--seed <number>] [--clients 300] [--steps <at most>] [--pause <most milliseconds between two>] \
            [--process-every 5] [--unaided true] [--quiet <seconds>]\"""";

    /** Some minutes with some hundred objects. */
    static SoakOptions of(long seed) {
        return new SoakOptions(
                Duration.ofMinutes(10),
                seed,
                300,
                Integer.MAX_VALUE,
                Duration.ofMillis(120),
                5,
                true,
                Duration.ofSeconds(30));
    }

    /** @throws IllegalArgumentException with the usage, for a person at a terminal */
    static SoakOptions parse(String[] words, long seedUnlessGiven) {
        SoakOptions options = of(seedUnlessGiven);
        for (int i = 0; i < words.length; i += 2) {
            options = options.with(words[i], i + 1 < words.length ? words[i + 1] : null);
        }
        return options;
    }

    private SoakOptions with(String option, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException(option + " wants a value. " + USAGE);
        }
        return switch (option) {
            case "--minutes" -> lasting(Duration.ofSeconds(Math.round(Double.parseDouble(value) * 60)));
            case "--seed" -> seeded(Long.parseLong(value));
            case "--clients" -> withClients(Integer.parseInt(value));
            case "--steps" -> withSteps(Integer.parseInt(value));
            case "--pause" -> pausing(Duration.ofMillis(Long.parseLong(value)));
            case "--process-every" -> withProcessEvery(Integer.parseInt(value));
            case "--unaided" -> asking(!Boolean.parseBoolean(value));
            case "--quiet" -> withQuiet(Duration.ofSeconds(Long.parseLong(value)));
            default -> throw new IllegalArgumentException("There is no " + option + ". " + USAGE);
        };
    }

    SoakOptions lasting(Duration time) {
        return new SoakOptions(time, seed, clients, steps, longestPause, processEvery, unaided, quiet);
    }

    SoakOptions seeded(long other) {
        return new SoakOptions(atMost, other, clients, steps, longestPause, processEvery, unaided, quiet);
    }

    SoakOptions withClients(int count) {
        return new SoakOptions(atMost, seed, count, steps, longestPause, processEvery, unaided, quiet);
    }

    SoakOptions withSteps(int count) {
        return new SoakOptions(atMost, seed, clients, count, longestPause, processEvery, unaided, quiet);
    }

    SoakOptions pausing(Duration most) {
        return new SoakOptions(atMost, seed, clients, steps, most, processEvery, unaided, quiet);
    }

    SoakOptions withProcessEvery(int lives) {
        return new SoakOptions(atMost, seed, clients, steps, longestPause, lives, unaided, quiet);
    }

    /** Every object is asked for a look when the faults stop: what the operator would find out in minutes it finds out at once. */
    SoakOptions asking(boolean all) {
        return new SoakOptions(atMost, seed, clients, steps, longestPause, processEvery, !all, quiet);
    }

    SoakOptions withQuiet(Duration time) {
        return new SoakOptions(atMost, seed, clients, steps, longestPause, processEvery, unaided, time);
    }

    /** How to have the very same steps again. */
    String replay(int stepsTaken) {
        return "make soak ARGS=\"--seed %d --clients %d --steps %d --pause %d --process-every %d --unaided %s\""
                .formatted(seed, clients, stepsTaken, longestPause.toMillis(), processEvery, unaided);
    }
}
