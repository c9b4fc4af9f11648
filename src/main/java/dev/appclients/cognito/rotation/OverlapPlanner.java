package dev.appclients.cognito.rotation;

import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.rotation.RotationFacts.Carriers;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationStep.Blocked;
import dev.appclients.cognito.rotation.RotationStep.Idle;
import dev.appclients.cognito.rotation.RotationStep.Problem;
import dev.appclients.cognito.rotation.RotationStep.Refusal;
import dev.appclients.cognito.rotation.RotationStep.RetirementRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides the next step while two secrets are valid. */
final class OverlapPlanner {

    /** The kubelet updates the files of a mounted Secret within about 90 s. */
    static final Duration MOUNTS_UPDATED = Duration.ofMinutes(2);

    private OverlapPlanner() {}

    /** The next step of a rotation in this state. */
    static RotationStep next(RotationFacts facts, Overlap overlap) {
        RotationRecord known = Objects.requireNonNull(facts.record());
        if (facts.listing() != null && facts.isCurrentMissing()) {
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
            return NamedDeletion.next(facts, named);
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
        boolean isBehind = !facts.published().isCurrent() || (facts.copies().areBehind() && !isLate);
        return isBehind && overlap.carriedAt() != null
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
        Instant mounted = mounted(facts, overlap);
        if (!isNamed && facts.isTimeKnown() && facts.now().isBefore(mounted)) {
            return new Idle(mounted);
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
            return isNamed
                    ? new RetirementRefused(previous, Refusal.CARRIED)
                    : new Blocked(Reason.COPIES_LAGGING, Problem.LAGGING);
        }
        if (carriers.own().contains(previous)) {
            return new Blocked(Reason.COPIES_LAGGING, Problem.NOT_PUBLISHED);
        }
        boolean isCarried = carriers.copies().contains(previous);
        return facts.lists(previous) ? new RotationStep.Retire(previous, isCarried) : new RotationStep.Finish();
    }

    /** When every mount of the client's Secret shows the current secret. */
    private static Instant mounted(RotationFacts facts, Overlap overlap) {
        return Stream.of(overlap.carriedAt(), facts.published().since())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(facts.now())
                .plus(MOUNTS_UPDATED);
    }

    private static RotationStep unpublished(RotationFacts facts, Overlap overlap, String previous, boolean isNamed) {
        boolean isWritten = facts.published().state() == Published.State.OUTDATED;
        if (!facts.now().isBefore(overlap.deadline(facts.policy()))) {
            return isWritten
                    ? new Idle(facts.now().plus(MOUNTS_UPDATED))
                    : new Blocked(Reason.COPIES_LAGGING, Problem.NOT_PUBLISHED);
        }
        boolean isRefused = isNamed && !isWritten;
        return isRefused
                ? new RetirementRefused(previous, Refusal.CARRIED)
                : new Idle(overlap.deadline(facts.policy()));
    }
}
