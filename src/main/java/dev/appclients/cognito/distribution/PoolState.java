package dev.appclients.cognito.distribution;

import dev.appclients.cognito.api.v1beta1.ClusterUserPoolSpec;

/**
 * The facts of a pool that decide about the copies of its clients.
 *
 * @param duplicate whether an older ClusterUserPool refers to the same user pool
 */
public record PoolState(ClusterUserPoolSpec spec, boolean terminating, boolean duplicate) {}
