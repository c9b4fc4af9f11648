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

/**
 * A workload that mounts a Secret. As with the kubelet, its files show a version of the Secret up to 90 s after the version was stored,
 * and they stay when the Secret is deleted.
 */
final class Workload {

    static final Duration LONGEST_LAG = Duration.ofSeconds(90);

    private final String clientId;
    private final String namespace;
    private final String secret;
    private final Random random;
    private final Deque<Version> coming = new ArrayDeque<>();
    private @Nullable Version stored;
    private @Nullable Version mounted;
    private Instant carriesSince = Instant.MAX;
    private Duration longestLag = Duration.ZERO;
    private @Nullable Duration fixedLag;

    /** A value of the client secret, and the time from which the files show it. */
    private record Version(String secretId, String value, Instant shownFrom) {}

    /** @param random makes the lag of each version */
    Workload(String clientId, String namespace, String secret, Random random) {
        this.clientId = clientId;
        this.namespace = namespace;
        this.secret = secret;
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

    /** The API server has this version of the Secret now. The first version is mounted at once, because the workload starts with it. */
    void stores(Secret live, Instant now) {
        String value = decoded(live.getData().get("client-secret"));
        String id = Optional.ofNullable(live.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Marks.CLIENT_SECRET_ID))
                .orElse("");
        if (stored != null && stored.value.equals(value)) {
            return;
        }
        Duration lag = stored == null ? Duration.ZERO : nextLag();
        stored = new Version(id, value, now.plus(lag));
        coming.addLast(stored);
        carriesSince = now;
        longestLag = lag.compareTo(longestLag) > 0 ? lag : longestLag;
    }

    /** The id of the client secret that the API server had last; empty for the original. */
    String storedId() {
        return stored == null ? "" : stored.secretId;
    }

    boolean hasStarted() {
        return stored != null;
    }

    /** Since when the API server has the last value. */
    Instant carriesSince() {
        return carriesSince;
    }

    /** The value that the files show. */
    String mountedValue(Instant now) {
        while (!coming.isEmpty() && isShown(coming, now)) {
            mounted = coming.removeFirst();
        }
        return mounted == null ? "" : mounted.value;
    }

    /** Shows each later version exactly this long after it was stored. */
    void lagsBy(Duration time) {
        fixedLag = time;
    }

    Duration longestLag() {
        return longestLag;
    }

    private Duration nextLag() {
        return fixedLag == null ? Duration.ofMillis(random.nextInt((int) LONGEST_LAG.toMillis() + 1)) : fixedLag;
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
