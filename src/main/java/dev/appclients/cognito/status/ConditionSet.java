package dev.appclients.cognito.status;

import dev.appclients.cognito.model.Excerpt;
import dev.appclients.cognito.model.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Builds a list of conditions: sets the observed generation, and keeps the transition time while a status does not change. */
final class ConditionSet {

    /** The API server's bound on a condition's message, in characters. */
    private static final int MAX_MESSAGE = 32_768;

    /** Control characters, and the line and paragraph separators of Unicode. */
    private static final Pattern LINE_BREAKING = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

    private final Map<String, Condition> previous = new LinkedHashMap<>();
    private final List<Condition> next = new ArrayList<>();
    private final long generation;
    private final String now;

    ConditionSet(@Nullable List<Condition> previous, long generation, Instant now) {
        if (previous != null) {
            previous.forEach(condition -> this.previous.put(condition.getType(), condition));
        }
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    ConditionSet isTrue(String type, Reason reason, String message) {
        return set(type, "True", reason, message);
    }

    ConditionSet isFalse(String type, Reason reason, String message) {
        return set(type, "False", reason, message);
    }

    ConditionSet isUnknown(String type, Reason reason, String message) {
        return set(type, "Unknown", reason, message);
    }

    /** Keeps the previous condition with its generation; Unknown if there was none. */
    ConditionSet unchanged(String type) {
        Condition former = previous.get(type);
        if (former == null) {
            return isUnknown(type, Reason.PENDING, "Not checked yet");
        }
        next.add(former);
        return this;
    }

    /** Keeps the previous condition with its generation; absent if there was none. */
    ConditionSet keep(String type) {
        Condition former = previous.get(type);
        if (former != null) {
            next.add(former);
        }
        return this;
    }

    List<Condition> build() {
        return List.copyOf(next);
    }

    private ConditionSet set(String type, String status, Reason reason, String message) {
        Condition former = previous.get(type);
        String since = former != null && status.equals(former.getStatus()) ? former.getLastTransitionTime() : now;
        next.add(new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason.text())
                .withMessage(Excerpt.of(onOneLine(message), MAX_MESSAGE))
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build());
        return this;
    }

    /** Appends a suffix, and cuts the message so that the suffix fits the bound. */
    static String withRoomFor(String suffix, String message) {
        return Excerpt.of(message, Math.max(1, MAX_MESSAGE - suffix.length())) + suffix;
    }

    /** Messages contain foreign names and answers, and the log contains messages: a line break would forge a log line. */
    private static String onOneLine(String message) {
        return LINE_BREAKING.matcher(message).replaceAll(" ");
    }
}
