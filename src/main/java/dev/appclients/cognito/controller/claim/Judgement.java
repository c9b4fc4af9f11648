package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.distribution.ClaimDecision;
import dev.appclients.cognito.distribution.NamespaceFacts;
import org.jspecify.annotations.Nullable;

/**
 * The decision on a claim, with the versions of the objects that it was decided on. Nothing in the pass reads these objects again.
 *
 * @param client null if there is none
 * @param pool of the client; null if there is none
 * @param target the namespace of the claim
 * @param source the namespace of the client
 */
record Judgement(
        ClaimDecision decision,
        @Nullable UserPoolClient client,
        @Nullable ClusterUserPool pool,
        NamespaceFacts target,
        NamespaceFacts source) {}
