package dev.appclients.cognito.rotation;

import dev.appclients.cognito.api.v1beta1.RotationSpec;
import dev.appclients.cognito.model.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The times of {@code spec.rotation} with the defaults filled in. Every decision reads them again.
 *
 * @param every the age at which a secret is replaced; null: only on request or by need
 * @param overlap how long the previous secret stays valid after the last counted copy has the new one
 * @param maxOverlap how long the previous secret stays valid at most, after the new one was added
 */
public record RotationPolicy(@Nullable Duration every, Duration overlap, Duration maxOverlap) {

    /** The times of a client without {@code spec.rotation}. A rotation that has begun ends with them. */
    public static final RotationPolicy DEFAULT = new RotationPolicy(null, Duration.ofDays(7), Duration.ofDays(14));

    /** How many times in {@code every} the operator compares the age of the secret. */
    private static final int TICKS = 10;

    /** The policy of a manifest; null for a manifest without {@code spec.rotation}. */
    public static RotationPolicy of(@Nullable RotationSpec spec) {
        return spec == null
                ? DEFAULT
                : new RotationPolicy(
                        spec.every() == null ? null : Durations.parse(spec.every()),
                        Durations.parseOr(spec.overlap(), DEFAULT.overlap),
                        Durations.parseOr(spec.maxOverlap(), DEFAULT.maxOverlap));
    }

    /** The interval between two comparisons of the secret's age; null without a schedule. */
    public @Nullable Duration tick() {
        return every == null ? null : every.dividedBy(TICKS);
    }
}
