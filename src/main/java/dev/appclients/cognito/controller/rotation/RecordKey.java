package dev.appclients.cognito.controller.rotation;

import java.util.Locale;

/** The keys of a record Secret that hold values. */
enum RecordKey {
    CURRENT,
    NEXT,
    PREVIOUS;

    /** The key in the Secret. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
