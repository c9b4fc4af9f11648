package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.status.Conditions;
import dev.appclients.cognito.status.Step;

/** Reads from the status of a client whether its copies stay as they are. */
public final class ClientHold {

    private ClientHold() {}

    /** Whether a user must act on the client, or its pool does not permit it. Other problems of a client concern no copy. */
    public static boolean isHeld(UserPoolClient client) {
        var status = client.getStatus();
        var conditions = status == null ? null : status.conditions();
        return Conditions.isTrue(conditions, Conditions.STALLED)
                || Conditions.find(conditions, Step.AUTHORIZATION.condition())
                        .filter(authorized -> "False".equals(authorized.getStatus()))
                        .isPresent();
    }
}
