package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.claim.CarriedCopies;
import dev.appclients.cognito.controller.cluster.ClientHold;
import dev.appclients.cognito.rotation.RotationFacts.Copies;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Counts the copies that an overlap waits for. Counts once in a reconciliation, and again after it has replaced the current secret: a
 * client may have a thousand copies, and only reconciliations of claims write them.
 */
final class OverlapCopies {

    private final BiFunction<UserPoolClient, String, Optional<CarriedCopies>> counter;

    /** @param counter counts the copies of a client that carry the client secret of an id; empty while the caches fill */
    OverlapCopies(BiFunction<UserPoolClient, String, Optional<CarriedCopies>> counter) {
        this.counter = counter;
    }

    /** The copies that count in the overlap of the client's rotation. */
    Copies of(RotationPass pass) {
        RotationRecord rotation = pass.rotation();
        if (rotation == null || !(rotation.state() instanceof Overlap)) {
            return new Copies(0, 0, true);
        }
        Copies known = pass.counted(rotation.currentId());
        if (known != null) {
            return known;
        }
        Copies counted = count(pass.target().resource(), rotation.currentId());
        pass.counted(rotation.currentId(), counted);
        return counted;
    }

    private Copies count(UserPoolClient client, String secretId) {
        // The copies of a held client are not written, so their number says nothing.
        if (ClientHold.isHeld(client)) {
            return Copies.UNKNOWN;
        }
        return counter.apply(client, secretId)
                .map(counted -> new Copies(counted.counted(), counted.carrying(), counted.othersBehind(), true))
                .orElse(Copies.UNKNOWN);
    }
}
