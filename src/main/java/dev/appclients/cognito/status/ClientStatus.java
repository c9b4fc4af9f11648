package dev.appclients.cognito.status;

import dev.appclients.cognito.api.v1beta1.Binding;
import dev.appclients.cognito.api.v1beta1.PendingCreate;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.model.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what a pass has come to into the status of a UserPoolClient. */
public final class ClientStatus {

    private static final String READY = "Ready";
    private static final String RECONCILING = "Reconciling";
    private static final String STALLED = "Stalled";
    private static final String LOGIN_PAGE = "LoginPage";

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
        Learned learned = report.learned();
        return new UserPoolClientStatus(
                report.generation(),
                learned.clientId(),
                learned.userPoolARN(),
                learned.pendingCreateSince() == null ? null : new PendingCreate(learned.pendingCreateSince()),
                learned.appliedSettings(),
                learned.unknownSettings().isEmpty() ? null : learned.unknownSettings(),
                learned.issuer(),
                learned.loginURL(),
                learned.secret() == null ? null : new Binding(learned.secret().name()),
                learned.secret(),
                learned.lastHandledReconcileAt(),
                conditions(previous == null ? null : previous.conditions(), report, now));
    }

    private static List<Condition> conditions(@Nullable List<Condition> previous, PassReport report, Instant now) {
        ConditionSet conditions = new ConditionSet(previous, report.generation(), now);
        summary(conditions, report);
        for (Step step : Step.values()) {
            step(conditions, step, report);
        }
        switch (report.loginPage()) {
            case NOT_REQUIRED -> {}
            case AVAILABLE -> conditions.isTrue(LOGIN_PAGE, Reason.AVAILABLE, "The pool has a domain to sign in on");
            case NO_DOMAIN ->
                conditions.isFalse(
                        LOGIN_PAGE,
                        Reason.NO_DOMAIN,
                        "The client has redirect flows, but its user pool has no active domain to sign in on: ask the"
                                + " platform team to give the pool a domain");
        }
        return conditions.build();
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
                conditions.isFalse(READY, reason, message).isTrue(RECONCILING, reason, message);
            case Conclusion.Refused(var step, Reason reason, String message) ->
                conditions.isFalse(READY, reason, message).isTrue(STALLED, reason, message);
            case Conclusion.Deleting(String message) ->
                conditions.isFalse(READY, Reason.DELETING, message).isTrue(RECONCILING, Reason.DELETING, message);
            case Conclusion.DeletionRefused(Reason reason, String message) ->
                conditions.isFalse(READY, reason, message).isTrue(STALLED, reason, message);
        }
    }

    private static void step(ConditionSet conditions, Step step, PassReport report) {
        if (report.done().contains(step)) {
            conditions.isTrue(step.condition(), doneReason(step), doneMessage(step));
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

    private static String doneMessage(Step step) {
        return switch (step) {
            case AUTHORIZATION -> "The ClusterUserPool allows this namespace";
            case CLIENT -> "The app client equals the manifest";
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

    private static String withWarnings(String message, List<String> warnings) {
        return warnings.isEmpty() ? message : message + ". Warning: " + String.join("; ", warnings);
    }
}
