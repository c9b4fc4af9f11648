package dev.appclients.cognito.local;

import java.io.PrintStream;
import java.time.Duration;

/** Prints progress lines, each with the seconds since the start. In a phase without lines it repeats the name of the phase. */
final class Progress implements AutoCloseable {

    private final long start = System.nanoTime();
    private final PrintStream out;
    private final Duration interval;
    private final Thread repeater;
    private String phase = "";
    private long lastLine = start;

    Progress() {
        this(System.out, Duration.ofSeconds(4));
    }

    /** @param interval the longest time without a line during a phase */
    Progress(PrintStream out, Duration interval) {
        this.out = out;
        this.interval = interval;
        repeater = Thread.ofPlatform().daemon().name("progress").start(this::repeat);
    }

    /** Prints the message. It ends the phase. */
    synchronized void say(String message) {
        phase = "";
        print(message);
    }

    /** Starts a phase that may take seconds. */
    synchronized void begin(String name) {
        phase = name;
        print(name);
    }

    @Override
    public void close() {
        repeater.interrupt();
    }

    private void print(String message) {
        lastLine = System.nanoTime();
        out.printf("%5.1f s  %s%n", (lastLine - start) / 1e9, message);
        notifyAll();
    }

    private synchronized void repeat() {
        try {
            while (true) {
                long left = interval.toNanos() - (System.nanoTime() - lastLine);
                if (phase.isEmpty()) {
                    wait();
                } else if (left > 0) {
                    wait(Math.max(1, Duration.ofNanos(left).toMillis()));
                } else {
                    print(phase);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
