package dev.appclients.cognito.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists a collection, watches it, and keeps one small value of each object. A watch that ends is continued from its last version,
 * or with a new list if the API server no longer has that version. So it survives an outage of the API server.
 *
 * @param <T> the kept value of an object
 */
final class Follower<T> implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A scan of all values uses processor time, which distorts the measurement. */
    private static final long SCAN_MILLIS = 250;

    private final KubeApi kube;
    private final String path;
    private final String query;
    private final Function<JsonNode, T> kept;
    private final Predicate<T> counted;
    private final Map<String, T> objects = new HashMap<>();
    private String version = "";
    private int count;
    private boolean closed;

    /**
     * Lists the collection, and watches it from there.
     *
     * @param query parameters of the list and of the watch; may be empty
     * @param counted the values that {@link #count} counts
     */
    Follower(KubeApi kube, String path, String query, Function<JsonNode, T> kept, Predicate<T> counted) {
        this.kube = kube;
        this.path = path;
        this.query = query;
        this.kept = kept;
        this.counted = counted;
        list();
        Thread.ofPlatform().daemon().name("bench-watch").start(this::follow);
    }

    private void list() {
        Map<String, T> listed = new HashMap<>();
        String now = kube.list(path, query, object -> listed.put(uid(object), kept.apply(object)));
        synchronized (this) {
            objects.clear();
            objects.putAll(listed);
            count = (int) listed.values().stream().filter(counted).count();
            version = now;
            notifyAll();
        }
    }

    private void follow() {
        boolean known = true;
        do {
            try {
                if (!known) {
                    list();
                }
                known = watch();
            } catch (RuntimeException gone) {
                // The connection ended or the API server is down. The loop tries again.
            }
        } while (rest());
    }

    /** Returns when the stream ends; false if a new list is needed. */
    private boolean watch() {
        try (Stream<String> events = kube.watch(path + "?watch=1&timeoutSeconds=3600&resourceVersion=" + version()
                + (query.isEmpty() ? "" : "&" + query))) {
            return events.map(KubeApi::parse).allMatch(this::seen);
        }
    }

    private synchronized String version() {
        return version;
    }

    private synchronized boolean rest() {
        try {
            if (!closed) {
                wait(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            return false;
        }
        return !closed;
    }

    private synchronized boolean seen(JsonNode event) {
        JsonNode object = event.path("object");
        switch (event.path("type").asText()) {
            case "DELETED" -> keep(uid(object), null);
            case "ADDED", "MODIFIED" -> keep(uid(object), kept.apply(object));
            default -> {
                return false;
            }
        }
        version = object.at("/metadata/resourceVersion").asText();
        notifyAll();
        return true;
    }

    private void keep(String uid, @Nullable T value) {
        T former = value == null ? objects.remove(uid) : objects.put(uid, value);
        count += (value != null && counted.test(value) ? 1 : 0) - (former != null && counted.test(former) ? 1 : 0);
    }

    private static String uid(JsonNode object) {
        return object.at("/metadata/uid").asText();
    }

    /** The number of objects. */
    synchronized int size() {
        return objects.size();
    }

    /** The number of counted objects. */
    synchronized int count() {
        return count;
    }

    /** The number of matching objects; scans all of them. */
    synchronized int count(Predicate<T> wanted) {
        return (int) objects.values().stream().filter(wanted).count();
    }

    /** Waits until this many objects are counted. Returns whether they were in time. */
    synchronized boolean awaitCount(int wanted, Duration patience, Runnable check) {
        return await(() -> count >= wanted, 1_000, patience, check);
    }

    /** Waits until this many objects match, with a delay of up to a quarter of a second. Returns whether they did in time. */
    synchronized boolean awaitCount(Predicate<T> like, int wanted, Duration patience, Runnable check) {
        return await(new Scan(() -> count(like) >= wanted), SCAN_MILLIS, patience, check);
    }

    /** The kept values of all objects. */
    synchronized Collection<T> values() {
        return List.copyOf(objects.values());
    }

    /** Waits until the kept values of all objects are as wanted, for few objects: every event evaluates the predicate. */
    synchronized boolean await(Predicate<Collection<T>> wanted, Duration patience, Runnable check) {
        return await(() -> wanted.test(objects.values()), 1_000, patience, check);
    }

    /** Waits until no object is left. */
    synchronized boolean awaitEmpty(Duration patience, Runnable check) {
        return await(objects::isEmpty, 1_000, patience, check);
    }

    private boolean await(Condition condition, long pause, Duration patience, Runnable check) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0 || closed) {
                return false;
            }
            check.run();
            try {
                wait(Math.min(left, pause));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return true;
    }

    private interface Condition {
        boolean holds();
    }

    /** Limits the scans, since every event wakes the waiting thread. */
    private static final class Scan implements Condition {

        private final Condition condition;
        private long last = System.nanoTime() - Duration.ofDays(1).toNanos();

        private Scan(Condition condition) {
            this.condition = condition;
        }

        @Override
        public boolean holds() {
            if (System.nanoTime() - last < SCAN_MILLIS * 1_000_000) {
                return false;
            }
            boolean holds = condition.holds();
            last = System.nanoTime();
            return holds;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
