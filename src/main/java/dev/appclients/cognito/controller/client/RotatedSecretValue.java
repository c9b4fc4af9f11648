package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.controller.rotation.RotationPass;
import dev.appclients.cognito.controller.rotation.SecretRotations;
import dev.appclients.cognito.controller.secret.SecretValue;
import dev.appclients.cognito.model.ClientSecret;
import org.jspecify.annotations.Nullable;

/** The client secret from the record of the rotation; as Cognito describes it only if the client has no record. */
record RotatedSecretValue(SecretRotations rotations, RotationPass rotation, SecretValue described)
        implements SecretValue {

    @Override
    public @Nullable ClientSecret get() {
        rotations.load(rotation);
        ClientSecret recorded = rotations.value(rotation);
        return recorded == null ? described.get() : recorded;
    }

    @Override
    public boolean isAtHand() {
        return rotation.isValueRecorded() ? rotation.isValueAtHand() : described.isAtHand();
    }
}
