package dev.appclients.cognito.status;

import dev.appclients.cognito.api.v1beta1.AttributesStatus;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what is known of a user pool into the status of its ClusterUserPool. */
public final class PoolStatus {

    private PoolStatus() {}

    /**
     * What a look at the pool has come to.
     *
     * @param generation the generation that was looked at
     * @param facts what was read; null keeps what the status says
     * @param problem why the pool cannot be used; null when it can
     * @param stalled whether only a human can end the problem
     * @param clients how many UserPoolClients refer to the pool
     * @param terminating whether the object is being deleted
     * @param lastHandledReconcileAt echo of the annotation that asked for a look
     */
    public record PoolReport(
            long generation,
            @Nullable PoolFacts facts,
            @Nullable Problem problem,
            boolean stalled,
            int clients,
            boolean terminating,
            @Nullable String lastHandledReconcileAt) {}

    /** Why a pool cannot be used. */
    public record Problem(Reason reason, String message) {}

    /** The new status: equal to the previous one when nothing changed. */
    public static ClusterUserPoolStatus compose(
            @Nullable ClusterUserPoolStatus previous, PoolReport report, Instant now) {
        ConditionSet conditions =
                new ConditionSet(previous == null ? null : previous.conditions(), report.generation(), now);
        ready(conditions, report);
        if (report.clients() > 0) {
            conditions.isTrue(
                    "InUse", Reason.IN_USE, "UserPoolClients refer to this pool; it cannot be deleted before they are");
        } else {
            conditions.isFalse("InUse", Reason.NOT_IN_USE, "No UserPoolClient refers to this pool");
        }
        List<Condition> told = conditions.build();
        PoolFacts facts = report.facts();
        if (facts != null) {
            return new ClusterUserPoolStatus(
                    report.generation(),
                    facts.arn().value(),
                    facts.issuer(),
                    host(facts),
                    loginVersion(facts),
                    facts.tier(),
                    attributes(facts),
                    report.lastHandledReconcileAt(),
                    told);
        }
        if (previous == null) {
            return new ClusterUserPoolStatus(
                    report.generation(), null, null, null, null, null, null, report.lastHandledReconcileAt(), told);
        }
        return new ClusterUserPoolStatus(
                report.generation(),
                previous.userPoolARN(),
                previous.issuer(),
                previous.domain(),
                previous.loginVersion(),
                previous.tier(),
                previous.attributes(),
                report.lastHandledReconcileAt(),
                told);
    }

    private static void ready(ConditionSet conditions, PoolReport report) {
        Problem problem = report.problem();
        if (report.terminating()) {
            conditions.isFalse(
                    "Ready",
                    Reason.POOL_TERMINATING,
                    "Being deleted; waits until the UserPoolClients that refer to it are gone");
        } else if (problem == null) {
            conditions.isTrue("Ready", Reason.SYNCED, "The user pool is there and can be used");
        } else {
            if (problem.reason() == Reason.UNEXPECTED_ERROR) {
                conditions.isUnknown("Ready", problem.reason(), problem.message());
            } else {
                conditions.isFalse("Ready", problem.reason(), problem.message());
            }
            conditions.isTrue(report.stalled() ? "Stalled" : "Reconciling", problem.reason(), problem.message());
        }
    }

    private static @Nullable AttributesStatus attributes(PoolFacts facts) {
        PoolAttributes attributes = facts.attributes();
        return attributes == null
                ? null
                : new AttributesStatus(
                        List.copyOf(attributes.names()),
                        List.copyOf(attributes.required()),
                        List.copyOf(attributes.mutable()));
    }

    private static @Nullable String host(PoolFacts facts) {
        return facts.domain() == null ? null : facts.domain().host();
    }

    private static @Nullable Integer loginVersion(PoolFacts facts) {
        return facts.domain() == null ? null : facts.domain().loginVersion();
    }
}
