package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.failure.Failure;
import java.io.Serial;

/** Only a later listing shows the outcome of a call that adds or deletes a secret. */
final class OutcomeUnknown extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    OutcomeUnknown(Failure failure) {
        super(failure.operation(), null, false, false);
    }
}
