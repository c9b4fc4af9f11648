package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.model.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of the moment in which an object gets into trouble or out of it; silent while nothing changes. */
final class Transitions {

    private static final Logger LOG = LoggerFactory.getLogger(Transitions.class);

    /** Reasons of Ready=False that are no trouble. */
    private static final Set<Reason> ON_THE_WAY = EnumSet.of(
            Reason.CREATING,
            Reason.PENDING,
            Reason.PAUSED,
            Reason.DELETING,
            Reason.NAMESPACE_TERMINATING,
            // The Namespace is about to appear.
            Reason.NAMESPACE_UNKNOWN,
            // The pool tells of its own trouble.
            Reason.POOL_NOT_READY);

    private final Announcer announcer;

    Transitions(Announcer announcer) {
        this.announcer = announcer;
    }

    /**
     * Announces warnings: all of them once for each generation, and later those that are new, because the pool or an annotation
     * changed. A warning that was told stands in the message of Ready.
     */
    void tellDoubts(UserPoolClient before, List<String> doubts) {
        UserPoolClientStatus status = before.getStatus();
        boolean known = status != null
                && Objects.equals(
                        status.observedGeneration(), before.getMetadata().getGeneration());
        String told = known ? ready(status).map(Condition::getMessage).orElse("") : "";
        List<String> news =
                doubts.stream().filter(doubt -> !told.contains(doubt)).toList();
        if (!news.isEmpty()) {
            announcer.doubtful(before, String.join(". ", news));
        }
    }

    /** Tells of settings that this version does not know, once when they are first seen. */
    void tellUnknownSettings(UserPoolClient before, UserPoolClientStatus after) {
        List<String> known = unknownSettings(before.getStatus());
        List<String> news = unknownSettings(after).stream()
                .filter(name -> !known.contains(name))
                .toList();
        if (!news.isEmpty()) {
            announcer.unknownSettings(before, news);
        }
    }

    private static List<String> unknownSettings(@Nullable UserPoolClientStatus status) {
        return status == null || status.unknownSettings() == null ? List.of() : status.unknownSettings();
    }

    /** Tells once that an observed client differs, once more when it differs in something else, and once that it does not any more. */
    void tellDrift(UserPoolClient before, UserPoolClientStatus after) {
        Condition former = drifted(before.getStatus()).orElse(null);
        Condition now = drifted(after).orElse(null);
        if (now == null || (former != null && former.getMessage().equals(now.getMessage()))) {
            return;
        }
        if ("True".equals(now.getStatus())) {
            LOG.warn("{}: {}", now.getReason(), now.getMessage());
            announcer.trouble(before, Reason.DRIFTED, now.getMessage());
        } else if (former != null && "True".equals(former.getStatus())) {
            LOG.info("{}: {}", now.getReason(), now.getMessage());
            announcer.driftGone(before, now.getMessage());
        }
    }

    /** Compares Ready before and after. */
    void tell(UserPoolClient before, UserPoolClientStatus after) {
        Condition former = ready(before.getStatus()).orElse(null);
        Condition now = ready(after).orElseThrow();
        if (former != null
                && Objects.equals(former.getStatus(), now.getStatus())
                && Objects.equals(former.getReason(), now.getReason())) {
            return;
        }
        if ("True".equals(now.getStatus())) {
            LOG.info("Ready: {}", now.getMessage());
            if (wasTrouble(former)) {
                announcer.recovered(before, now.getMessage());
            }
            return;
        }
        Reason reason = reasonOf(now);
        if (ON_THE_WAY.contains(reason)) {
            LOG.info("{}: {}", now.getReason(), now.getMessage());
        } else {
            LOG.warn("{}: {}", now.getReason(), now.getMessage());
            announcer.trouble(before, reason, now.getMessage());
        }
    }

    private static boolean wasTrouble(@Nullable Condition former) {
        return former != null && !"True".equals(former.getStatus()) && !ON_THE_WAY.contains(reasonOf(former));
    }

    private static Reason reasonOf(Condition condition) {
        for (Reason reason : Reason.values()) {
            if (reason.text().equals(condition.getReason())) {
                return reason;
            }
        }
        return Reason.UNKNOWN_REFUSAL;
    }

    private static Optional<Condition> ready(@Nullable UserPoolClientStatus status) {
        return condition(status, "Ready");
    }

    private static Optional<Condition> drifted(@Nullable UserPoolClientStatus status) {
        return condition(status, "Drifted");
    }

    private static Optional<Condition> condition(@Nullable UserPoolClientStatus status, String type) {
        return status == null || status.conditions() == null
                ? Optional.empty()
                : status.conditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }
}
