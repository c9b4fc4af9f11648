package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.Adopt;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import org.jspecify.annotations.Nullable;

/** Reads from a manifest which app client it adopts. */
public final class Adoption {

    private Adoption() {}

    /** The id in {@code spec.adopt.clientId}; null for a manifest that adopts no app client. */
    public static @Nullable String adopted(UserPoolClient client) {
        Adopt adopt = client.getSpec().adopt();
        return adopt == null ? null : adopt.clientId();
    }
}
