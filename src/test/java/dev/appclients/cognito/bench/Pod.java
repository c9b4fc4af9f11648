package dev.appclients.cognito.bench;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the packaged operator running as the kubelet keeps a container: restarts it when it ends, at first at once, and then after
 * 10 s, 20 s and so on. Records each end.
 */
final class Pod implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);
    private static final Duration QUIET_FOR = Duration.ofMillis(500);
    private static final Duration QUIET = Duration.ofMillis(10);

    private final PackagedOperator.Setup setup;
    private final Map<String, String> settings;
    private final OperatorLog log;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<End> ends = new ArrayList<>();
    private final Thread supervisor;
    private @Nullable PackagedOperator current;
    private boolean wanted;
    private boolean closed;
    private Duration formerCpu = Duration.ZERO;
    private double peak;
    private Duration backOff = Duration.ZERO;
    private long startedAt;

    /**
     * An unexpected end.
     *
     * @param at a {@link System#nanoTime}
     * @param what exit code and last log lines, for people
     */
    record End(long at, String what) {}

    private Pod(PackagedOperator.Setup setup, Map<String, String> settings) {
        this.setup = setup;
        this.settings = settings;
        this.log = new OperatorLog(setup.log());
        this.supervisor = Thread.ofPlatform().daemon().name("bench-pod").unstarted(this::supervise);
    }

    /** Starts the first process, and returns at once. */
    static Pod start(PackagedOperator.Setup setup, Map<String, String> settings) {
        Pod pod = new Pod(setup, settings);
        pod.start();
        pod.supervisor.start();
        return pod;
    }

    /** Starts a process unless one runs; returns at once. */
    synchronized void start() {
        wanted = true;
        backOff = Duration.ZERO;
        launch();
    }

    /** Stops the process in order. No new process starts until {@link #start}. */
    void stop() {
        PackagedOperator former;
        synchronized (this) {
            wanted = false;
            former = current;
            current = null;
        }
        end(former);
    }

    private void end(@Nullable PackagedOperator former) {
        if (former == null) {
            return;
        }
        former.close();
        synchronized (this) {
            formerCpu = formerCpu.plus(former.cpu());
            peak = Math.max(peak, former.peakRss());
        }
    }

    private synchronized void launch() {
        if (wanted && !closed && current == null) {
            log.forget();
            current = PackagedOperator.launch(setup, settings);
            startedAt = System.nanoTime();
        }
    }

    private void supervise() {
        while (rest(POLL)) {
            PackagedOperator ended = sample();
            if (ended == null) {
                continue;
            }
            End end = describe(ended);
            end(ended);
            Duration pause;
            synchronized (this) {
                ends.add(end);
                pause = nextPause();
            }
            if (rest(pause)) {
                launch();
            }
        }
    }

    /** Returns the process if it has ended although it is wanted. */
    private synchronized @Nullable PackagedOperator sample() {
        PackagedOperator operator = current;
        if (operator == null) {
            return null;
        }
        operator.cpu();
        operator.peakRss();
        if (operator.isAlive()) {
            return null;
        }
        current = null;
        return operator;
    }

    private End describe(PackagedOperator ended) {
        String how = ended.isOutOfMemory() ? "killed by its memory cgroup" : "ended with code " + ended.exitCode();
        return new End(System.nanoTime(), how + " after " + sinceStart().toSeconds() + " s: " + log.tail());
    }

    private synchronized Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    private Duration nextPause() {
        Duration pause = sinceStart().compareTo(FORGIVEN_AFTER) > 0 ? Duration.ZERO : backOff;
        Duration doubled = pause.multipliedBy(2);
        backOff =
                pause.isZero() ? FIRST_BACK_OFF : doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
        return pause;
    }

    /** Waits. Returns whether the pod is still open after that time. */
    private synchronized boolean rest(Duration pause) {
        long until = System.nanoTime() + pause.toNanos();
        try {
            for (long left = pause.toMillis(); left > 0 && !closed; left = (until - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            return false;
        }
        return !closed;
    }

    /** The running process. */
    synchronized PackagedOperator operator() {
        if (current == null) {
            throw new IllegalStateException("the operator is not running");
        }
        return current;
    }

    private synchronized @Nullable PackagedOperator running() {
        return current;
    }

    boolean isReady() {
        PackagedOperator operator = running();
        return operator != null && operator.isReady(http);
    }

    /** Waits until a process is ready, also across restarts. */
    void awaitReady(Duration patience) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(patience)
                .until(this::isReady);
    }

    /** Waits until a process is ready and idle. */
    void awaitQuiet(Duration patience) {
        Duration[] last = {Duration.ZERO};
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(QUIET_FOR)
                .atMost(patience)
                .until(() -> {
                    Duration now = cpu();
                    boolean quiet = now.minus(last[0]).compareTo(QUIET) <= 0;
                    last[0] = now;
                    return quiet && isReady();
                });
    }

    /** The processor time of all its processes so far. */
    synchronized Duration cpu() {
        return current == null ? formerCpu : formerCpu.plus(current.cpu());
    }

    /** The peak memory of any of its processes, in MiB. */
    synchronized double peakRss() {
        return current == null ? peak : Math.max(peak, current.peakRss());
    }

    /** Every unexpected end. */
    synchronized List<End> ends() {
        return List.copyOf(ends);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        stop();
        http.shutdownNow();
    }
}
