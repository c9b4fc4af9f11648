package dev.appclients.cognito.controller.workarounds;

import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Retries an unexpected exception without end, after a random delay under a bound that doubles from a second to a minute. The
 * framework's default gives up after five attempts, counts every event during a back-off as an attempt, and retries objects that failed
 * together at the same time. The counting goes away with JOSDK 5.4 (issue 3380).
 */
public final class EndlessRetry implements Retry {

    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 60_000;

    private final RandomGenerator random;

    /** The framework calls this. */
    public EndlessRetry() {
        this(RandomGenerator.getDefault());
    }

    EndlessRetry(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public RetryExecution initExecution() {
        return new Delays(random);
    }

    /** The delays of one object, from its first failure to its next success. */
    private static final class Delays implements RetryExecution {

        private final RandomGenerator random;
        private long bound = FIRST_MILLIS;
        private int attempts;

        Delays(RandomGenerator random) {
            this.random = random;
        }

        @Override
        public Optional<Long> nextDelay() {
            long delay = 1 + random.nextLong(bound);
            bound = Math.min(bound * 2, LONGEST_MILLIS);
            attempts++;
            return Optional.of(delay);
        }

        @Override
        public int getAttemptCount() {
            return attempts;
        }

        @Override
        public boolean isLastAttempt() {
            return false;
        }
    }
}
