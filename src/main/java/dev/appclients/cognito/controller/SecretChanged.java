package dev.appclients.cognito.controller;

import java.io.Serial;

/**
 * Another writer changed the Secret each time the operator was about to write it. Ends a pass without a fault: nothing is wrong
 * with the object, and the next pass judges what is there then.
 */
final class SecretChanged extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    SecretChanged(String secret) {
        super("Another writer changed Secret '" + secret + "'", null, false, false);
    }
}
