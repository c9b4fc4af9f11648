package dev.appclients.cognito.controller.rotation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cognito's time: this machine's clock, corrected by the date of Cognito's last answer to a listing. Exact to a second or two. Before the
 * first answer it is this machine's time. A clock that is set back after the answer does not make it earlier, so no overlap ends early.
 */
final class CognitoClock {

    /** A smaller difference is no step of the clock. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private final InstantSource machine;
    private final LongSupplier nanoTime;
    private volatile @Nullable Answer last;

    CognitoClock(InstantSource machine) {
        this(machine, System::nanoTime);
    }

    /** @param nanoTime monotonic */
    CognitoClock(InstantSource machine, LongSupplier nanoTime) {
        this.machine = machine;
        this.nanoTime = nanoTime;
    }

    /** Cognito answered with this date now. */
    void answered(Instant date) {
        last = new Answer(date, Duration.between(machine.instant(), date), nanoTime.getAsLong());
    }

    /** Whether Cognito has answered this process. */
    boolean isKnown() {
        return last != null;
    }

    Instant now() {
        Answer answer = last;
        Instant here = machine.instant();
        if (answer == null) {
            return here;
        }
        Instant corrected = here.plus(answer.offset());
        Instant atLeast = answer.date().plusNanos(nanoTime.getAsLong() - answer.nanos());
        return corrected.isBefore(atLeast.minus(TOLERANCE)) ? atLeast : corrected;
    }

    private record Answer(Instant date, Duration offset, long nanos) {}
}
