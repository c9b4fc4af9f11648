package dev.appclients.cognito.status;

import dev.appclients.cognito.model.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The condition types of the operator, and the search for a condition by its type. */
public final class Conditions {

    /** The summary of all other conditions. */
    public static final String READY = "Ready";
    /** Present only while the operator works or retries. */
    public static final String RECONCILING = "Reconciling";
    /** Present only while a user must act. */
    public static final String STALLED = "Stalled";
    /** Present only on an observed client. */
    public static final String DRIFTED = "Drifted";

    /** Present only while a rotation of the secret is under way or cannot go on. Ready does not depend on it. */
    public static final String ROTATION_PENDING = "RotationPending";

    static final String LOGIN_PAGE = "LoginPage";
    static final String IN_USE = "InUse";

    private static final Set<String> OWN = Stream.concat(
                    Stream.of(READY, RECONCILING, STALLED, DRIFTED, ROTATION_PENDING, LOGIN_PAGE, IN_USE),
                    Stream.of(Step.values()).map(Step::condition))
            .collect(Collectors.toUnmodifiableSet());

    private Conditions() {}

    /** The condition of this type; empty if there is none. */
    public static Optional<Condition> find(@Nullable List<Condition> conditions, String type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    /** Whether there is a condition of this type with the status True. */
    public static boolean isTrue(@Nullable List<Condition> conditions, String type) {
        return find(conditions, type)
                .filter(condition -> "True".equals(condition.getStatus()))
                .isPresent();
    }

    /** Whether there is a condition of this type with this reason. */
    public static boolean hasReason(@Nullable List<Condition> conditions, String type, Reason reason) {
        return find(conditions, type)
                .filter(condition -> reason.text().equals(condition.getReason()))
                .isPresent();
    }

    /** The types that the operator never writes. */
    public static List<String> foreignTypes(@Nullable List<Condition> conditions) {
        return conditions == null
                ? List.of()
                : conditions.stream()
                        .map(Condition::getType)
                        .filter(type -> !OWN.contains(type))
                        .toList();
    }
}
