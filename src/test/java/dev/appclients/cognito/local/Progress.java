package dev.appclients.cognito.local;

/** Prints progress lines, each with the seconds since the start. */
final class Progress {

    private final long start = System.nanoTime();

    void say(String message) {
        System.out.printf("%5.1f s  %s%n", (System.nanoTime() - start) / 1e9, message);
    }
}
