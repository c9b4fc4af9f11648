package dev.appclients.cognito.status;

import dev.appclients.cognito.api.v1beta1.AttributesStatus;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Composes the status of a ClusterUserPool from the report of a reconciliation. */
public final class PoolStatus {

    private PoolStatus() {}

    /**
     * The result of one reconciliation of the pool.
     *
     * @param generation the generation that was reconciled
     * @param facts the pool's facts; null keeps those of the status
     * @param problem the reason why the pool cannot be used; null if it can
     * @param stalled whether a user must act
     * @param clients how many UserPoolClients refer to the pool; null if the operator does not know, which is a problem
     * @param terminating whether the object is being deleted
     * @param lastHandledReconcileAt echo of the annotation that requested a reconciliation
     */
    public record PoolReport(
            long generation,
            @Nullable PoolFacts facts,
            @Nullable Problem problem,
            boolean stalled,
            @Nullable Integer clients,
            boolean terminating,
            @Nullable String lastHandledReconcileAt) {}

    /** The reason why a pool cannot be used. */
    public record Problem(Reason reason, String message) {}

    /** Composes the new status. It equals the previous one if nothing changed. */
    public static ClusterUserPoolStatus compose(
            @Nullable ClusterUserPoolStatus previous, PoolReport report, Instant now) {
        ConditionSet conditions =
                new ConditionSet(previous == null ? null : previous.conditions(), report.generation(), now);
        ready(conditions, report);
        inUse(conditions, report);
        List<Condition> built = conditions.build();
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
                    built);
        }
        if (previous == null) {
            return new ClusterUserPoolStatus(
                    report.generation(), null, null, null, null, null, null, report.lastHandledReconcileAt(), built);
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
                built);
    }

    private static void inUse(ConditionSet conditions, PoolReport report) {
        if (report.clients() == null) {
            Problem problem = Objects.requireNonNull(report.problem());
            conditions.isUnknown(Conditions.IN_USE, problem.reason(), problem.message());
        } else if (report.clients() > 0) {
            conditions.isTrue(
                    Conditions.IN_USE,
                    Reason.IN_USE,
                    "UserPoolClients refer to this pool. Delete them before you delete the pool");
        } else {
            conditions.isFalse(Conditions.IN_USE, Reason.NOT_IN_USE, "No UserPoolClient refers to this pool");
        }
    }

    private static void ready(ConditionSet conditions, PoolReport report) {
        Problem problem = report.problem();
        if (report.terminating()) {
            conditions.isFalse(
                    Conditions.READY,
                    Reason.POOL_TERMINATING,
                    "The object is being deleted. The operator removes the finalizer when no UserPoolClient refers to the pool");
        } else if (problem == null) {
            conditions.isTrue(Conditions.READY, Reason.SYNCED, "The user pool exists and can be used");
        } else {
            if (problem.reason() == Reason.UNEXPECTED_ERROR) {
                conditions.isUnknown(Conditions.READY, problem.reason(), problem.message());
            } else {
                conditions.isFalse(Conditions.READY, problem.reason(), problem.message());
            }
            conditions.isTrue(
                    report.stalled() ? Conditions.STALLED : Conditions.RECONCILING,
                    problem.reason(),
                    problem.message());
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
