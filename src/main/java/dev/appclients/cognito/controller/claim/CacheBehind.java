package dev.appclients.cognito.controller.claim;

import java.io.Serial;

/** The caches are behind the API server. Ends the pass without a failure; the next pass retries. */
final class CacheBehind extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    CacheBehind(String object) {
        super("The cache is behind the API server: " + object, null, false, false);
    }
}
