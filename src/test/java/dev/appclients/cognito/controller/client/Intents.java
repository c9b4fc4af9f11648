package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL_ID;

import dev.appclients.cognito.api.v1beta1.PendingCreate;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import java.util.List;

/** Objects whose operator ended between the intent and the result of a create. */
public final class Intents {

    public static final String POOL_ARN = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/" + POOL_ID;

    private Intents() {}

    /** A status that contains only the intent. */
    public static UserPoolClientStatus status(UserPoolClient client, String since) {
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
                null,
                null,
                null,
                List.of());
    }
}
