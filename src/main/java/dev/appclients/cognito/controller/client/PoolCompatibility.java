package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolCatalog;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.PoolRequirements;
import dev.appclients.cognito.plan.PoolRequirements.Unmet;
import dev.appclients.cognito.plan.PoolRule;
import dev.appclients.cognito.status.Outcome;
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
 * Compares the settings of a client with the contents of its pool. A person can add missing contents at any time, so the operator
 * reads the pool again while clients wait for them. All clients of a pool share one read.
 */
final class PoolCompatibility {

    private static final Logger LOG = LoggerFactory.getLogger(PoolCompatibility.class);

    /** The maximum age of pool contents that a decision uses. */
    private static final Duration MAX_AGE = Duration.ofSeconds(30);

    /** For this long after contents were missing, the operator reads the pool before it calls Cognito for the next client. */
    private static final Duration READ_AFTER_MISS = Duration.ofMinutes(10);

    private static final Set<PoolCatalog> NOT_IN_FACTS = EnumSet.of(PoolCatalog.SCOPES, PoolCatalog.PROVIDERS);

    private final AppClients clients;
    private final InstantSource clock;
    private final Map<PoolArn, Instant> lastMissed = new ConcurrentHashMap<>();

    PoolCompatibility(AppClients clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /** The result of a comparison. */
    sealed interface Verdict {
        /** Nothing is known to be missing. */
        record Compatible() implements Verdict {}

        /** The facts or Cognito say that contents are missing, but the pool has them now. */
        record NowCompatible() implements Verdict {}

        /** The pool lacks contents that the settings refer to. */
        record Incompatible(Outcome.Refused refusal) implements Verdict {}
    }

    /** Compares before any call for the client. Reads the pool where its facts lack contents, or contents were missing before. */
    Verdict judge(ReconcileInput input) {
        PoolContents facts = PoolContents.of(input.pool().facts());
        List<Unmet> known = unmet(input, facts);
        if (known.stream().anyMatch(unmet -> reason(unmet.rule()) == Reason.INVALID_SETTINGS)) {
            return new Verdict.Incompatible(refusal(input, known));
        }
        Set<PoolCatalog> catalogs = EnumSet.noneOf(PoolCatalog.class);
        known.forEach(unmet -> catalogs.add(unmet.rule().catalog()));
        if (isWaiting(input)) {
            catalogs.addAll(PoolRequirements.catalogs(input.desired()));
        } else if (hasMissedRecently(input)) {
            PoolRequirements.catalogs(input.desired()).stream()
                    .filter(NOT_IN_FACTS::contains)
                    .forEach(catalogs::add);
        }
        if (catalogs.isEmpty()) {
            return new Verdict.Compatible();
        }
        Optional<Read> read = read(input, catalogs, facts);
        if (read.isEmpty()) {
            return new Verdict.Compatible();
        }
        List<Unmet> missing = unmet(input, read.get().contents());
        if (!missing.isEmpty()) {
            return new Verdict.Incompatible(refusal(input, missing));
        }
        return known.isEmpty() ? new Verdict.Compatible() : new Verdict.NowCompatible();
    }

    /**
     * Explains a refusal by Cognito from the contents of the pool.
     *
     * @return {@code Incompatible} when the pool lacks contents; {@code NowCompatible} when the pool has all contents that Cognito
     *     calls missing; {@code Compatible} when the pool explains nothing
     */
    Verdict explain(ReconcileInput input, Failure failure) {
        Set<PoolCatalog> catalogs = PoolRequirements.catalogs(input.desired());
        boolean isAboutContents = switch (failure.kind()) {
            case DEPENDENCY_MISSING -> true;
            case TIER_TOO_LOW -> PoolRequirements.needsHigherTier(input.desired());
            case INVALID_SETTINGS -> failure.message().contains(" attributes ");
            default -> false;
        };
        return catalogs.isEmpty() || !isAboutContents ? new Verdict.Compatible() : judgeByRead(input, catalogs);
    }

    /** Judges a refused tier by a read of the pool. The facts may be an hour old. */
    Verdict judgeTier(ReconcileInput input) {
        return PoolRequirements.needsHigherTier(input.desired())
                ? judgeByRead(input, PoolRequirements.catalogs(input.desired()))
                : new Verdict.Compatible();
    }

    private Verdict judgeByRead(ReconcileInput input, Set<PoolCatalog> catalogs) {
        Optional<Read> read = read(input, catalogs, PoolContents.of(input.pool().facts()));
        if (read.isEmpty()) {
            return new Verdict.Compatible();
        }
        List<Unmet> missing = unmet(input, read.get().contents());
        if (!missing.isEmpty()) {
            return new Verdict.Incompatible(refusal(input, missing));
        }
        return read.get().complete() ? new Verdict.NowCompatible() : new Verdict.Compatible();
    }

    private Outcome.Refused refusal(ReconcileInput input, List<Unmet> missing) {
        lastMissed.put(input.pool().facts().arn(), clock.instant());
        String message = missing.stream().map(Unmet::sentence).collect(Collectors.joining(". "));
        Reason reason = missing.stream()
                .map(unmet -> reason(unmet.rule()))
                .reduce((one, other) -> one == Reason.INVALID_SETTINGS ? one : other)
                .orElseThrow();
        String retry = reason == Reason.INVALID_SETTINGS ? "hourly" : "within a minute";
        return new Outcome.Refused(
                Step.CLIENT,
                reason,
                "User pool " + input.pool().access().pool() + ": " + message + ". The operator retries " + retry + ".");
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
     * Contents that were read.
     *
     * @param complete false when the operator lacks a permission to read some of them
     */
    private record Read(PoolContents contents, boolean complete) {}

    /** Empty when the pool cannot be read. Cognito's own answer to the call then decides. */
    private Optional<Read> read(ReconcileInput input, Set<PoolCatalog> catalogs, PoolContents facts) {
        Instant now = clock.instant();
        Instant notBefore = input.isReconcileRequested() ? now : now.minus(MAX_AGE);
        PoolContents read = facts;
        boolean complete = true;
        try {
            for (PoolCatalog catalog : catalogs) {
                PoolContents contents = clients.contents(input.pool().access(), catalog, notBefore);
                complete &= !contents.equals(PoolContents.UNKNOWN);
                read = read.and(contents);
            }
            return Optional.of(new Read(read, complete));
        } catch (AwsCallException failed) {
            LOG.debug("Reading the contents of the pool failed: {}", failed.getMessage());
            return Optional.empty();
        }
    }

    private static List<Unmet> unmet(ReconcileInput input, PoolContents pool) {
        return PoolRequirements.unmet(input.desired(), pool, input.visible(pool));
    }

    /** Whether the last reconciliation ended because contents were missing. The status says so, also after a restart. */
    private static boolean isWaiting(ReconcileInput input) {
        return input.clientFailureReason()
                .filter(Reason.DEPENDENCY_MISSING.text()::equals)
                .isPresent();
    }

    /** Removes what is remembered of a deleted pool. */
    void forget(ClusterUserPool pool) {
        var status = pool.getStatus();
        lastMissed.keySet().removeIf(arn -> status != null && arn.value().equals(status.userPoolARN()));
    }

    private boolean hasMissedRecently(ReconcileInput input) {
        // A reconciliation can add an entry after its pool was deleted, so entries expire too.
        lastMissed.values().removeIf(missed -> !missed.plus(READ_AFTER_MISS).isAfter(clock.instant()));
        return lastMissed.containsKey(input.pool().facts().arn());
    }
}
