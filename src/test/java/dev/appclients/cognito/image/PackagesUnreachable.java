package dev.appclients.cognito.image;

import java.io.IOException;

/** No source serves Debian's packages, for example because this machine is offline. */
final class PackagesUnreachable extends IOException {

    private static final long serialVersionUID = 1L;

    PackagesUnreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
