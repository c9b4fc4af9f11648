package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.controller.rotation.RotationMemory.OfClient;
import dev.appclients.cognito.rotation.RotationFacts;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.rotation.RotationPolicy;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationState.Staged;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the facts of a decision from the reconciliation, the memory of this process and the caches. Sends no request. */
final class RotationFactsReader {

    private final RotationDemands demands;
    private final OverlapCopies copies;
    private final CognitoClock clock;

    RotationFactsReader(RotationDemands demands, OverlapCopies copies, CognitoClock clock) {
        this.demands = demands;
        this.copies = copies;
        this.clock = clock;
    }

    /** The facts of the next decision. */
    RotationFacts of(RotationPass pass, RotationPolicy policy, Published.State published) {
        RotationRecord rotation = pass.rotation();
        OfClient client = pass.memory();
        String expected = pass.expectedId();
        boolean isSettled = rotation != null
                && rotation.state() instanceof Staged
                && !client.untilSettled(pass.version()).isPositive();
        Duration untilAdd = client.untilAdd();
        return new RotationFacts(
                rotation,
                policy,
                clock.now(),
                clock.isKnown(),
                demands.of(pass, policy, published),
                pass.listing(),
                expected != null && client.isAbsenceConfirmed(expected),
                isSettled,
                untilAdd.isPositive() ? clock.now().plus(untilAdd) : null,
                pass.progress(),
                new Published(published, pass.original(), pass.target().named(), publishedSince(pass, published)),
                copies.of(pass),
                pass.carriers());
    }

    private @Nullable Instant publishedSince(RotationPass pass, Published.State published) {
        String expected = pass.expectedId();
        if (published != Published.State.CURRENT || expected == null) {
            pass.memory().notPublished();
            return null;
        }
        // Without Cognito's time, a wrong clock of this machine could make the time too early.
        return clock.isKnown() ? pass.memory().publishedSince(expected, clock.now()) : null;
    }
}
