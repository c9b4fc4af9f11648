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

/** Composes the status of a UserPoolClient from the report of a reconciliation. */
public final class ClientStatus {

    /** Reasons of ClientSynced that do not mean a failed create. */
    private static final Set<String> NO_FAILED_CREATE = Stream.of(
                    Reason.PENDING, Reason.CREATING, Reason.CLIENT_LOST, Reason.NOT_OURS, Reason.ALREADY_OWNED)
            .map(Reason::text)
            .collect(Collectors.toUnmodifiableSet());

    private ClientStatus() {}

    /**
     * Composes the new status. It equals the previous one if nothing changed, and then needs no write.
     *
     * @param previous the status as it was read
     * @param now the time of every transition in the new status
     */
    public static UserPoolClientStatus compose(
            @Nullable UserPoolClientStatus previous, StatusReport report, Instant now) {
        return status(report, conditions(previous == null ? null : previous.conditions(), report, now));
    }

    /**
     * Composes the status right before a create; it records the create in case its answer is lost. If a create of the same manifest
     * failed before, the conditions keep the failure, because they would flap with each retry.
     *
     * @param previous the status as it was read
     * @param now the time of every transition in the new status
     */
    public static UserPoolClientStatus creating(
            @Nullable UserPoolClientStatus previous, StatusReport report, Instant now) {
        return previous == null || !showsFailedCreate(previous, report.generation())
                ? compose(previous, report, now)
                : status(report, previous.conditions());
    }

    /**
     * Composes the status after a reconciliation that a conflict ended: its new fields and the previous conditions. Equals the previous
     * status if no field changed.
     *
     * @param previous the status as it was read
     * @param fields the fields at the end
     */
    public static UserPoolClientStatus brokenOff(@Nullable UserPoolClientStatus previous, StatusFields fields) {
        return status(
                previous == null ? null : previous.observedGeneration(),
                fields,
                previous == null ? null : previous.conditions());
    }

    private static UserPoolClientStatus status(StatusReport report, @Nullable List<Condition> conditions) {
        return status(report.generation(), report.fields(), conditions);
    }

    private static UserPoolClientStatus status(
            @Nullable Long generation, StatusFields fields, @Nullable List<Condition> conditions) {
        RecordedClient client = fields.client();
        return new UserPoolClientStatus(
                generation,
                client.clientId(),
                client.userPoolARN(),
                client.pendingCreateSince() == null
                        ? null
                        : new PendingCreate(client.pendingCreateSince().toString()),
                client.appliedSettings(),
                client.unknownSettings().isEmpty() ? null : client.unknownSettings(),
                fields.endpoints().issuer(),
                fitting(fields.endpoints().loginURL()),
                fields.secret() == null ? null : new Binding(fields.secret().name()),
                fields.secret(),
                fields.copies(),
                fields.rotation(),
                fields.drift() == null || fields.drift().isEmpty() ? null : fields.drift(),
                fields.lastHandledReconcileAt(),
                fields.lastHandledRotateAt(),
                conditions);
    }

    /** A truncated login URL would lead to a wrong page, so one that does not fit is left out. */
    private static @Nullable String fitting(@Nullable String loginURL) {
        return loginURL == null || !Excerpt.fits(loginURL, UserPoolClientStatus.LOGIN_URL_LENGTH) ? null : loginURL;
    }

    private static boolean showsFailedCreate(UserPoolClientStatus status, long generation) {
        Optional<Condition> client = falseOf(status.conditions(), Step.CLIENT.condition(), generation)
                .filter(condition -> !NO_FAILED_CREATE.contains(condition.getReason()));
        return client.isPresent()
                && falseOf(status.conditions(), Conditions.READY, generation)
                        .filter(ready -> ready.getReason().equals(client.get().getReason()))
                        .isPresent();
    }

    private static Optional<Condition> falseOf(@Nullable List<Condition> conditions, String type, long generation) {
        return Conditions.find(conditions, type)
                .filter(condition -> "False".equals(condition.getStatus())
                        && Objects.equals(condition.getObservedGeneration(), generation));
    }

    private static List<Condition> conditions(@Nullable List<Condition> previous, StatusReport report, Instant now) {
        ConditionSet conditions = new ConditionSet(previous, report.generation(), now);
        summary(conditions, report);
        for (Step step : Step.values()) {
            step(conditions, step, report);
        }
        drifted(conditions, report);
        report.loginPage().addTo(conditions);
        rotationPending(conditions, report.rotation());
        return conditions.build();
    }

    /** Present only while a rotation is under way or cannot go on. */
    private static void rotationPending(ConditionSet conditions, @Nullable RotationReport rotation) {
        if (rotation == null) {
            conditions.keep(Conditions.ROTATION_PENDING);
        } else {
            rotation.addTo(conditions);
        }
    }

