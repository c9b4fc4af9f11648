package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.rotation.Cause;
import dev.appclients.cognito.rotation.RotationFacts.Demand;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.rotation.RotationPolicy;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides what asks for a rotation: the annotation, the age of the secret, or the loss of its value. */
final class RotationDemands {

    /** The interval between two listings of the secrets of a client that was rotated. */
    static final Duration LISTING = Duration.ofHours(6);

    private final CheckMemory ticks;
    private final CheckMemory listings;
    private final StartPacer pacer;
    private final CognitoClock clock;

    /**
     * Creates the demands.
     *
     * @param ticks the slots in which ages are compared
     * @param listings the slots of the regular listings
     */
    RotationDemands(CheckMemory ticks, CheckMemory listings, StartPacer pacer, CognitoClock clock) {
        this.ticks = ticks;
        this.listings = listings;
        this.pacer = pacer;
        this.clock = clock;
    }

    /** What asks for a rotation now. */
    Demand of(RotationPass pass, RotationPolicy policy, Published.State published) {
        RotationRecord rotation = pass.rotation();
        boolean isIdle = rotation == null || rotation.state() instanceof RotationState.Steady;
        Cause due = isIdle ? due(pass, policy, published) : null;
        boolean isAgeNeeded = isIdle && due == null && isAgeUnknown(pass, policy);
        boolean isIdNeeded = rotation == null && published.isWithoutValue();
        boolean isSlot = rotation != null && listings.isDue(pass.target().uid(), LISTING);
        boolean isChecked = rotation != null
                && (pass.memory().isAbsenceSuspected() || pass.target().isRequested());
        boolean isListDue = isAgeNeeded || isIdNeeded || isSlot || isChecked;
        return new Demand(due, isListDue && pass.listing() == null, retirement(pass));
    }

    /** The listing of this slot is done. */
    void listed(RotationPass pass) {
        listings.recordCheck(pass.target().uid(), LISTING);
    }

    /** The ages were compared in this slot, or the rotation began. */
    void compared(RotationPass pass, RotationPolicy policy) {
        Duration tick = policy.tick();
        if (tick != null) {
            ticks.recordCheck(pass.target().uid(), tick);
        }
        pacer.release(pass.target().uid());
    }

    /** How long a scheduled rotation waits for its turn in the pool; null if it does not wait for that. */
    @Nullable
    Duration untilTurn(RotationPass pass, RotationPolicy policy) {
        Duration left = isOverdue(pass, policy) && isTick(pass, policy)
                ? pacer.untilStart(pass.target().access().pool(), pass.target().uid())
                : Duration.ZERO;
        return left.isPositive() ? left : null;
    }

    /** How long until the age of the secret is to be compared; null without a schedule, and while a rotation is under way. */
    @Nullable
    Duration untilCheck(RotationPass pass, RotationPolicy policy) {
        Duration tick = policy.tick();
        RotationRecord rotation = pass.rotation();
        if (tick == null || (rotation != null && !(rotation.state() instanceof RotationState.Steady))) {
            return null;
        }
        Instant dueAt = dueAt(pass, policy);
        Duration slot = ticks.untilDue(pass.target().uid(), tick);
        Duration age = dueAt == null ? slot : Duration.between(clock.now(), dueAt);
        return age.compareTo(slot) > 0 ? age : slot;
    }

    /** Whether a user, or a published secret that may be gone, waits for the answer of a listing. */
    boolean isUrgent(RotationPass pass) {
        String request = Annotations.rotateRequest(pass.target().resource());
        return pass.target().isRequested()
                || pass.memory().isAbsenceSuspected()
                || (request != null && !request.equals(pass.handledRequest()))
                || retirement(pass) != null;
    }

    /** When the secret reaches the age at which it is replaced; null without a schedule, and while its age is unknown. */
    @Nullable
    Instant dueAt(RotationPass pass, RotationPolicy policy) {
        SecretId current = current(pass);
        return policy.every() == null || current == null
                ? null
                : current.created().plus(policy.every());
    }

    void forget(String uid) {
        ticks.forget(uid);
        listings.forget(uid);
        pacer.release(uid);
    }

    int size() {
        return ticks.size() + listings.size() + pacer.size();
    }

    private @Nullable Cause due(RotationPass pass, RotationPolicy policy, Published.State published) {
        if (published.isWithoutValue()) {
            return Cause.NEED;
        }
        Cause owed = owed(pass, policy);
        if (owed == Cause.NEED) {
            return owed;
        }
        String request = Annotations.rotateRequest(pass.target().resource());
        if (request != null && !request.equals(pass.handledRequest())) {
            return Cause.REQUEST;
        }
        if (owed != null) {
            return owed;
        }
        if (!isTick(pass, policy)) {
            return null;
        }
        if (!isOverdue(pass, policy)) {
            if (current(pass) != null) {
                compared(pass, policy);
            }
            return null;
        }
        return untilTurn(pass, policy) == null ? Cause.SCHEDULE : null;
    }

    /** The cause of a rotation that failed and has to be repeated. A schedule that was removed asks for nothing. */
    private static @Nullable Cause owed(RotationPass pass, RotationPolicy policy) {
        RotationRecord rotation = pass.rotation();
        Cause owed = rotation != null && rotation.state() instanceof RotationState.Steady(Cause cause) ? cause : null;
        return owed == Cause.SCHEDULE && policy.every() == null ? null : owed;
    }

    private boolean isTick(RotationPass pass, RotationPolicy policy) {
        Duration tick = policy.tick();
        return tick != null && ticks.isDue(pass.target().uid(), tick);
    }

    /** Only Cognito knows the date of an original secret. */
    private boolean isAgeUnknown(RotationPass pass, RotationPolicy policy) {
        return current(pass) == null && isTick(pass, policy);
    }

    private boolean isOverdue(RotationPass pass, RotationPolicy policy) {
        Instant dueAt = dueAt(pass, policy);
        return dueAt != null && !clock.now().isBefore(dueAt);
    }

    private static @Nullable SecretId current(RotationPass pass) {
        RotationRecord rotation = pass.rotation();
        SecretId original = pass.memory().original();
        boolean isOfThisClient = original != null && original.mayBelongTo(pass.clientId());
        return rotation != null ? rotation.current() : isOfThisClient ? original : null;
    }

    private static @Nullable String retirement(RotationPass pass) {
        String named = Annotations.value(pass.target().resource(), Annotations.RETIRE_SECRET);
        RotationRecord rotation = pass.rotation();
        boolean isHandled = named == null
                || pass.refusal() != null
                || pass.memory().isRetirementAnswered(named)
                || (rotation != null && named.equals(rotation.handled().retired()));
        return isHandled ? null : named;
    }
}
