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
import dev.appclients.cognito.rotation.RotationStep.Refusal;
import dev.appclients.cognito.rotation.RotationStep.RetirementRefused;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
            case Overlap overlap -> overlap(facts, overlap);
        };
    }

    private static RotationStep steady(RotationFacts facts) {
        String named = facts.demand().retire();
        if (named != null) {
            return named(facts, named);
        }
        if (facts.listing() == null) {
            return facts.demand().due() == null && !facts.demand().isListDue()
                    ? new Idle(null)
                    : new RotationStep.ListSecrets();
        }
        // A client always has a secret, so Cognito's list lags.
        if (facts.listed().isEmpty() || (isCurrentMissing(facts) && !facts.isAbsenceConfirmed())) {
            return new RotationStep.AwaitSettlement();
        }
        if (isEveryValueLost(facts) && facts.listed().size() > 1) {
            return twoLost(facts);
        }
        Cause cause = isCurrentMissing(facts) ? Cause.NEED : facts.demand().due();
        if (cause == null) {
            return new Idle(null);
        }
        if (facts.listed().size() == 1) {
            return start(facts, cause);
        }
        return isReplacedListed(facts)
                ? new RotationStep.AwaitSettlement()
                : new Blocked(Reason.FOREIGN_SECRET, Problem.FOREIGN_SECRET);
    }

    /** Whether Cognito's list still has the secret that the last rotation deleted, because the list lags. */
    private static boolean isReplacedListed(RotationFacts facts) {
        RotationRecord known = facts.record();
        return known != null && known.replaced() != null && facts.lists(known.replaced());
    }

    private static boolean isEveryValueLost(RotationFacts facts) {
        return facts.record() == null && facts.published().state() == Published.State.LOST;
    }

    private static boolean isCurrentMissing(RotationFacts facts) {
        RotationRecord known = facts.record();
        return known != null && known.current() != null && !facts.lists(known.currentId());
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
            return named(facts, named);
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

    private static RotationStep overlap(RotationFacts facts, Overlap overlap) {
        RotationRecord known = Objects.requireNonNull(facts.record());
        if (facts.listing() != null && isCurrentMissing(facts)) {
            return facts.isAbsenceConfirmed() && !facts.listed().isEmpty()
                    ? new RotationStep.Promote()
                    : new RotationStep.AwaitSettlement();
        }
        SecretId previous = overlap.previous();
        if (previous == null) {
            return facts.published().isCurrent() ? new RotationStep.Finish() : new Idle(null);
        }
        String named = facts.demand().retire();
        boolean isNamed = previous.id().equals(named);
        if (named != null && !isNamed) {
            return named(facts, named);
        }
        return carried(facts, overlap)
                .orElseGet(() -> isRetirementDue(facts, overlap) || isNamed
                        ? retirement(facts, overlap, previous.id(), isNamed)
                        : waiting(facts, known, overlap));
    }

    private static Optional<RotationStep> carried(RotationFacts facts, Overlap overlap) {
        boolean allCarry = facts.published().isCurrent() && facts.copies().allCarry();
        if (allCarry && overlap.carriedAt() == null) {
            return Optional.of(facts.isTimeKnown() ? new RotationStep.RecordCarried() : new RotationStep.ListSecrets());
        }
        boolean isLate = !facts.now().isBefore(overlap.deadline(facts.policy()));
        boolean isBehind = !facts.published().isCurrent() || facts.copies().areBehind();
        return isBehind && overlap.carriedAt() != null && !isLate
                ? Optional.of(new RotationStep.ClearCarried())
                : Optional.empty();
    }

    private static boolean isRetirementDue(RotationFacts facts, Overlap overlap) {
        return !facts.now().isBefore(overlap.retiresAt(facts.policy()));
    }

    private static RotationStep waiting(RotationFacts facts, RotationRecord known, Overlap overlap) {
        boolean isListed = known.current() == null || facts.listing() != null;
        return facts.demand().isListDue() && !isListed
                ? new RotationStep.ListSecrets()
                : new Idle(overlap.retiresAt(facts.policy()));
    }

    private static RotationStep retirement(RotationFacts facts, Overlap overlap, String previous, boolean isNamed) {
        boolean isLast = !facts.now().isBefore(overlap.deadline(facts.policy()));
        if (!facts.published().isCurrent()) {
            return unpublished(facts, overlap, previous, isNamed);
        }
        // The listing brings Cognito's time, which may show that the overlap has not ended yet.
        if (facts.listing() == null) {
            return new RotationStep.ListSecrets();
        }
        Carriers carriers = facts.carriers();
        if (carriers == null) {
            return new RotationStep.ReadCarriers();
        }
        if (carriers.has(previous) && !isLast) {
            return isNamed ? refused(previous, Refusal.CARRIED) : new Blocked(Reason.COPIES_LAGGING, Problem.LAGGING);
        }
        if (carriers.own().contains(previous)) {
            return new Blocked(Reason.COPIES_LAGGING, Problem.NOT_PUBLISHED);
        }
        boolean isCarried = carriers.copies().contains(previous);
        return facts.lists(previous) ? new RotationStep.Retire(previous, isCarried) : new RotationStep.Finish();
    }

    private static RotationStep unpublished(RotationFacts facts, Overlap overlap, String previous, boolean isNamed) {
        if (!facts.now().isBefore(overlap.deadline(facts.policy()))) {
            return new Blocked(Reason.COPIES_LAGGING, Problem.NOT_PUBLISHED);
        }
        boolean isRefused = isNamed && facts.published().state() != Published.State.OUTDATED;
        return isRefused ? refused(previous, Refusal.CARRIED) : new Idle(overlap.deadline(facts.policy()));
    }

    /** A person named a secret that is not the previous one of an overlap. */
    private static RotationStep named(RotationFacts facts, String id) {
        if (facts.isPublishedId(id)) {
            return refused(id, Refusal.PUBLISHED);
        }
        if (facts.listing() == null) {
            return new RotationStep.ListSecrets();
        }
        if (!facts.lists(id)) {
            return refused(id, Refusal.UNKNOWN);
        }
        if (isOriginal(facts, id)) {
            return refused(id, Refusal.PUBLISHED);
        }
        if (facts.listed().size() == 1) {
            return refused(id, Refusal.LAST);
        }
        Carriers carriers = facts.carriers();
        if (carriers == null) {
            return new RotationStep.ReadCarriers();
        }
        return carriers.has(id) ? refused(id, Refusal.CARRIED) : new RotationStep.DeleteNamed(id);
    }

    /** Whether the secret may be the published one of a client without a record, whose Secret does not name it. */
    private static boolean isOriginal(RotationFacts facts, String id) {
        boolean isUnnamed = facts.record() == null || facts.record().current() == null;
        return isUnnamed
                && (facts.listed().size() == 1 || facts.listed().getFirst().id().equals(id))
                && !facts.published().state().isWithoutValue();
    }

    private static RetirementRefused refused(String id, Refusal why) {
        return new RetirementRefused(id, why);
    }
}
