package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.model.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Delays of the retries of a claim whose Secret is another writer's. The operator does not see that Secret go. All entries may be lost.
 */
final class ClaimBackOff {

    private static final List<Duration> DELAYS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(5));

    private final Map<String, Integer> conflicts = new ConcurrentHashMap<>();

    /** The delay after this outcome of a pass; null if another schedule applies. */
    @Nullable
    Duration after(String uid, Reason reason) {
        if (reason != Reason.SECRET_CONFLICT) {
            conflicts.remove(uid);
            return null;
        }
        int inARow = conflicts.merge(uid, 1, (known, one) -> Math.min(known + one, DELAYS.size()));
        return DELAYS.get(inARow - 1);
    }

    void forget(String uid) {
        conflicts.remove(uid);
    }

    int size() {
        return conflicts.size();
    }
}
