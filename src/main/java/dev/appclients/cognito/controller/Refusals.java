package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolDomain;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.PublicDigest;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conclusion;
import dev.appclients.cognito.status.Conditions;
import dev.appclients.cognito.status.Step;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Refusals that only a change of the manifest, the pool or the cluster can end. They are not asked about again, not even
 * after a restart, before something changes, somebody asks for a look, or their hourly slot comes.
 */
final class Refusals {

    private static final Duration RECHECK = Duration.ofHours(1);

    /** How often a refusal of something that the pool has is retried within minutes: about eight minutes in all. */
    static final int SOON_RETRIES = 5;

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

    /** After these there is a client of ours that works, only with other settings: its Secret is still looked after. */
    private static final Set<Reason> ABOUT_SETTINGS = EnumSet.of(
            Reason.INVALID_SETTINGS,
            Reason.TIER_TOO_LOW,
            Reason.DEPENDENCY_MISSING,
            Reason.NOT_ENABLED,
            Reason.NOT_APPLIED);

    private final LookMemory memory;
    private final Claims claims;
    private final KubernetesView kubernetes;

    Refusals(LookMemory memory, Claims claims, KubernetesView kubernetes) {
        this.memory = memory;
        this.claims = claims;
        this.kubernetes = kubernetes;
    }

    /** The refusal that still holds for this subject; empty when Cognito may be asked. */
    Optional<Conclusion.Refused> holding(Subject subject) {
        if (subject.isLookRequested()) {
            return Optional.empty();
        }
        return recorded(subject)
                .filter(refusal -> memory.sameAsRefused(subject.uid(), fingerprint(subject, refusal)))
                .filter(refusal -> !isAnswered(subject, refusal))
                .filter(refusal -> !memory.mayAskAgain(subject.uid(), RECHECK));
    }

    /** Whether the retries within minutes have all been refused. */
    boolean isLagOver(Subject subject) {
        return memory.timesRefusedAlthoughThere(
                        subject.uid(), subject.resource().getMetadata().getGeneration())
                > SOON_RETRIES;
    }

    /** Counts a refusal of something that the pool has; whether the operator retries it within minutes. */
    boolean countLag(Subject subject) {
        return memory.refusedAlthoughThere(
                        subject.uid(), subject.resource().getMetadata().getGeneration())
                <= SOON_RETRIES;
    }

    /** Whether the refusal leaves the client, if there is one, as usable as it was. */
    static boolean isAboutSettings(Conclusion.Refused refusal) {
        return ABOUT_SETTINGS.contains(refusal.reason());
    }

    /**
     * The answer to a lost client stands in an annotation, and that to a client of somebody else's is that the other object is gone.
     * Either may have come while no operator was there to see it.
     */
    private boolean isAnswered(Subject subject, Conclusion.Refused refusal) {
        if (refusal.reason() == Reason.ALREADY_OWNED) {
            return !claims.isToldElsewhere(subject.resource());
        }
        UserPoolClientStatus status = subject.resource().getStatus();
        String recreate = subject.annotation(Annotations.RECREATE);
        return refusal.reason() == Reason.CLIENT_LOST
                && recreate != null
                && status != null
                && recreate.equals(status.clientId());
    }

    /** Remembers what was refused; and that it was asked in this slot, unless it was known before, and nobody was asked. */
    void remember(Subject subject, Stop stop) {
        if (stop.conclusion() instanceof Conclusion.Refused refused && HELD.contains(refused.reason())) {
            memory.refused(subject.uid(), fingerprint(subject, refused));
            if (!stop.isKnown()) {
                memory.asked(subject.uid(), RECHECK);
            }
        }
    }

    private static Optional<Conclusion.Refused> recorded(Subject subject) {
        UserPoolClientStatus status = subject.resource().getStatus();
        return Conditions.find(status == null ? null : status.conditions(), Step.CLIENT.condition())
                .filter(condition -> "False".equals(condition.getStatus())
                        && Objects.equals(
                                condition.getObservedGeneration(),
                                subject.resource().getMetadata().getGeneration()))
                .flatMap(condition -> HELD.stream()
                        .filter(reason -> reason.text().equals(condition.getReason()))
                        .findFirst()
                        .map(reason -> new Conclusion.Refused(Step.CLIENT, reason, condition.getMessage())));
    }

    /** All that the answer may depend on, as far as it can be seen here. */
    private String fingerprint(Subject subject, Conclusion.Refused refusal) {
        Admission pool = subject.pool();
        PublicDigest digest = new PublicDigest()
                .add(
                        "generation",
                        String.valueOf(subject.resource().getMetadata().getGeneration()))
                .add("settings", subject.digest())
                .add("poolGeneration", String.valueOf(pool.generation()))
                .add("recreate", subject.annotation(Annotations.RECREATE));
        add(digest, pool.facts());
        return refusal.reason() == Reason.LIMIT_EXCEEDED
                ? digest.add("departures", String.valueOf(kubernetes.departures(pool.name())))
                        .hex()
                : digest.hex();
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
