package dev.appclients.cognito.runtime.metrics;

import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts the objects of one kind by state. Other writers can write a status, so unknown words become one value of the label. */
final class ObjectStates {

    /** The value of the label for a reason that the operator does not know. */
    static final String OTHER = "Other";

    private static final Set<String> REASONS =
            Stream.of(Reason.values()).map(Reason::text).collect(Collectors.toUnmodifiableSet());

    private static final Set<String> STATUSES = Set.of("True", "False");
    private static final String UNKNOWN = "Unknown";

    /** The length of a time in seconds and UTC, such as 2026-11-28T20:54:28Z. Such times sort as text. */
    private static final int LENGTH_OF_TIME = 20;

    private final String kind;
    private final Map<State, Group> groups = new HashMap<>();
    private int terminating;
    private int paused;
    private @Nullable String oldestDeletion;

    ObjectStates(String kind) {
        this.kind = kind;
    }

    /** Adds one object. Without streams: a scrape adds every object. */
    void add(ObjectMeta metadata, boolean isPaused, @Nullable List<Condition> conditions) {
        Condition ready = null;
        boolean stalled = false;
        for (Condition condition : conditions == null ? List.<Condition>of() : conditions) {
            if (Conditions.READY.equals(condition.getType())) {
                ready = condition;
            } else if (Conditions.STALLED.equals(condition.getType())) {
                stalled = "True".equals(condition.getStatus());
            }
        }
        State state = ready == null ? new State(UNKNOWN, Reason.PENDING.text(), stalled) : state(ready, stalled);
        groups.computeIfAbsent(state, first -> new Group())
                .add(ready == null ? metadata.getCreationTimestamp() : ready.getLastTransitionTime());
        if (metadata.getDeletionTimestamp() != null) {
            terminating++;
            oldestDeletion = older(oldestDeletion, metadata.getDeletionTimestamp());
        }
        paused += isPaused ? 1 : 0;
    }

    private static State state(Condition ready, boolean stalled) {
        String status = Objects.requireNonNullElse(ready.getStatus(), UNKNOWN);
        return new State(STATUSES.contains(status) ? status : UNKNOWN, known(ready.getReason()), stalled);
    }

    /** The reason, or {@link #OTHER} if the operator does not know it. */
    static String known(@Nullable String reason) {
        return reason != null && REASONS.contains(reason) ? reason : OTHER;
    }

    /** The values of all metrics of this kind. */
    List<Sample> samples(Instant now) {
        List<Sample> samples = new ArrayList<>();
        groups.forEach((state, group) -> {
            String[] labels = {kind, state.ready(), state.reason(), Boolean.toString(state.stalled())};
            samples.add(Sample.of(OperatorMetric.OBJECTS, group.count, labels));
            if (!state.ready().equals("True")) {
                samples.add(Sample.of(OperatorMetric.NOT_READY_LONGEST, age(group.oldest, now), labels));
            }
        });
        samples.add(Sample.of(OperatorMetric.TERMINATING, terminating, kind));
        samples.add(Sample.of(OperatorMetric.TERMINATING_LONGEST, age(oldestDeletion, now), kind));
        samples.add(Sample.of(OperatorMetric.PAUSED, paused, kind));
        return samples;
    }

    /** In seconds; 0 without a time, and for a time that another writer made unreadable. */
    private static double age(@Nullable String since, Instant now) {
        try {
            return since == null
                    ? 0
                    : (double) Math.max(
                            0, Duration.between(Instant.parse(since), now).toSeconds());
        } catch (DateTimeParseException unreadable) {
            return 0;
        }
    }

    private static @Nullable String older(@Nullable String known, @Nullable String time) {
        if (time == null || time.length() != LENGTH_OF_TIME) {
            return known;
        }
        return known == null || time.compareTo(known) < 0 ? time : known;
    }

    private record State(String ready, String reason, boolean stalled) {}

    private static final class Group {

        private int count;
        private @Nullable String oldest;

        void add(@Nullable String since) {
            count++;
            oldest = older(oldest, since);
        }
    }
}
