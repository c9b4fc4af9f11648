package dev.appclients.cognito.controller;

import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conclusion;
import dev.appclients.cognito.status.Step;
import java.io.Serial;

/**
 * Another writer changed the Secret each time the operator was about to write it. Ends a pass without a fault: nothing is wrong
 * with the object, and the next pass judges what is there then.
 */
final class SecretChanged extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Conclusion.Waiting conclusion;

    SecretChanged(String secret) {
        super("Another writer changed Secret '" + secret + "'", null, false, false);
        conclusion = new Conclusion.Waiting(
                Step.SECRET,
                Reason.PENDING,
                "Another writer changed Secret '" + secret + "' while the operator wrote it."
                        + " The operator writes it again within a minute.");
    }

    /** What an object says of it that says nothing better yet. */
    Conclusion.Waiting conclusion() {
        return conclusion;
    }
}