    /** Only for an observed client: the operator corrects a managed one. */
    private static void drifted(ConditionSet conditions, StatusReport report) {
        List<DriftedField> drift = report.fields().drift();
        if (drift == null) {
            return;
        }
        if (!report.done().contains(Step.CLIENT)) {
            conditions.unchanged(Conditions.DRIFTED);
            return;
        }
        if (drift.isEmpty()) {
            conditions.isFalse(Conditions.DRIFTED, Reason.NO_DRIFT, "The app client equals the manifest");
            return;
        }
        conditions.isTrue(
                Conditions.DRIFTED,
                Reason.DRIFTED,
                "The app client differs from the manifest in "
                        + drift.stream().map(DriftedField::field).collect(Collectors.joining(", "))
                        + " (see status.drift). The operator changes nothing, because mode is Observe. Change the manifest,"
                        + " or set mode: Manage");
    }

    /** Sets Ready, and Reconciling or Stalled only while they are true: the kstatus conventions. */
    private static void summary(ConditionSet conditions, StatusReport report) {
        switch (report.outcome()) {
            case Outcome.Synced(String message) ->
                conditions.isTrue(Conditions.READY, Reason.SYNCED, withWarnings(message, warnings(report)));
            case Outcome.Paused() ->
                conditions.isFalse(
                        Conditions.READY,
                        Reason.PAUSED,
                        "The operator changes nothing while the annotation cognito.appclients.dev/paused is true. Remove it to"
                                + " resume");
            case Outcome.Waiting(var step, Reason reason, String message) ->
                conditions
                        .isFalse(Conditions.READY, reason, withWarnings(message, warnings(report)))
                        .isTrue(Conditions.RECONCILING, reason, message);
            case Outcome.Refused(var step, Reason reason, String message) ->
                conditions
                        .isFalse(Conditions.READY, reason, withWarnings(message, warnings(report)))
                        .isTrue(Conditions.STALLED, reason, message);
            case Outcome.Deleting(String message) ->
                conditions
                        .isFalse(Conditions.READY, Reason.DELETING, message)
                        .isTrue(Conditions.RECONCILING, Reason.DELETING, message);
            case Outcome.DeletionRefused(Reason reason, String message) ->
                conditions.isFalse(Conditions.READY, reason, message).isTrue(Conditions.STALLED, reason, message);
            case Outcome.Unexpected() ->
                conditions
                        .isUnknown(
                                Conditions.READY,
                                Reason.UNEXPECTED_ERROR,
                                withWarnings(UnexpectedError.MESSAGE, warnings(report)))
                        .isTrue(Conditions.RECONCILING, Reason.UNEXPECTED_ERROR, UnexpectedError.MESSAGE);
        }
    }

    private static void step(ConditionSet conditions, Step step, StatusReport report) {
        if (report.done().contains(step)) {
            conditions.isTrue(step.condition(), doneReason(step), doneMessage(step, report));
            return;
        }
        switch (report.outcome()) {
            case Outcome.Waiting(Step at, Reason reason, String message)
            when at == step -> conditions.isFalse(step.condition(), reason, message);
            case Outcome.Refused(Step at, Reason reason, String message)
            when at == step -> conditions.isFalse(step.condition(), reason, message);
            default -> conditions.unchanged(step.condition());
        }
    }

    private static Reason doneReason(Step step) {
        return step == Step.AUTHORIZATION ? Reason.ALLOWED : Reason.SYNCED;
    }

    private static String doneMessage(Step step, StatusReport report) {
        return switch (step) {
            case AUTHORIZATION -> "The ClusterUserPool allows this namespace";
            case CLIENT ->
                report.fields().drift() == null
                        ? "The app client equals the manifest"
                        : "The app client exists. The operator only observes it";
            case SECRET -> "The Secret is published";
        };
    }

    private static List<String> warnings(StatusReport report) {
        List<String> warnings = new ArrayList<>(report.warnings());
        List<String> unknown = report.fields().client().unknownSettings();
        if (!unknown.isEmpty()) {
            warnings.add(UnknownSettings.warning(unknown));
        }
        return warnings;
    }

    /** Appends the warnings, and cuts the message if they do not fit. */
    private static String withWarnings(String message, List<String> warnings) {
        if (warnings.isEmpty()) {
            return message;
        }
        String suffix =
                warnings.stream().map(warning -> ". Warning: " + warning).collect(Collectors.joining());
        return ConditionSet.withRoomFor(suffix, withoutFullStop(message));
    }

    private static String withoutFullStop(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
