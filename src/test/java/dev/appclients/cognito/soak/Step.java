package dev.appclients.cognito.soak;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * A random step. Every step takes the same number of draws and does not depend on the results of earlier steps, so that a seed
 * always gives the same steps.
 *
 * @param number counts from 1
 * @param slot the place of an object, which may be empty
 * @param first a draw that the kind uses for details
 * @param second another such draw
 * @param pause the pause before the next step
 */
record Step(int number, Kind kind, int slot, int first, int second, Duration pause) {

    /** The kinds of steps, each with its relative frequency. */
    enum Kind {
        // Actions of users
        APPLY(34),
        DELETE(8),
        CHANGE_DELETION_POLICY(2),
        TOGGLE_PAUSE(3),
        REQUEST_RECONCILE(3),
        RECREATE(3),
        ADOPT(4),
        TOGGLE_MODE(3),
        ROTATE(5),
        RETIRE(4),

        // Actions of other writers in Cognito
        CHANGE_IN_COGNITO(8),
        DELETE_IN_COGNITO(2),
        RENAME_IN_COGNITO(1),
        CREATE_FOREIGN_CLIENT(1),
        TOGGLE_SCOPE(2),
        TOGGLE_PROVIDER(2),

        // Actions of other writers in the cluster
        DELETE_SECRET(4),
        EDIT_SECRET(4),
        CREATE_FOREIGN_SECRET(2),
        DELETE_FOREIGN_SECRET(3),
        CHANGE_ALLOWED_NAMESPACES(3),
        CHANGE_ADOPTION_ENTRY(2),
        REMOVE_POOL_BY_FORCE(1),
        DELETE_POOL(1),
        RESTORE_POOL(9),

        // Failures
        AWS_FAULT(12),
        DENY_ACTION(2),
        ALLOW_ACTIONS(3),
        TOGGLE_LIST_LAG(2),
        TOGGLE_LATENCY(2),
        API_SERVER_FAILURE(12),
        RESTART(1),
        KILL(1),
        KILL_AT_CALL(3);

        private static final Kind[] ALL = values();
        private static final int SUM =
                Arrays.stream(ALL).mapToInt(kind -> kind.weight).sum();

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        static Kind drawn(Random random) {
            int rest = random.nextInt(SUM);
            for (Kind kind : ALL) {
                rest -= kind.weight;
                if (rest < 0) {
                    return kind;
                }
            }
            throw new IllegalStateException("the weights do not add up");
        }
    }

    /** Draws the next step. */
    static Step drawn(Random random, int number, int slots, Duration longestPause) {
        Kind kind = Kind.drawn(random);
        int slot = random.nextInt(slots);
        int first = random.nextInt(Integer.MAX_VALUE);
        int second = random.nextInt(Integer.MAX_VALUE);
        long pause = random.nextLong(longestPause.toMillis() + 1);
        return new Step(number, kind, slot, first, second, Duration.ofMillis(pause));
    }

    /** A number below {@code count}, from the first draw. */
    int firstOf(int count) {
        return first % count;
    }

    /** A number below {@code count}, from the second draw. */
    int secondOf(int count) {
        return second % count;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%05d %-26s c-%03d %08x %08x", number, kind, slot, first, second);
    }
}
