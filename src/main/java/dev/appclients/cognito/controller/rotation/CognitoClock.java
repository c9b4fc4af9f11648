package dev.appclients.cognito.controller.rotation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Cognito's time: this machine's clock, corrected by the date of Cognito's last answer to a listing. Exact to a second or two. Before the
 * first answer it is this machine's time.
 */
final class CognitoClock {

    private final InstantSource machine;
    private volatile @Nullable Duration offset;

    CognitoClock(InstantSource machine) {
        this.machine = machine;
    }

    /** Cognito answered with this date now. */
    void answered(Instant date) {
        offset = Duration.between(machine.instant(), date);
    }

    /** Whether Cognito has answered this process. */
    boolean isKnown() {
        return offset != null;
    }

    Instant now() {
        Duration known = offset;
        Instant here = machine.instant();
        return known == null ? here : here.plus(known);
    }
}
