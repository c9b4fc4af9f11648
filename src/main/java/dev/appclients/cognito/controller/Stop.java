package dev.appclients.cognito.controller;

import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conclusion;
import dev.appclients.cognito.status.Step;
import java.io.Serial;

/** Ends a pass early with a conclusion that its user should read. Expected, so it carries no stack trace. */
final class Stop extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Conclusion conclusion;
    private final Pace pace;
    private final boolean known;

    private Stop(Conclusion conclusion, Pace pace, boolean known) {
        super(conclusion.toString(), null, false, false);
        this.conclusion = conclusion;
        this.pace = pace;
        this.known = known;
    }

    /** Not there yet; something will wake it, or it is tried again by itself. */
    static Stop waiting(Step step, Reason reason, String message, Pace pace) {
        return new Stop(new Conclusion.Waiting(step, reason, message), pace, false);
    }

    /** A human must change something; looked at again at this pace nevertheless. */
    static Stop refused(Step step, Reason reason, String message, Pace pace) {
        return new Stop(new Conclusion.Refused(step, reason, message), pace, false);
    }

    /** Nothing is to be done until something else changes. */
    static Stop with(Conclusion conclusion, Pace pace) {
        return new Stop(conclusion, pace, false);
    }

    /** It was refused before, and still is: nobody was asked. */
    static Stop stillRefused(Conclusion.Refused refusal, Pace pace) {
        return new Stop(refusal, pace, true);
    }

    Conclusion conclusion() {
        return conclusion;
    }

    Pace pace() {
        return pace;
    }

    /** Whether the conclusion was known before the pass. */
    boolean isKnown() {
        return known;
    }
}
