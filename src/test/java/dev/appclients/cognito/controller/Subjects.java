package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.PoolId;
import java.util.Set;

/** What a pass is about, without a cluster: an object that was admitted to {@link Stage#POOL_ID}. */
final class Subjects {

    private Subjects() {}

    /** @param poolGeneration of the ClusterUserPool that admits it */
    static Subject of(UserPoolClient client, long poolGeneration) {
        PoolFacts facts = new PoolFacts(
                new PoolArn(Intents.POOL_ARN),
                "https://issuer",
                null,
                "ESSENTIALS",
                PoolAttributes.of(Set.of(), Set.of(), Set.of()));
        PoolAccess access = new PoolAccess(new PoolId(Stage.POOL_ID), null, null, "shop");
        return Subject.of(client, null, new Admission("customers", poolGeneration, access, facts));
    }
}
