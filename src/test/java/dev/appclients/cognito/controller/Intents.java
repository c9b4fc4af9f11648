package dev.appclients.cognito.controller;

import static dev.appclients.cognito.controller.Stage.POOL_ID;

import dev.appclients.cognito.api.v1beta1.PendingCreate;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import java.util.List;

/** Objects as an operator leaves them that ends between intent and result. */
final class Intents {

    static final String POOL_ARN = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/" + POOL_ID;

    private Intents() {}

    /** The status of an object in that state, and nothing else in it. */
    static UserPoolClientStatus status(UserPoolClient client, String since) {
        return new UserPoolClientStatus(
                client.getMetadata().getGeneration(),
                null,
                POOL_ARN,
                new PendingCreate(since),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }
}
