package dev.appclients.cognito.status;

import dev.appclients.cognito.api.v1beta1.Binding;
import dev.appclients.cognito.api.v1beta1.DriftedField;
import dev.appclients.cognito.api.v1beta1.PendingCreate;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.model.Excerpt;
import dev.appclients.cognito.model.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what a pass has come to into the status of a UserPoolClient. */
public final class ClientStatus {

    private static final String READY = "Ready";
    private static final String RECONCILING = "Reconciling";
    private static final String STALLED = "Stalled";
    private static final String DRIFTED = "Drifted";
    private static final String LOGIN_PAGE = "LoginPage";

    /** Reasons that tell of no create that failed. */
    private static final Set<String> NOT_OF_A_CREATE = Stream.of(
                    Reason.PENDING, Reason.CREATING, Reason.CLIENT_LOST, Reason.NOT_OURS, Reason.ALREADY_OWNED)
            .map(Reason::text)
            .collect(Collectors.toUnmodifiableSet());

    private ClientStatus() {}

    /**
     * The new status: equal to the previous one when nothing changed, so that nothing needs to be written.
     *
     * @param previous the status as it was read
     * @param report what the pass has come to
     * @param now the time of every transition that this makes
     */
    public static UserPoolClientStatus compose(
            @Nullable UserPoolClientStatus previous, PassReport report, Instant now) {
        return status(report, conditions(previous == null ? null : previous.conditions(), report, now));
    }

    /**
     * The status right before a create, which must say so in case nothing is heard of it. Where a create of the same manifest has
     * failed before, the conditions go on telling why: a retry is no news, and they would flap with each.
     *
     * @param previous the status as it was read
     * @param report of a pass that is about to create
     * @param now the time of every transition that this makes
     */
    public static UserPoolClientStatus creating(
            @Nullable UserPoolClientStatus previous, PassReport report, Instant now) {
        return previous == null || !tellsOfFailure(previous, report.generation())
                ? compose(previous, report, now)
                : status(report, previous.conditions());
    }

    /**
     * The status after a pass that a conflict broke off, which the next pass repeats at once: what was learned, beside the
     * conclusions of the pass before. Equal to the previous status when nothing was learned.
     *
     * @param previous the status as it was read
     * @param learned what the pass knows at its end
     */
    public static UserPoolClientStatus brokenOff(@Nullable UserPoolClientStatus previous, Learned learned) {
        return status(
                previous == null ? null : previous.observedGeneration(),
                learned,
                previous == null ? null : previous.conditions());
    }

    private static UserPoolClientStatus status(PassReport report, @Nullable List<Condition> conditions) {
        return status(report.generation(), report.learned(), conditions);
    }

    private static UserPoolClientStatus status(
            @Nullable Long generation, Learned learned, @Nullable List<Condition> conditions) {
        return new UserPoolClientStatus(
                generation,
                learned.clientId(),
                learned.userPoolARN(),
                learned.pendingCreateSince() == null ? null : new PendingCreate(learned.pendingCreateSince()),
                learned.appliedSettings(),
                learned.unknownSettings().isEmpty() ? null : learned.unknownSettings(),
                learned.issuer(),
                fitting(learned.loginURL()),
                learned.secret() == null ? null : new Binding(learned.secret().name()),
                learned.secret(),
                learned.drift() == null || learned.drift().isEmpty() ? null : learned.drift(),
                learned.lastHandledReconcileAt(),
                conditions);
    }

    /** A login URL that was cut would send people to the wrong place, so one that does not fit is left out. */
    private static @Nullable String fitting(@Nullable String loginURL) {
        return loginURL == null || !Excerpt.fits(loginURL, UserPoolClientStatus.LOGIN_URL_LENGTH) ? null : loginURL;
    }

    private static boolean tellsOfFailure(UserPoolClientStatus status, long generation) {
        List<Condition> conditions = Objects.requireNonNullElse(status.conditions(), List.of());
        Optional<Condition> client = falseOf(conditions, Step.CLIENT.condition(), generation)
                .filter(condition -> !NOT_OF_A_CREATE.contains(condition.getReason()));
        return client.isPresent()
                && falseOf(conditions, READY, generation)
                        .filter(ready -> ready.getReason().equals(client.get().getReason()))
                        .isPresent();
    }

    private static Optional<Condition> falseOf(List<Condition> conditions, String type, long generation) {
        return conditions.stream()
                .filter(condition -> condition.getType().equals(type)
                        && "False".equals(condition.getStatus())
                        && Objects.equals(condition.getObservedGeneration(), generation))
                .findFirst();
    }

    /** The drift that a status tells of: empty when it tells that there is none, null when it tells nothing. */
    public static @Nullable List<DriftedField> drift(UserPoolClientStatus status) {
        boolean told = status.conditions() != null
                && status.conditions().stream()
                        .anyMatch(condition -> condition.getType().equals(DRIFTED));
        return told ? Objects.requireNonNullElse(status.drift(), List.of()) : null;
    }

