package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.cluster.RoomTries;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolDomain;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.PublicDigest;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conditions;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.Step;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Holds refusals that only a change of the manifest, the pool or the cluster can end. The operator does not repeat a refused call, not
 * even after a restart, until one of these changes, a user requests a reconciliation, or the hourly slot begins.
 */
final class HeldRefusals {

    private static final Duration RETRY_INTERVAL = Duration.ofHours(1);

    /** How often the operator retries within minutes when Cognito refuses contents that the pool has: about eight minutes in all. */
    static final int LAG_RETRIES = 5;

    private static final Set<Reason> HELD = EnumSet.of(
            Reason.INVALID_SETTINGS,
            Reason.TIER_TOO_LOW,
            Reason.NOT_ENABLED,
            Reason.LIMIT_EXCEEDED,
            Reason.CLIENT_LOST,
            Reason.SEVERAL_CLIENTS,
            Reason.NOT_OURS,
            Reason.RESERVED_NAME,
            Reason.ALREADY_OWNED,
            Reason.NOTHING_TO_ADOPT,
            Reason.NOTHING_TO_OBSERVE,
            Reason.APP_TYPE_MISMATCH,
            Reason.NOT_APPLIED);

    /** After these refusals an existing app client still works with other settings, so the operator maintains its Secret. */
    private static final Set<Reason> ABOUT_SETTINGS = EnumSet.of(
            Reason.INVALID_SETTINGS,
            Reason.TIER_TOO_LOW,
            Reason.DEPENDENCY_MISSING,
            Reason.NOT_ENABLED,
            Reason.NOT_APPLIED);

    private final CheckMemory checkMemory;
    private final ClientOwnership clientOwnership;
    private final RoomTries roomTries;

    HeldRefusals(CheckMemory checkMemory, ClientOwnership clientOwnership, RoomTries roomTries) {
        this.checkMemory = checkMemory;
        this.clientOwnership = clientOwnership;
        this.roomTries = roomTries;
    }

    /** The refusal that still holds; empty when the operator may call Cognito. */
    Optional<Outcome.Refused> held(ReconcileInput input) {
        if (input.isReconcileRequested()) {
            return Optional.empty();
        }
        return recorded(input)
                .filter(refusal -> checkMemory.isUnchangedSinceRefusal(input.uid(), fingerprint(input)))
                .filter(refusal -> !isAnswered(input, refusal))
                .filter(refusal -> !checkMemory.isRetryDue(input.uid(), RETRY_INTERVAL));
    }

    /** Whether Cognito has refused all retries within minutes. */
    boolean areLagRetriesUsedUp(ReconcileInput input) {
        return checkMemory.lagRefusals(
                        input.uid(), input.resource().getMetadata().getGeneration())
                > LAG_RETRIES;
    }

    /** Counts a refusal of contents that the pool has, and says whether the operator retries within minutes. */
    boolean countLagRefusal(ReconcileInput input) {
        return checkMemory.countLagRefusal(
                        input.uid(), input.resource().getMetadata().getGeneration())
                <= LAG_RETRIES;
    }

    /** Whether an existing app client stays as usable as it was. */
    static boolean isAboutSettings(Outcome.Refused refusal) {
        return ABOUT_SETTINGS.contains(refusal.reason());
    }

    /**
     * Whether a user has resolved the refusal: the recreate annotation answers CLIENT_LOST, and the end of the other owner answers
     * ALREADY_OWNED. Both can happen while no operator runs. A full user pool may have room after a deletion.
     */
    private boolean isAnswered(ReconcileInput input, Outcome.Refused refusal) {
        if (refusal.reason() == Reason.ALREADY_OWNED) {
            return !clientOwnership.isRecordedElsewhere(input.resource());
        }
        if (refusal.reason() == Reason.LIMIT_EXCEEDED) {
            return roomTries.isPermitted(input.resource());
        }
        UserPoolClientStatus status = input.resource().getStatus();
        String recreate = input.annotation(Annotations.RECREATE);
        return refusal.reason() == Reason.CLIENT_LOST
                && recreate != null
                && status != null
                && recreate.equals(status.clientId());
    }

    /** Remembers a refusal. Also remembers the slot of the refused call, unless this reconciliation made no call. */
    void remember(ReconcileInput input, StopReconciliation stop) {
        if (stop.outcome() instanceof Outcome.Refused refused && HELD.contains(refused.reason())) {
            checkMemory.recordRefusal(input.uid(), fingerprint(input));
            if (!stop.isKnown()) {
                checkMemory.recordAttempt(input.uid(), RETRY_INTERVAL);
            }
        }
    }

    private static Optional<Outcome.Refused> recorded(ReconcileInput input) {
        UserPoolClientStatus status = input.resource().getStatus();
        return Conditions.find(status == null ? null : status.conditions(), Step.CLIENT.condition())
                .filter(condition -> "False".equals(condition.getStatus())
                        && Objects.equals(
                                condition.getObservedGeneration(),
                                input.resource().getMetadata().getGeneration()))
                .flatMap(condition -> HELD.stream()
                        .filter(reason -> reason.text().equals(condition.getReason()))
                        .findFirst()
                        .map(reason -> new Outcome.Refused(Step.CLIENT, reason, condition.getMessage())));
    }

    /** A fingerprint of everything known that Cognito's answer may depend on. */
    private static String fingerprint(ReconcileInput input) {
        AdmittedPool pool = input.pool();
        PublicDigest digest = new PublicDigest()
                .add("generation", String.valueOf(input.resource().getMetadata().getGeneration()))
                .add("settings", input.digest())
                .add("poolGeneration", String.valueOf(pool.generation()))
                .add("recreate", input.annotation(Annotations.RECREATE));
        add(digest, pool.facts());
        return digest.hex();
    }

    private static void add(PublicDigest digest, PoolFacts facts) {
        PoolDomain domain = facts.domain();
        PoolAttributes attributes = facts.attributes();
        digest.add("arn", facts.arn().value())
                .add("issuer", facts.issuer())
                .add("domain", domain == null ? null : domain.host())
                .add("loginVersion", domain == null ? null : String.valueOf(domain.loginVersion()))
                .add("tier", facts.tier())
                .add("attributes", attributes == null ? List.of() : attributes.names())
                .add("required", attributes == null ? List.of() : attributes.required());
    }
}
