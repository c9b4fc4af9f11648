package dev.appclients.cognito.model;

import org.jspecify.annotations.Nullable;

/**
 * How a pool is reached: which pool, as whom, and on whose behalf.
 *
 * @param pool the user pool
 * @param roleArn the role to assume; null to use the operator's own identity
 * @param externalId given to STS with the role; null for none
 * @param namespace the Kubernetes namespace that the call serves: a session tag, and the unit of fairness; null for calls that serve the
 *     pool itself
 */
public record PoolAccess(
        PoolId pool,
        @Nullable String roleArn,
        @Nullable String externalId,
        @Nullable String namespace) {}
