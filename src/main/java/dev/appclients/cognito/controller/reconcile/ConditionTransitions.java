package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces the moment at which a client fails, recovers, or changes otherwise; silent while nothing changes. */
public final class ConditionTransitions {

    private static final Logger LOG = LoggerFactory.getLogger(ConditionTransitions.class);

    /** Reasons of Ready=False that are no failure. */
    private static final Set<Reason> IN_PROGRESS = EnumSet.of(
            Reason.CREATING,
            Reason.PENDING,
            Reason.PAUSED,
            Reason.DELETING,
            Reason.NAMESPACE_TERMINATING,
            // The informer has not delivered the Namespace yet.
            Reason.NAMESPACE_UNKNOWN,
            // The ClusterUserPool has an event of its own.
            Reason.POOL_NOT_READY);

    private final EventRecorder events;

    public ConditionTransitions(EventRecorder events) {
        this.events = events;
    }

    /** Announces a change of Ready's status or reason. */
    public void announceReady(
            UserPoolClient resource, @Nullable UserPoolClientStatus before, UserPoolClientStatus after) {
        Condition former = condition(before, Conditions.READY).orElse(null);
        Condition now = condition(after, Conditions.READY).orElseThrow();
        if (former != null
                && Objects.equals(former.getStatus(), now.getStatus())
                && Objects.equals(former.getReason(), now.getReason())) {
            return;
        }
        if (isTrue(now)) {
            LOG.info("Ready: {}", now.getMessage());
            if (isFailure(former)) {
                events.recovered(resource, now.getMessage());
            }
        } else if (isFailure(now)) {
            LOG.warn("{}: {}", now.getReason(), now.getMessage());
            events.failed(resource, reasonOf(now), now.getMessage());
        } else {
            LOG.info("{}: {}", now.getReason(), now.getMessage());
        }
    }

    /** Announces that an observed client begins to differ, differs in other fields, or no longer differs. */
    public void announceDrift(
            UserPoolClient resource, @Nullable UserPoolClientStatus before, UserPoolClientStatus after) {
        Condition former = condition(before, Conditions.DRIFTED).orElse(null);
        Condition now = condition(after, Conditions.DRIFTED).orElse(null);
        if (now == null || (former != null && former.getMessage().equals(now.getMessage()))) {
            return;
        }
        if (isTrue(now)) {
            LOG.warn("{}: {}", now.getReason(), now.getMessage());
            events.failed(resource, Reason.DRIFTED, now.getMessage());
        } else if (former != null && isTrue(former)) {
            LOG.info("{}: {}", now.getReason(), now.getMessage());
            events.driftEnded(resource, now.getMessage());
        }
    }

    /**
     * Announces all warnings once for each generation. Later it announces those that are new, because the pool or an annotation
     * changed. The message of Ready contains the warnings that were announced before.
     */
    public void announceWarnings(
            UserPoolClient resource, @Nullable UserPoolClientStatus before, List<String> warnings) {
        boolean sameGeneration = before != null
                && Objects.equals(
                        before.observedGeneration(), resource.getMetadata().getGeneration());
        String announced = sameGeneration
                ? condition(before, Conditions.READY).map(Condition::getMessage).orElse("")
                : "";
        List<String> added = warnings.stream()
                .filter(warning -> !announced.contains(warning))
                .toList();
        if (!added.isEmpty()) {
            events.warned(resource, String.join(". ", added));
        }
    }

    /** Announces settings that this version does not know, when Cognito first shows them. */
    public void announceUnknownSettings(
            UserPoolClient resource, @Nullable UserPoolClientStatus before, UserPoolClientStatus after) {
        List<String> known = unknownSettings(before);
        List<String> added = unknownSettings(after).stream()
                .filter(name -> !known.contains(name))
                .toList();
        if (!added.isEmpty()) {
            events.unknownSettings(resource, added);
        }
    }

    private static List<String> unknownSettings(@Nullable UserPoolClientStatus status) {
        return status == null || status.unknownSettings() == null ? List.of() : status.unknownSettings();
    }

    private static boolean isFailure(@Nullable Condition ready) {
        return ready != null && !isTrue(ready) && !IN_PROGRESS.contains(reasonOf(ready));
    }

    private static boolean isTrue(Condition condition) {
        return "True".equals(condition.getStatus());
    }

    private static Reason reasonOf(Condition condition) {
        for (Reason reason : Reason.values()) {
            if (reason.text().equals(condition.getReason())) {
                return reason;
            }
        }
        return Reason.UNKNOWN_REFUSAL;
    }

    private static Optional<Condition> condition(@Nullable UserPoolClientStatus status, String type) {
        return status == null ? Optional.empty() : Conditions.find(status.conditions(), type);
    }
}
