package dev.appclients.cognito.controller.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts, combines and limits events by the rules and numbers of client-go's correlator. A repeated event is counted. Events that
 * differ only in their message are combined from the tenth within ten minutes. An object may have 25 events, and one more every five
 * minutes. Each of the three LRU caches holds 4,096 entries of some hundred bytes.
 */
final class EventCorrelator {

    private static final int MOST_ENTRIES = 4_096;
    private static final int COMBINED_FROM = 10;
    private static final Duration SIMILAR_WITHIN = Duration.ofMinutes(10);
    private static final int BURST = 25;
    private static final Duration REFILL = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Similar> similar = bounded();
    private final Map<Key, Written> written = bounded();
    private final Map<String, Bucket> buckets = bounded();

    EventCorrelator(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * An event that happened.
     *
     * @param object the UID of the object
     */
    record Occurrence(String object, String type, String reason, String message) {}

    /**
     * An event to be written.
     *
     * @param key for {@link #wrote}
     * @param message of the event, not cut yet
     * @param existing the name of the event whose count rises; null for a new one
     * @param first when it happened for the first time
     * @param count how often it has happened, this time included
     */
    record Decision(Key key, String message, @Nullable String existing, Instant first, int count) {}

    /** One event on the API server: equal occurrences or, without a message, combined ones. */
    record Key(
            String object,
            String type,
            String reason,
            @Nullable UUID message) {

        private static Key combined(Occurrence occurrence) {
            return new Key(occurrence.object(), occurrence.type(), occurrence.reason(), null);
        }

        /** Keeps a digest of the message, because 4,096 messages need megabytes. */
        private static Key single(Occurrence occurrence) {
            return new Key(
                    occurrence.object(),
                    occurrence.type(),
                    occurrence.reason(),
                    UUID.nameUUIDFromBytes(occurrence.message().getBytes(UTF_8)));
        }
    }

    /** The event to be written; empty if the object has reached its limit. */
    Optional<Decision> correlate(Occurrence occurrence) {
        lock.lock();
        try {
            Instant now = clock.instant();
            boolean combined = isCombined(occurrence, now);
            Key key = combined ? Key.combined(occurrence) : Key.single(occurrence);
            Written known = written.get(key);
            int count = known == null ? 1 : known.count() + 1;
            Instant first = known == null ? now : known.first();
            if (known != null) {
                written.put(key, new Written(known.name(), first, count));
            }
            // The count includes events that the limit drops.
            if (!take(occurrence.object(), now)) {
                return Optional.empty();
            }
            String message =
                    combined ? "(combined from similar events): " + occurrence.message() : occurrence.message();
            return Optional.of(new Decision(key, message, known == null ? null : known.name(), first, count));
        } finally {
            lock.unlock();
        }
    }

    /** The API server has the event under this name. */
    void wrote(Decision decision, String name) {
        lock.lock();
        try {
            written.put(decision.key(), new Written(name, decision.first(), decision.count()));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a deleted object. */
    void forget(String object) {
        lock.lock();
        try {
            // Every event takes a token from a bucket, so an object without a bucket has no events.
            if (buckets.remove(object) != null) {
                similar.keySet().removeIf(key -> key.object().equals(object));
                written.keySet().removeIf(key -> key.object().equals(object));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The number of objects with remembered events. */
    int size() {
        lock.lock();
        try {
            return buckets.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean isCombined(Occurrence occurrence, Instant now) {
        Key group = Key.combined(occurrence);
        Similar known = similar.get(group);
        Similar current = known == null || known.last.plus(SIMILAR_WITHIN).isBefore(now) ? new Similar() : known;
        similar.put(group, current);
        current.last = now;
        UUID message = Key.single(occurrence).message();
        if (current.messages.size() < COMBINED_FROM - 1) {
            current.messages.add(message);
        }
        return !current.messages.contains(message);
    }

    private boolean take(String object, Instant now) {
        Bucket bucket = buckets.computeIfAbsent(object, unknown -> new Bucket(BURST, now));
        // A clock that is set back neither refills nor drains the bucket.
        long passed = Math.max(0, Duration.between(bucket.at(), now).toMillis());
        double tokens = Math.min(BURST, bucket.tokens() + (double) passed / REFILL.toMillis());
        boolean taken = tokens >= 1;
        buckets.put(object, new Bucket(taken ? tokens - 1 : tokens, now));
        return taken;
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST_ENTRIES;
            }
        };
    }

    /** Recent messages for one object, type and reason; fewer than are combined. */
    private static final class Similar {

        private final Set<UUID> messages = new HashSet<>();
        private Instant last = Instant.EPOCH;
    }

    private record Written(String name, Instant first, int count) {}

    private record Bucket(double tokens, Instant at) {}
}
