package dev.appclients.cognito.soak;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * What is done next. Every step takes the same number of draws, whatever it is, and none depends on what came of the steps before:
 * a seed gives the same steps each time.
 *
 * @param number counts from 1
 * @param slot which object, as a place that may be empty
 * @param first decides what exactly is done, as the kind likes
 * @param second the same once more
 * @param pause how long before the next step
 */
record Step(int number, Kind kind, int slot, int first, int second, Duration pause) {

    /** What can be done; the weight says how often. */
    enum Kind {
        // What users do
        APPLY(34),
        DELETE(8),
        KEEP_OR_NOT(2),
        PAUSE_OR_GO_ON(3),
        ASK_FOR_A_LOOK(3),
        RECREATE(3),
        ADOPT(4),
        MANAGE_OR_OBSERVE(3),

        // What others do in Cognito
        CHANGE_IN_COGNITO(8),
        DELETE_IN_COGNITO(2),
        RENAME_IN_COGNITO(1),
        STRANGER_IN_COGNITO(1),
        SCOPE_COMES_OR_GOES(2),
        PROVIDER_COMES_OR_GOES(2),

        // What others do in the cluster
        DELETE_SECRET(4),
        EDIT_SECRET(4),
        SQUAT_ON_SECRET(2),
        END_SQUAT(3),
        ALLOW_OR_DENY(3),
        PERMIT_OR_NOT(2),
        POOL_GOES(1),
        POOL_BEGINS_TO_GO(1),
        POOL_COMES_BACK(9),

        // What fails
        AWS_FAULT(12),
        AWS_DENIES(2),
        AWS_ALLOWS(3),
        LIST_LAGS_OR_NOT(2),
        AWS_IS_SLOW_OR_NOT(2),
        API_SERVER_TROUBLE(12),
        RESTART(1),
        KILL(1),
        KILL_AT_A_CALL(3);

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

    /** One of so many, by the first draw. */
    int firstOf(int count) {
        return first % count;
    }

    /** One of so many, by the second draw. */
    int secondOf(int count) {
        return second % count;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%05d %-22s c-%03d %08x %08x", number, kind, slot, first, second);
    }
}
