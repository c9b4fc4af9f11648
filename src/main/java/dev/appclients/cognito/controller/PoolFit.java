package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.authorization.Usable;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.PoolShelf;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.PoolNeeds;
import dev.appclients.cognito.plan.PoolNeeds.Unmet;
import dev.appclients.cognito.plan.PoolRule;
import dev.appclients.cognito.status.Conclusion;
import dev.appclients.cognito.status.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what a client asks for and its pool does not have, and what the pool has instead. Whatever is missing may appear at any
 * time, so a client that waits for it looks at the pool again and again: all that wait share one look, and none of them costs a
 * call of its own.
 */
final class PoolFit {

    private static final Logger LOG = LoggerFactory.getLogger(PoolFit.class);

    /** How old a look at the pool may be when a client is refused by it. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    /** For so long after something was missing, the next client is judged by a look at the pool before Cognito is asked. */
    private static final Duration WARY = Duration.ofMinutes(10);

    private static final Set<PoolShelf> NOT_IN_FACTS = EnumSet.of(PoolShelf.SCOPES, PoolShelf.PROVIDERS);

    private final AppClients clients;
    private final KubernetesView kubernetes;
    private final InstantSource clock;
    private final Map<PoolArn, Instant> lastMissed = new ConcurrentHashMap<>();

    PoolFit(AppClients clients, KubernetesView kubernetes, InstantSource clock) {
        this.clients = clients;
        this.kubernetes = kubernetes;
        this.clock = clock;
    }

    /** What is known before Cognito is asked. */
    sealed interface Verdict {
        /** Nothing speaks against asking. */
        record Unopposed() implements Verdict {}

        /** The facts or Cognito say that something is missing, and a look at the pool says that it is there now. */
        record Mended() implements Verdict {}

        /** The pool does not have it. */
        record Missing(Conclusion.Refused refusal) implements Verdict {}
    }

    /** Judges a client by the facts of its pool, confirmed by a look; and by a look alone where something was missing before. */
    Verdict judge(Subject subject) {
        PoolContents facts = PoolContents.of(subject.pool().facts());
        List<Unmet> known = unmet(subject, facts);
        if (known.stream().anyMatch(unmet -> reason(unmet.rule()) == Reason.INVALID_SETTINGS)) {
            return new Verdict.Missing(refusal(subject, known));
        }
        Set<PoolShelf> shelves = EnumSet.noneOf(PoolShelf.class);
        known.forEach(unmet -> shelves.add(unmet.rule().catalog()));
        if (isWaiting(subject)) {
            shelves.addAll(PoolNeeds.catalogs(subject.desired()));
        } else if (isWary(subject)) {
            PoolNeeds.catalogs(subject.desired()).stream()
                    .filter(NOT_IN_FACTS::contains)
                    .forEach(shelves::add);
        }
        if (shelves.isEmpty()) {
            return new Verdict.Unopposed();
        }
        Optional<Sight> seen = look(subject, shelves, facts);
        if (seen.isEmpty()) {
            return new Verdict.Unopposed();
        }
        List<Unmet> missing = unmet(subject, seen.get().contents());
        if (!missing.isEmpty()) {
            return new Verdict.Missing(refusal(subject, missing));
        }
        return known.isEmpty() ? new Verdict.Unopposed() : new Verdict.Mended();
    }

    /**
     * Explains a refusal by Cognito from the contents of the pool.
     *
     * @return {@code Missing} when the pool lacks something; {@code Mended} when the pool has all that Cognito says it lacks;
     *     {@code Unopposed} when the pool explains nothing
     */
    Verdict explain(Subject subject, Failure failure) {
        Set<PoolShelf> shelves = PoolNeeds.catalogs(subject.desired());
        boolean isAboutContents = switch (failure.kind()) {
            case DEPENDENCY_MISSING -> true;
            case TIER_TOO_LOW -> PoolNeeds.needsHigherTier(subject.desired());
            case INVALID_SETTINGS -> failure.message().contains(" attributes ");
            default -> false;
        };
        return shelves.isEmpty() || !isAboutContents ? new Verdict.Unopposed() : byLook(subject, shelves);
    }

