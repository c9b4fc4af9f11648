package dev.appclients.cognito.rotation;

import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.rotation.RotationFacts.Carriers;
import dev.appclients.cognito.rotation.RotationFacts.Progress;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationState.Staged;
import dev.appclients.cognito.rotation.RotationState.Steady;
import dev.appclients.cognito.rotation.RotationStep.Blocked;
import dev.appclients.cognito.rotation.RotationStep.Idle;
import dev.appclients.cognito.rotation.RotationStep.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Decides the next step of a rotation. Total and deterministic. It never decides to delete the published secret, nor one that the
 * operator neither added nor replaced, unless a person names it.
 */
public final class RotationPlanner {

    private RotationPlanner() {}

    /** The next step. */
    public static RotationStep next(RotationFacts facts) {
        return switch (facts.state()) {
            case Steady steady -> steady(facts);
            case Staged staged -> staged(facts, staged);
            case Overlap overlap -> OverlapPlanner.next(facts, overlap);
        };
    }

    private static RotationStep steady(RotationFacts facts) {
        PublishedSecretId unrecorded = facts.unrecorded();
        if (unrecorded != null) {
            return unrecorded(facts, unrecorded);
        }
        String named = facts.demand().retire();
        if (named != null) {
            return NamedDeletion.next(facts, named);
        }
        if (facts.listing() == null) {
            return facts.demand().due() == null && !facts.demand().isListDue()
                    ? new Idle(null)
                    : new RotationStep.ListSecrets();
        }
        // A client always has a secret, so Cognito's list lags.
        if (facts.listed().isEmpty() || (facts.isCurrentMissing() && !facts.isAbsenceConfirmed())) {
            return new RotationStep.AwaitSettlement();
        }
        if (isEveryValueLost(facts) && facts.listed().size() > 1) {
            return twoLost(facts);
        }
        Cause cause = facts.isCurrentMissing() ? Cause.NEED : facts.demand().due();
        if (cause == null) {
            return new Idle(null);
        }
        if (facts.listed().size() == 1) {
            RotationStep start = start(facts, cause);
            return start instanceof RotationStep.Stage && facts.addsFrom() != null ? new Idle(facts.addsFrom()) : start;
        }
        return isReplacedListed(facts)
                ? new RotationStep.AwaitSettlement()
                : new Blocked(Reason.FOREIGN_SECRET, Problem.FOREIGN_SECRET);
    }

    /** The record is lost. Cognito proves that the secret in the client's Secret is still valid, or that it is gone. */
    private static RotationStep unrecorded(RotationFacts facts, PublishedSecretId named) {
        if (facts.listing() == null) {
            return new RotationStep.ListSecrets();
        }
        if (facts.lists(Objects.requireNonNull(named.id()))) {
            return new RotationStep.Rebuild(named);
        }
        return facts.isAbsenceConfirmed() ? steady(facts.withoutValue()) : new RotationStep.AwaitSettlement();
    }

    /** Whether Cognito's list still has the secret that the last rotation deleted, because the list lags. */
    private static boolean isReplacedListed(RotationFacts facts) {
        RotationRecord known = facts.record();
        return known != null && known.replaced() != null && facts.lists(known.replaced());
    }

    private static boolean isEveryValueLost(RotationFacts facts) {
        return facts.record() == null && facts.published().state() == Published.State.LOST;
    }

    /** Neither value is known, and a workload may use either. The older one is deleted after a whole overlap. */
    private static RotationStep twoLost(RotationFacts facts) {
        Instant newer = facts.listed().getLast().created();
        Instant end = newer.plus(facts.policy().overlap());
        if (facts.now().isBefore(end)) {
            return new Idle(end);
        }
        SecretId older = facts.listed().getFirst();
        Carriers carriers = facts.carriers();
        if (carriers == null) {
            return new RotationStep.ReadCarriers();
        }
        if (carriers.own().contains(older.id())) {
            return new Blocked(Reason.FOREIGN_SECRET, Problem.FOREIGN_SECRET);
        }
        Instant last = newer.plus(facts.policy().maxOverlap());
        return carriers.copies().contains(older.id()) && facts.now().isBefore(last)
                ? new Idle(last)
                : new RotationStep.DeleteStray(older);
    }

    private static RotationStep start(RotationFacts facts, Cause cause) {
        if (facts.published().state() == Published.State.CONTESTED) {
            return new Blocked(Reason.SECRET_CONTESTED, Problem.CONTESTED);
        }
        RotationRecord known = facts.record();
        if (known != null) {
            return new RotationStep.Stage(cause, known.current());
        }
        SecretId only = facts.listed().getFirst();
        return switch (facts.published().original()) {
            case UNKNOWN -> new RotationStep.CompareOriginal();
            case EQUAL -> new RotationStep.Stage(cause, only);
            case DIFFERENT -> new Blocked(Reason.SECRET_UNREADABLE, Problem.DIFFERENT);
            case UNREADABLE ->
                cause == Cause.SCHEDULE
                        ? new Blocked(Reason.SECRET_UNREADABLE, Problem.UNREADABLE)
                        : new RotationStep.Stage(cause, only);
        };
    }

    private static RotationStep staged(RotationFacts facts, Staged staged) {
        if (facts.progress() == Progress.STAGED) {
            return new RotationStep.Add();
        }
        // A further attempt waits, and so do the calls and writes that prepare it.
        if (facts.addsFrom() != null && facts.progress() == Progress.NOTHING) {
            return new Idle(facts.addsFrom());
        }
        if (!facts.isSettled()) {
            return new RotationStep.AwaitSettlement();
        }
        if (facts.listing() == null) {
            return new RotationStep.ListSecrets();
        }
        if (facts.listed().isEmpty()) {
            return new RotationStep.AwaitSettlement();
        }
        RotationStep step = facts.listed().size() == 1 ? new RotationStep.Add() : stray(facts, staged);
        boolean isChange = step instanceof RotationStep.Add
                || step instanceof RotationStep.DeleteStray
                || step instanceof RotationStep.DeleteNamed;
        // Judged first: a secret that another writer added after the last attempt is dated before this one.
        return isChange && facts.progress() != Progress.RESUMED ? new RotationStep.Resume() : step;
    }

    private static RotationStep stray(RotationFacts facts, Staged staged) {
        List<SecretId> strays = facts.listed().stream()
                .filter(secret -> staged.mayHaveAdded(secret) && !facts.isPublishedId(secret.id()))
                .toList();
        boolean isOneOfTwo = facts.listed().size() == 2
                && facts.listed().stream().anyMatch(secret -> staged.baseline().contains(secret.id()));
        boolean isOurs = strays.size() == 1 && isOneOfTwo;
        String named = facts.demand().retire();
        if (named != null && (!isOurs || facts.lists(named))) {
            return NamedDeletion.next(facts, named);
        }
        if (!isOurs) {
            return new Blocked(Reason.FOREIGN_SECRET, Problem.FOREIGN_SECRET);
        }
        Carriers carriers = facts.carriers();
        if (carriers == null) {
            return new RotationStep.ReadCarriers();
        }
        return carriers.has(strays.getFirst().id())
                ? new Blocked(Reason.FOREIGN_SECRET, Problem.FOREIGN_SECRET)
                : new RotationStep.DeleteStray(strays.getFirst());
    }
}
