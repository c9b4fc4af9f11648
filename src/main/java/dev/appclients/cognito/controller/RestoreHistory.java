package dev.appclients.cognito.controller;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When each client's Secret may be restored, so that the operator does not fight another writer. {@code restoreLimit} restores
 * within {@code restoreWindow} are made at once. From then on each restore waits since the one before it: a tenth of the window
 * first, then twice as long each time, up to the whole window. A restore that lasts for a window longer than its wait ends the
 * fight.
 */
final class RestoreHistory {

    private static final int FIRST_WAIT_OF_WINDOW = 10;

    private final Map<String, Fight> fights = new ConcurrentHashMap<>();
    private final OperatorSettings settings;
    private final InstantSource clock;

    RestoreHistory(OperatorSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What a restore has to wait for.
     *
     * @param until when it may be made
     * @param left how long that is from now; above zero
     */
    record Wait(Instant until, Duration left) {}

    /** The wait before the next restore; null when it may be made now. */
    @Nullable
    Wait beforeNext(String uid) {
        Instant now = clock.instant();
        Fight fight = fights.computeIfPresent(uid, (id, known) -> known.at(now, settings));
        Instant until = fight == null ? null : fight.notBefore(now, settings);
        return until == null || !until.isAfter(now) ? null : new Wait(until, Duration.between(now, until));
    }

    /** Counts a restore that was made; one that a person asked for before its time does not lengthen the wait. */
    void restored(String uid) {
        Instant now = clock.instant();
        fights.values().removeIf(fight -> fight.at(now, settings) == null);
        fights.merge(uid, new Fight(List.of(now), 0), (known, first) -> known.restored(now, settings));
    }

    int size() {
        return fights.size();
    }

    void forget(String uid) {
        fights.remove(uid);
    }

    /**
     * The restores of one Secret.
     *
     * @param restores those within the window, oldest first; never empty
     * @param waits how many restores were made after a wait
     */
    private record Fight(List<Instant> restores, int waits) {

        /** What is left of it at this time; null when it is over. */
        @Nullable
        Fight at(Instant now, OperatorSettings settings) {
            Instant last = restores.getLast();
            // A restore in the future is one from before the clock was set back: its age is not known.
            boolean over = last.isAfter(now)
                    || now.isAfter(last.plus(settings.restoreWindow()).plus(wait(settings)));
            return over ? null : this;
        }

        /** When the next restore may be made; null when it need not wait. */
        @Nullable
        Instant notBefore(Instant now, OperatorSettings settings) {
            boolean contested = waits > 0 || recent(now, settings).size() >= settings.restoreLimit();
            return contested ? restores.getLast().plus(wait(settings)) : null;
        }

        Fight restored(Instant now, OperatorSettings settings) {
            Instant due = notBefore(now, settings);
            boolean waited = due != null && !due.isAfter(now);
            List<Instant> all = Stream.concat(recent(now, settings).stream(), Stream.of(now))
                    .toList();
            return new Fight(all, waited ? waits + 1 : waits);
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
