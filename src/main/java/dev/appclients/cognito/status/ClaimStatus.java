package dev.appclients.cognito.status;

import dev.appclients.cognito.api.v1beta1.Binding;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimStatus;
import dev.appclients.cognito.model.Excerpt;
import dev.appclients.cognito.model.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Composes the status of a ClientSecretClaim from the report of a reconciliation. Nothing in it changes with the client secret, and it
 * stays small, because a client can have thousands of claims.
 */
public final class ClaimStatus {

    /** The same for every cause, so that it reveals nothing about the client. */
    public static final String NOT_AVAILABLE =
            "The client is not available to this namespace. Ask its team to create the client and to list the namespace in its"
                    + " spec.sharing.namespaces. Ask the platform team whether the pool permits copies here. The operator reconciles"
                    + " this object as soon as the client is available.";

    /** For a claim whose copy the operator deleted. */
    public static final String WITHDRAWN = NOT_AVAILABLE
            + " The operator deleted the copy. Workloads that read the copy still have its values: rotate the client"
            + " secret to revoke them.";

    private static final String REPLACED =
            "The Namespace of the client was deleted and created again, so another team may own the client. The operator"
                    + " deleted the copy. Delete this object and create it again to accept the new Namespace.";

    private static final String HELD =
            "The client is paused, stalled or being deleted, or its pool does not serve it. The operator keeps the copy and"
                    + " does not change it. The operator updates the copy as soon as the client is in order.";

    private static final String SOURCE_NOT_READY =
            "The client has no published Secret yet, or its pool is not Ready. See the conditions of the client. The operator"
                    + " writes the copy as soon as the client is in order.";

    private static final String PAUSED =
            "The operator does not write the copy while the annotation cognito.appclients.dev/paused is true. Remove it to"
                    + " resume.";

    private static final int MOST = 400;
    private static final int MOST_OF_STALLED = 120;

    private ClaimStatus() {}

    /**
     * Composes the new status. It equals the previous one if nothing changed, and then needs no write.
     *
     * @param previous the status as it was read
     * @param now the time of every transition in the new status
     */
    public static ClientSecretClaimStatus compose(
            @Nullable ClientSecretClaimStatus previous, ClaimReport report, Instant now) {
        List<Condition> former = previous == null ? null : previous.conditions();
        ConditionSet conditions = new ConditionSet(former, report.generation(), now);
        summarize(conditions, report, wasWithdrawn(former, report.generation()));
        return new ClientSecretClaimStatus(
                report.generation(),
                report.secret() == null ? null : new Binding(report.secret().name()),
                report.secret(),
                report.source(),
                report.lastHandledReconcileAt(),
                conditions.build());
    }

    private static void summarize(ConditionSet conditions, ClaimReport report, boolean wasWithdrawn) {
        switch (report.outcome()) {
            case ClaimOutcome.Synced(String secret) ->
                conditions.isTrue(Conditions.READY, Reason.SYNCED, "Secret '" + secret + "' is in sync");
            case ClaimOutcome.Held() -> conditions.isTrue(Conditions.READY, Reason.HELD, HELD);
            case ClaimOutcome.SourceNotReady() ->
                conditions.isFalse(Conditions.READY, Reason.SOURCE_NOT_READY, SOURCE_NOT_READY);
            case ClaimOutcome.NotAvailable(boolean withdrawn) ->
                conditions.isFalse(
                        Conditions.READY, Reason.NOT_AVAILABLE, withdrawn || wasWithdrawn ? WITHDRAWN : NOT_AVAILABLE);
            case ClaimOutcome.SourceReplaced() ->
                conditions
                        .isFalse(Conditions.READY, Reason.SOURCE_REPLACED, REPLACED)
                        .isTrue(Conditions.STALLED, Reason.SOURCE_REPLACED, stalled(REPLACED));
            case ClaimOutcome.Paused() -> conditions.isFalse(Conditions.READY, Reason.PAUSED, PAUSED);
            case ClaimOutcome.Failed(Reason reason, String message, boolean stalled) -> {
                conditions.isFalse(Conditions.READY, reason, Excerpt.of(message, MOST));
                if (stalled) {
                    conditions.isTrue(Conditions.STALLED, reason, stalled(message));
                }
            }
            case ClaimOutcome.Unexpected() ->
                conditions.isUnknown(Conditions.READY, Reason.UNEXPECTED_ERROR, UnexpectedError.MESSAGE);
        }
    }

    /** Only Ready has the whole message. */
    private static String stalled(String message) {
        int sentence = message.indexOf(". ");
        return Excerpt.of(sentence < 0 ? message : message.substring(0, sentence + 1), MOST_OF_STALLED);
    }

    /** A manifest that changed since then may name another client. */
    private static boolean wasWithdrawn(@Nullable List<Condition> former, long generation) {
        return Conditions.find(former, Conditions.READY)
                .filter(ready -> WITHDRAWN.equals(ready.getMessage())
                        && Objects.equals(ready.getObservedGeneration(), generation))
                .isPresent();
    }
}
