package dev.appclients.cognito.local;

/** Lines for the person who waits, each with the seconds since the start. */
final class Progress {

    private final long start = System.nanoTime();

    void say(String what) {
        System.out.printf("%5.1f s  %s%n", (System.nanoTime() - start) / 1e9, what);
    }
}
