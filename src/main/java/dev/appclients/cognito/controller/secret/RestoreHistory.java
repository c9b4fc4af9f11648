package dev.appclients.cognito.controller.secret;

import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Limits how often an owner's Secret is restored after changes by another writer. The first {@code restoreLimit} restores within
 * {@code restoreWindow} are due at once. Each later one waits after the one before it: a tenth of the window first, then twice as
 * long each time, up to the whole window. The contention ends when a restore lasts for a window longer than its wait.
 */
public final class RestoreHistory {

    private static final int FIRST_WAIT_OF_WINDOW = 10;

    private final Map<String, Contention> contentions = new ConcurrentHashMap<>();
    private final OperatorSettings settings;
    private final InstantSource clock;

    public RestoreHistory(OperatorSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A restore has to wait.
     *
     * @param left from now; above zero
     */
    public record Wait(Instant until, Duration left) {}

    /** The wait before the owner's next restore; null if it is due. */
    public @Nullable Wait beforeNext(String uid) {
        Instant now = clock.instant();
        Contention contention = contentions.computeIfPresent(uid, (id, known) -> known.at(now, settings));
        Instant until = contention == null ? null : contention.notBefore(now, settings);
        return until == null || !until.isAfter(now) ? null : new Wait(until, Duration.between(now, until));
    }

    /** Counts a restore. One before it was due, on request of the user, does not lengthen the wait. */
    public void restored(String uid) {
        Instant now = clock.instant();
        contentions.values().removeIf(contention -> contention.at(now, settings) == null);
        contentions.merge(uid, new Contention(List.of(now), 0), (known, first) -> known.restored(now, settings));
    }

    public int size() {
        return contentions.size();
    }

    public void forget(String uid) {
        contentions.remove(uid);
    }

    /** Forgets every owner whose key begins with this prefix. */
    public void forgetAll(String prefix) {
        contentions.keySet().removeIf(uid -> uid.startsWith(prefix));
    }

    /**
     * The restores for one owner.
     *
     * @param restores those within the window, oldest first; never empty
     * @param waits the number of restores that were made after a wait
     */
    private record Contention(List<Instant> restores, int waits) {

        /** Null if the contention is over at this time. */
        @Nullable
        Contention at(Instant now, OperatorSettings settings) {
            Instant last = restores.getLast();
            // The clock was set back, so the age of the restore is unknown.
            boolean over = last.isAfter(now)
                    || now.isAfter(last.plus(settings.restoreWindow()).plus(wait(settings)));
            return over ? null : this;
        }

        /** The time of the next restore; null if it need not wait. */
        @Nullable
        Instant notBefore(Instant now, OperatorSettings settings) {
            boolean contested = waits > 0 || recent(now, settings).size() >= settings.restoreLimit();
            return contested ? restores.getLast().plus(wait(settings)) : null;
        }

        Contention restored(Instant now, OperatorSettings settings) {
            Instant due = notBefore(now, settings);
            boolean waited = due != null && !due.isAfter(now);
            List<Instant> all = Stream.concat(recent(now, settings).stream(), Stream.of(now))
                    .toList();
            return new Contention(all, waited ? waits + 1 : waits);
        }

        private List<Instant> recent(Instant now, OperatorSettings settings) {
            Instant windowBegan = now.minus(settings.restoreWindow());
            return restores.stream()
                    .filter(restore -> !restore.isBefore(windowBegan))
                    .toList();
        }

        private Duration wait(OperatorSettings settings) {
            Duration wait = settings.restoreWindow().dividedBy(FIRST_WAIT_OF_WINDOW);
            for (int i = 0; i < waits && wait.compareTo(settings.restoreWindow()) < 0; i++) {
                wait = wait.multipliedBy(2);
            }
            return wait.compareTo(settings.restoreWindow()) < 0 ? wait : settings.restoreWindow();
        }
    }
}
