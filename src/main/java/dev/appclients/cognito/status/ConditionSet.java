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

/**
 * Conditions in the making: the one place that stamps the observed generation and keeps the time of the last transition
 * while a status does not change.
 */
final class ConditionSet {

    /** The API server's own bound on a condition's message. */
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

    /** What was said before still holds, of the generation that it was said of; unknown if nothing was said. */
    ConditionSet unchanged(String type) {
        Condition former = previous.get(type);
        if (former == null) {
            return isUnknown(type, Reason.PENDING, "Not looked at yet");
        }
        next.add(former);
        return this;
    }

    /** What was said before still holds, of the generation that it was said of; absent if nothing was said. */
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

    /** A message and the text that must stand behind it: the message is cut first, so that the text fits the bound. */
    static String withRoomFor(String rest, String message) {
        return Excerpt.of(message, Math.max(1, MAX_MESSAGE - rest.length())) + rest;
    }

    /** Names and answers from elsewhere stand in messages, and messages in logs: a line break in one would forge a line. */
    private static String onOneLine(String message) {
        return LINE_BREAKING.matcher(message).replaceAll(" ");
    }
}
