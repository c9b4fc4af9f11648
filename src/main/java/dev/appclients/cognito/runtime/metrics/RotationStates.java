package dev.appclients.cognito.runtime.metrics;

import dev.appclients.cognito.api.v1beta1.RotationStatus;
import dev.appclients.cognito.api.v1beta1.SecretStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rotations of client secrets by phase and problem, and the ages of the secrets by user pool. Other writers can write a status,
 * so an unknown phase is not counted, and an unknown reason becomes {@code Other}.
 */
final class RotationStates {

    /** Upper bounds of the ages, in days. */
    static final List<Double> DAYS = List.of(1.0, 7.0, 30.0, 60.0, 90.0, 180.0, 365.0, 730.0);

    private static final String OVERLAP = "Overlap";
    private static final List<String> PENDING = List.of("Staged", OVERLAP, "Blocked");

    /** Between the id of the client and the second at which Cognito added its secret. */
    private static final String BEFORE_SECOND = "--";

    /** The last second of the year 9999. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final Instant now;
    private final Map<String, Double> oldest = new LinkedHashMap<>();
    private final Map<String, Integer> blocked = new HashMap<>();
    private final Map<String, Ages> ages = new HashMap<>();
    private double overdue;
    private int lagging;

    RotationStates(Instant now) {
        this.now = now;
        PENDING.forEach(phase -> oldest.put(phase, 0.0));
    }

    /**
     * Adds one client. A paused client is not rotated, so only the age of its secret counts.
     *
     * @param poolId the user pool's id in Cognito; null if it is not known
     */
    void add(UserPoolClient client, @Nullable String poolId) {
        UserPoolClientStatus status = client.getStatus();
        if (status == null) {
            return;
        }
        if (!Annotations.isPaused(client)) {
            addPhase(status.rotation());
            addProblem(status.conditions());
        }
        Instant since = poolId == null ? null : addedAt(client, status.secret());
        if (since != null) {
            ages.computeIfAbsent(poolId, first -> new Ages()).add(Duration.between(since, now));
        }
    }

    private void addPhase(@Nullable RotationStatus rotation) {
        if (rotation == null || !oldest.containsKey(rotation.phase())) {
            return;
        }
        oldest.merge(rotation.phase(), age(rotation.since()), Math::max);
        if (rotation.phase().equals(OVERLAP)) {
            overdue = Math.max(overdue, age(rotation.nextAt()));
        }
    }

    private void addProblem(@Nullable List<Condition> conditions) {
        for (Condition condition : conditions == null ? List.<Condition>of() : conditions) {
            if (Conditions.ROTATION_PENDING.equals(condition.getType()) && "True".equals(condition.getStatus())) {
                String reason = ObjectStates.known(condition.getReason());
                if (reason.equals(Reason.COPIES_LAGGING.text())) {
                    lagging++;
                } else if (!reason.equals(Reason.ROTATING.text())) {
                    blocked.merge(reason, 1, Integer::sum);
                }
            }
        }
    }

    /** The values of all metrics of rotations. */
    List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        oldest.forEach((phase, age) -> samples.add(Sample.of(OperatorMetric.ROTATIONS_OLDEST, age, phase)));
        blocked.forEach((reason, count) -> samples.add(Sample.of(OperatorMetric.ROTATIONS_BLOCKED, count, reason)));
        samples.add(Sample.of(OperatorMetric.ROTATIONS_OVERDUE, overdue));
        samples.add(Sample.of(OperatorMetric.ROTATIONS_LAGGING, lagging));
        ages.forEach((pool, found) -> samples.addAll(found.samples(pool)));
        return samples;
    }

    /** When Cognito added the published secret. An original without an id is as old as the object, if the operator created the client. */
    private static @Nullable Instant addedAt(UserPoolClient client, @Nullable SecretStatus secret) {
        if (secret == null || secret.source() == null) {
            return null;
        }
        if (secret.secretId() != null) {
            return addedAt(secret.secretId());
        }
        boolean isAdopted = client.getSpec().adopt() != null;
        return isAdopted || !"Original".equals(secret.source())
                ? null
                : time(client.getMetadata().getCreationTimestamp());
    }

    private static @Nullable Instant addedAt(String secretId) {
        int start = secretId.lastIndexOf(BEFORE_SECOND);
        // A further secret of the same second may have a suffix after another hyphen.
        String second = start < 0
                ? ""
                : secretId.substring(start + BEFORE_SECOND.length()).split("-", 2)[0];
        try {
            long seconds = Long.parseLong(second);
            return seconds < 0 || seconds > LAST_SECOND ? null : Instant.ofEpochSecond(seconds);
        } catch (NumberFormatException unknown) {
            return null;
        }
    }

    /** In seconds; 0 for a time in the future, and without a readable one. */
    private double age(@Nullable String since) {
        Instant start = time(since);
        return start == null ? 0 : Math.max(0, Duration.between(start, now).toSeconds());
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    /** A histogram of the ages in one user pool. */
    private static final class Ages {

        private final int[] upTo = new int[DAYS.size()];
        private int count;
        private double sum;

        void add(Duration age) {
            double days =
                    Math.max(0, age.toSeconds()) / (double) Duration.ofDays(1).toSeconds();
            count++;
            sum += days;
            for (int i = 0; i < DAYS.size(); i++) {
                upTo[i] += days <= DAYS.get(i) ? 1 : 0;
            }
        }

        List<Sample> samples(String pool) {
            return Sample.histogram(
                    OperatorMetric.SECRET_AGE,
                    DAYS,
                    Arrays.stream(upTo).asDoubleStream().toArray(),
                    count,
                    sum,
                    pool);
        }
    }
}
