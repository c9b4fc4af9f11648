package dev.appclients.cognito.controller.secret;

import java.io.Serial;

/** Another writer changed the Secret before each attempt to write it. Ends the pass without a failure; the next pass retries. */
public final class SecretChanged extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param object its kind and name, for messages */
    public SecretChanged(String object) {
        super("Another writer changed " + object, null, false, false);
    }
}
