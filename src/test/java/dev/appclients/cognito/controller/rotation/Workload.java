package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A workload that reads a Secret. It keeps the value that it has when the Secret is deleted. */
final class Workload {

    static final Duration LONGEST_LAG = Duration.ofSeconds(90);

    /** How a workload gets a later version of its Secret. */
    enum Reading {
        /** As with the kubelet, the mounted files show a version up to 90 s after it was stored. */
        FILES(LONGEST_LAG),
        /** The workload has the variables of {@code envFrom}. It is restarted within the overlap. */
        VARIABLES(OnProofStage.OVERLAP.minusSeconds(30));

        private final Duration longestLag;

        Reading(Duration longestLag) {
            this.longestLag = longestLag;
        }
    }

    private final String clientId;
    private final String namespace;
    private final String secret;
    private final String key;
    private final Reading reading;
    private final Random random;
    private final Deque<Version> coming = new ArrayDeque<>();
    private @Nullable Version stored;
    private @Nullable Version mounted;
    private boolean isMoving;
    private Instant carriesSince = Instant.EPOCH;
    private Duration longestLag = Duration.ZERO;
    private @Nullable Duration fixedLag;

    /** A value of the client secret, and the time from which the workload has it. */
    private record Version(String secretId, String value, Instant shownFrom) {}

    /**
     * @param key the key of the Secret that has the client secret
     * @param random makes the lag of each version
     */
    Workload(String clientId, String namespace, String secret, String key, Reading reading, Random random) {
        this.clientId = clientId;
        this.namespace = namespace;
        this.secret = secret;
        this.key = key;
        this.reading = reading;
        this.random = random;
    }

    String clientId() {
        return clientId;
    }

    String namespace() {
        return namespace;
    }

    String secret() {
        return secret;
    }

    /** The key of the Secret that has the client secret. */
    String key() {
        return key;
    }

    Reading reading() {
        return reading;
    }

    /** The API server has this version of the Secret now. A workload that starts has it at once. */
    void stores(Secret live, Instant now) {
        String value = decoded(live.getData().get(key));
        String id = Optional.ofNullable(live.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Marks.CLIENT_SECRET_ID))
                .orElse("");
        boolean isKnown = stored != null && stored.value.equals(value);
        if (isKnown && !isMoving) {
            return;
        }
        if (stored != null && !isKnown) {
            carriesSince = now;
        }
        Duration lag = stored == null || isMoving ? Duration.ZERO : nextLag();
        isMoving = false;
        stored = new Version(id, value, now.plus(lag));
        coming.addLast(stored);
        longestLag = lag.compareTo(longestLag) > 0 ? lag : longestLag;
    }

    /** Moves the workload to another node. There it starts with the version that the API server has then. */
    void move() {
        coming.clear();
        mounted = null;
        isMoving = true;
    }

    /** The id of the client secret that the API server had last; empty for the original. */
    String storedId() {
        return stored == null ? "" : stored.secretId;
    }

    boolean hasStarted() {
        return stored != null && !isMoving;
    }

    /** Since when the API server has the last value; the epoch if the workload never had another one. */
    Instant carriesSince() {
        return carriesSince;
    }

    /** The value that the workload has. */
    String mountedValue(Instant now) {
        while (!coming.isEmpty() && isShown(coming, now)) {
            mounted = coming.removeFirst();
        }
        return mounted == null ? "" : mounted.value;
    }

    /** Lets the workload have each later version exactly this long after it was stored. */
    void lagsBy(Duration time) {
        fixedLag = time;
    }

    Duration longestLag() {
        return longestLag;
    }

    private Duration nextLag() {
        return fixedLag == null ? Duration.ofMillis(random.nextInt((int) reading.longestLag.toMillis() + 1)) : fixedLag;
    }

    /** A later version replaces the ones before it, also those that were never shown. */
    private static boolean isShown(Deque<Version> versions, Instant now) {
        return versions.stream().anyMatch(version -> !version.shownFrom.isAfter(now));
    }

    private static String decoded(String data) {
        return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return namespace + "/" + secret + " of " + clientId;
    }
}
