package dev.appclients.cognito.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Cognito with one client, and the API server with its record, its Secret and three copies. Both fail at random. */
final class RotationModel {

    static final RotationPolicy POLICY = new RotationPolicy(null, Duration.ofMinutes(10), Duration.ofHours(1));

    /** A list may be this old. */
    private static final int LATE = 50;

    /** A call that the operator gave up may take effect this long after it began. It begins up to 30 s after its listing. */
    private static final int LATE_CALL = 25;

    final Random random;
    final Map<String, Instant> live = new TreeMap<>();
    final List<String> deleted = new ArrayList<>();
    final Set<String> foreign = new HashSet<>();
    Instant now = Instant.parse("2026-12-01T00:00:00Z");
    boolean isCalm;
    int adds;

    @Nullable
    RotationRecord stored;

    int version = 1;
    PublishedSecretId published = PublishedSecretId.ORIGINAL;
    String publishedId = "A";
    int publishedVersion = 1;
    final List<String> copies = new ArrayList<>(List.of("A", "A", "A"));
    String request = "none";

    private final Map<Instant, Map<String, Instant>> history = new TreeMap<>();
    private final List<Instant> lateAdds = new ArrayList<>();
    private int made;

    RotationModel(Random random) {
        this.random = random;
        live.put("A", now.minus(Duration.ofDays(9)));
        changed();
    }

    boolean chance(int percent) {
        return !isCalm && random.nextInt(100) < percent;
    }

    void pass(int seconds) {
        now = now.plusSeconds(seconds);
        lateAdds.removeIf(at -> {
            if (at.isAfter(now)) {
                return false;
            }
            commitAdd(at);
            return true;
        });
    }

    // Cognito

    SecretListing list() {
        Map<String, Instant> shown = live;
        if (chance(20)) {
            Instant from = now.minusSeconds(random.nextInt(LATE));
            for (Map.Entry<Instant, Map<String, Instant>> earlier : history.entrySet()) {
                shown = earlier.getKey().isAfter(from) ? shown : earlier.getValue();
            }
        }
        return new SecretListing(
                shown.entrySet().stream()
                        .map(secret -> new SecretId(secret.getKey(), secret.getValue()))
                        .toList(),
                now);
    }

    /** Adds a secret. */
    SecretId add() {
        adds++;
        if (chance(10)) {
            throw new Unknown();
        }
        if (chance(5)) {
            lateAdds.add(now.plusSeconds(random.nextInt(LATE_CALL)));
            throw new Unknown();
        }
        if (chance(5)) {
            throw new Refused();
        }
        SecretId added = commitAdd(now);
        if (added == null || chance(10)) {
            throw new Unknown();
        }
        return added;
    }

    private @Nullable SecretId commitAdd(Instant at) {
        if (live.size() == 2) {
            return null;
        }
        SecretId secret = new SecretId("S" + ++made, at);
        live.put(secret.id(), at);
        history.put(at, new HashMap<>(live));
        return secret;
    }

    /** Deletes a secret, also one that is gone. */
    void delete(String id) {
        if (chance(10)) {
            throw new Unknown();
        }
        if (live.containsKey(id) && live.size() == 1) {
            throw new Unknown();
        }
        if (live.remove(id) != null) {
            deleted.add(id);
            changed();
        }
        if (chance(10)) {
            throw new Unknown();
        }
    }

    void foreignAdds() {
        SecretId added = commitAdd(now);
        if (added != null) {
            foreign.add(added.id());
        }
    }

    void foreignDeletes() {
        List<String> ids = new ArrayList<>(live.keySet());
        if (ids.size() == 2) {
            live.remove(ids.get(random.nextInt(2)));
            changed();
        }
    }

    private void changed() {
        history.put(now, new HashMap<>(live));
    }

    // The API server

    /** Writes the record, if it is at this version. */
    int write(int expected, RotationRecord rotation) {
        if (chance(5)) {
            throw new Unknown();
        }
        if (expected != version) {
            throw new Conflict();
        }
        stored = rotation;
        version++;
        if (chance(5)) {
            throw new Unknown();
        }
        return version;
    }

    void loseRecord() {
        stored = null;
        version++;
    }

    void publish(int expected, PublishedSecretId secret, String id) {
        if (expected != publishedVersion) {
            throw new Conflict();
        }
        published = secret;
        publishedId = id;
        publishedVersion++;
    }

    void copyFollows() {
        copies.set(random.nextInt(copies.size()), publishedId);
    }

    long carrying(String id) {
        return copies.stream().filter(id::equals).count();
    }

    boolean isCarried(String id) {
        return publishedId.equals(id) || copies.contains(id);
    }

    /** The newest secret that the record knows. */
    @Nullable
    String current() {
        return stored == null || stored.current() == null ? null : stored.currentId();
    }

    /** A person deletes the secrets that neither the record nor a Secret knows. */
    void personCleansUp() {
        List<String> unknown = live.keySet().stream()
                .filter(id -> !isCarried(id) && !id.equals(current()))
                .sorted(Comparator.reverseOrder())
                .toList();
        for (String id : unknown) {
            if (live.size() == 2) {
                live.remove(id);
            }
        }
        changed();
    }

    void assertMayBeDeleted(String id, boolean isLate) {
        assertThat(id).as("the published secret").isNotEqualTo(publishedId);
        if (!isLate) {
            assertThat(copies).as("a secret that a copy carries").doesNotContain(id);
        }
    }

    /** The outcome is not known. */
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Cognito refused the call. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Another version is stored. */
    static final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
