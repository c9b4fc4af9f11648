package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conditions;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from the status of a client whether its copies stay as they are. */
public final class ClientHold {

    private ClientHold() {}

    /** Whether a user must act on the client, or its pool does not permit it. Other problems of a client concern no copy. */
    public static boolean isHeld(UserPoolClient client) {
        var status = client.getStatus();
        var conditions = status == null ? null : status.conditions();
        return (Conditions.isTrue(conditions, Conditions.STALLED) && !lacksRightForPushedClaim(conditions))
                || Conditions.find(conditions, Step.AUTHORIZATION.condition())
                        .filter(authorized -> "False".equals(authorized.getStatus()))
                        .isPresent();
    }

    /** Whether every step of the client is done and only a pushed claim lacks a right of the operator. No other copy depends on that. */
    private static boolean lacksRightForPushedClaim(@Nullable List<Condition> conditions) {
        return Conditions.hasReason(conditions, Conditions.STALLED, Reason.MISSING_PERMISSION)
                && Arrays.stream(Step.values()).allMatch(step -> Conditions.isTrue(conditions, step.condition()));
    }
}
