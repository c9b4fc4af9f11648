package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;
import dev.appclients.cognito.failure.FailureKind.Pace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Remembers each object whose status was not written: the failures in a row, for the back-off, and the version whose transitions were
 * announced last. The status on the API server proves neither, because a failed write may have taken effect.
 */
public final class UnwrittenStatuses<T extends HasMetadata> {

    private final Map<String, Entry<T>> entries = new ConcurrentHashMap<>();
    private final RandomGenerator random;

    public UnwrittenStatuses(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Counts a failed write.
     *
     * @param before the object as the reconciliation began with it
     * @return when to retry: at once after the first conflict, otherwise with back-off up to a minute
     */
    public Duration failed(T before, NotWritten why) {
        Entry<T> entry = entries.merge(
                before.getMetadata().getUid(),
                new Entry<>(before, 1),
                (known, first) -> new Entry<>(known.announced, known.inARow + 1));
        int backOffs = why == NotWritten.CONFLICT ? entry.inARow - 1 : entry.inARow;
        return backOffs == 0 ? Duration.ofMillis(1) : Pace.SOON.delay(backOffs, random);
    }

    /**
     * Forgets the failures, because the status is written now.
     *
     * @return the object whose transitions were announced last, from before the first failure; empty if no write failed
     */
    public Optional<T> written(T resource) {
        return Optional.ofNullable(entries.remove(resource.getMetadata().getUid()))
                .map(Entry::announced);
    }

    public int size() {
        return entries.size();
    }

    public void forget(String uid) {
        entries.remove(uid);
    }

    private record Entry<T>(T announced, int inARow) {}
}