    private static List<Condition> conditions(@Nullable List<Condition> previous, PassReport report, Instant now) {
        ConditionSet conditions = new ConditionSet(previous, report.generation(), now);
        summary(conditions, report);
        for (Step step : Step.values()) {
            step(conditions, step, report);
        }
        drifted(conditions, report);
        report.loginPage().tell(conditions, LOGIN_PAGE);
        return conditions.build();
    }

    /** Only of an observed client: a managed one is put right. */
    private static void drifted(ConditionSet conditions, PassReport report) {
        List<DriftedField> drift = report.learned().drift();
        if (drift == null) {
            return;
        }
        if (!report.done().contains(Step.CLIENT)) {
            conditions.unchanged(DRIFTED);
            return;
        }
        if (drift.isEmpty()) {
            conditions.isFalse(DRIFTED, Reason.NO_DRIFT, "The app client equals the manifest");
            return;
        }
        conditions.isTrue(
                DRIFTED,
                Reason.DRIFTED,
                "The app client differs from the manifest in "
                        + drift.stream().map(DriftedField::field).collect(Collectors.joining(", "))
                        + ": see status.drift. Nothing is changed, because mode is Observe: correct the manifest, or"
                        + " write mode: Manage");
    }

    /** Ready, and Reconciling or Stalled while they are true: the kstatus conventions. */
    private static void summary(ConditionSet conditions, PassReport report) {
        switch (report.conclusion()) {
            case Conclusion.Synced(String message) ->
                conditions.isTrue(READY, Reason.SYNCED, withWarnings(message, warnings(report)));
            case Conclusion.Paused() ->
                conditions.isFalse(
                        READY,
                        Reason.PAUSED,
                        "Paused: nothing is changed until the annotation cognito.appclients.dev/paused is removed");
            case Conclusion.Waiting(var step, Reason reason, String message) ->
                conditions
                        .isFalse(READY, reason, withWarnings(message, warnings(report)))
                        .isTrue(RECONCILING, reason, message);
            case Conclusion.Refused(var step, Reason reason, String message) ->
                conditions
                        .isFalse(READY, reason, withWarnings(message, warnings(report)))
                        .isTrue(STALLED, reason, message);
            case Conclusion.Deleting(String message) ->
                conditions.isFalse(READY, Reason.DELETING, message).isTrue(RECONCILING, Reason.DELETING, message);
            case Conclusion.DeletionRefused(Reason reason, String message) ->
                conditions.isFalse(READY, reason, message).isTrue(STALLED, reason, message);
            case Conclusion.Unexpected() ->
                conditions
                        .isUnknown(
                                READY, Reason.UNEXPECTED_ERROR, withWarnings(UnexpectedError.MESSAGE, warnings(report)))
                        .isTrue(RECONCILING, Reason.UNEXPECTED_ERROR, UnexpectedError.MESSAGE);
        }
    }

    private static void step(ConditionSet conditions, Step step, PassReport report) {
        if (report.done().contains(step)) {
            conditions.isTrue(step.condition(), doneReason(step), doneMessage(step, report));
            return;
        }
        switch (report.conclusion()) {
            case Conclusion.Waiting(Step at, Reason reason, String message)
            when at == step -> conditions.isFalse(step.condition(), reason, message);
            case Conclusion.Refused(Step at, Reason reason, String message)
            when at == step -> conditions.isFalse(step.condition(), reason, message);
            default -> conditions.unchanged(step.condition());
        }
    }

    private static Reason doneReason(Step step) {
        return step == Step.AUTHORIZATION ? Reason.ALLOWED : Reason.SYNCED;
    }

    private static String doneMessage(Step step, PassReport report) {
        return switch (step) {
            case AUTHORIZATION -> "The ClusterUserPool allows this namespace";
            case CLIENT ->
                report.learned().drift() == null
                        ? "The app client equals the manifest"
                        : "The app client is there, and is only observed";
            case SECRET -> "The Secret is published";
        };
    }

    private static List<String> warnings(PassReport report) {
        List<String> warnings = new ArrayList<>(report.warnings());
        List<String> unknown = report.learned().unknownSettings();
        if (!unknown.isEmpty()) {
            warnings.add(UnknownSettings.warning(unknown));
        }
        return warnings;
    }

    /** Each warning is a sentence or two of its own; all of them fit, whatever the length of the message. */
    private static String withWarnings(String message, List<String> warnings) {
        if (warnings.isEmpty()) {
            return message;
        }
        String told = warnings.stream().map(warning -> ". Warning: " + warning).collect(Collectors.joining());
        return ConditionSet.withRoomFor(told, withoutFullStop(message));
    }

    private static String withoutFullStop(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