    /** Judges a client whose tier was refused by the pool as it is now: the facts of the pool may be an hour old. */
    Verdict judgeTier(Subject subject) {
        return PoolNeeds.needsHigherTier(subject.desired())
                ? byLook(subject, PoolNeeds.catalogs(subject.desired()))
                : new Verdict.Unopposed();
    }

    private Verdict byLook(Subject subject, Set<PoolShelf> shelves) {
        Optional<Sight> seen =
                look(subject, shelves, PoolContents.of(subject.pool().facts()));
        if (seen.isEmpty()) {
            return new Verdict.Unopposed();
        }
        List<Unmet> missing = unmet(subject, seen.get().contents());
        if (!missing.isEmpty()) {
            return new Verdict.Missing(refusal(subject, missing));
        }
        return seen.get().complete() ? new Verdict.Mended() : new Verdict.Unopposed();
    }

    private Conclusion.Refused refusal(Subject subject, List<Unmet> missing) {
        lastMissed.put(subject.pool().facts().arn(), clock.instant());
        String message = missing.stream().map(Unmet::sentence).collect(Collectors.joining(". "));
        Reason reason = missing.stream()
                .map(unmet -> reason(unmet.rule()))
                .reduce((one, other) -> one == Reason.INVALID_SETTINGS ? one : other)
                .orElseThrow();
        return new Conclusion.Refused(
                Step.CLIENT,
                reason,
                "User pool " + subject.pool().access().pool() + ": " + message
                        + (reason == Reason.INVALID_SETTINGS ? "" : "; looked at again within a minute"));
    }

    private static Reason reason(PoolRule rule) {
        return switch (rule) {
            case READ_ATTRIBUTES_EXIST, WRITE_ATTRIBUTES_EXIST, SCOPES_EXIST, PROVIDERS_EXIST ->
                Reason.DEPENDENCY_MISSING;
            case REQUIRED_ATTRIBUTES_ARE_WRITABLE -> Reason.INVALID_SETTINGS;
            case USER_AUTH_NEEDS_ESSENTIALS, ROTATION_NEEDS_ESSENTIALS -> Reason.TIER_TOO_LOW;
        };
    }

    /**
     * What was seen of a pool.
     *
     * @param complete whether all was seen that was to be looked at: the operator may lack a permission
     */
    private record Sight(PoolContents contents, boolean complete) {}

    /** Empty when the pool cannot be looked at: then Cognito's own answer must do. */
    private Optional<Sight> look(Subject subject, Set<PoolShelf> shelves, PoolContents facts) {
        Instant now = clock.instant();
        Instant freshEnough = subject.isLookRequested() ? now : now.minus(FRESH);
        PoolContents seen = facts;
        boolean complete = true;
        try {
            for (PoolShelf shelf : shelves) {
                PoolContents contents = clients.contents(subject.pool().access(), shelf, freshEnough);
                complete &= !contents.equals(PoolContents.UNKNOWN);
                seen = seen.and(contents);
            }
            return Optional.of(new Sight(seen, complete));
        } catch (FailedCall failed) {
            LOG.debug("The pool could not be looked at: {}", failed.getMessage());
            return Optional.empty();
        }
    }

    private List<Unmet> unmet(Subject subject, PoolContents pool) {
        PoolContents shown = kubernetes
                .pool(subject.spec().userPoolRef().name())
                .map(found -> Usable.of(found.getSpec(), pool))
                .orElse(PoolContents.UNKNOWN);
        return PoolNeeds.unmet(subject.desired(), pool, shown);
    }

    /** Whether the last pass ended because something was missing: it stands in status, and so survives a restart. */
    private static boolean isWaiting(Subject subject) {
        return subject.clientTrouble()
                .filter(Reason.DEPENDENCY_MISSING.text()::equals)
                .isPresent();
    }

    /** The pool's object is gone. */
    void forget(ClusterUserPool pool) {
        var status = pool.getStatus();
        lastMissed.keySet().removeIf(arn -> status != null && arn.value().equals(status.userPoolARN()));
    }

    private boolean isWary(Subject subject) {
        // A pass may note something of a pool whose object has just gone.
        lastMissed.values().removeIf(missed -> !missed.plus(WARY).isAfter(clock.instant()));
        Instant missed = lastMissed.get(subject.pool().facts().arn());
        return missed != null && missed.plus(WARY).isAfter(clock.instant());
    }
}
