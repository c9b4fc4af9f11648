package dev.appclients.cognito.soak;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The options of a soak.
 *
 * @param steps the maximum number of steps
 * @param longestPause the longest pause between two steps
 * @param processEvery every nth operator is a separate process; 0 for none
 * @param unaided whether, after the faults, the operator must recover without a requested reconcile of every object
 * @param quiet how long the operator must make no call at the end
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
            make soak ARGS="[--minutes 10] [--seed <number>] [--clients 300] [--steps <maximum>] [--pause <maximum milliseconds>] \
            [--process-every 5] [--unaided true] [--quiet <seconds>]\"""";

    /** Ten minutes with 300 objects. */
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

    /** @throws IllegalArgumentException with the usage */
    static SoakOptions parse(String[] words, long seedUnlessGiven) {
        SoakOptions options = of(seedUnlessGiven);
        for (int i = 0; i < words.length; i += 2) {
            options = options.with(words[i], i + 1 < words.length ? words[i + 1] : null);
        }
        return options;
    }

    private SoakOptions with(String option, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException(option + " needs a value. " + USAGE);
        }
        return switch (option) {
            case "--minutes" -> lasting(Duration.ofSeconds(Math.round(Double.parseDouble(value) * 60)));
            case "--seed" -> seeded(Long.parseLong(value));
            case "--clients" -> withClients(Integer.parseInt(value));
            case "--steps" -> withSteps(Integer.parseInt(value));
            case "--pause" -> pausing(Duration.ofMillis(Long.parseLong(value)));
            case "--process-every" -> withProcessEvery(Integer.parseInt(value));
            case "--unaided" -> requestingReconciles(!Boolean.parseBoolean(value));
            case "--quiet" -> withQuiet(Duration.ofSeconds(Long.parseLong(value)));
            default -> throw new IllegalArgumentException("Unknown option " + option + ". " + USAGE);
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

    SoakOptions withProcessEvery(int operators) {
        return new SoakOptions(atMost, seed, clients, steps, longestPause, operators, unaided, quiet);
    }

    /** Requests a reconcile of every object after the faults, so that the operator recovers at once and not after minutes. */
    SoakOptions requestingReconciles(boolean all) {
        return new SoakOptions(atMost, seed, clients, steps, longestPause, processEvery, !all, quiet);
    }

    SoakOptions withQuiet(Duration time) {
        return new SoakOptions(atMost, seed, clients, steps, longestPause, processEvery, unaided, time);
    }

    /** The command that repeats these steps. */
    String replay(int stepsTaken) {
        return "make soak ARGS=\"--seed %d --clients %d --steps %d --pause %d --process-every %d --unaided %s\""
                .formatted(seed, clients, stepsTaken, longestPause.toMillis(), processEvery, unaided);
    }
}
