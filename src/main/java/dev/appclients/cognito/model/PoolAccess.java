package dev.appclients.cognito.model;

import org.jspecify.annotations.Nullable;

/**
 * The access to a pool: the pool, the AWS identity, and the namespace that the calls serve.
 *
 * @param pool the user pool
 * @param roleArn the role to assume; null to use the operator's own identity
 * @param externalId the external id for STS; null for none
 * @param namespace the Kubernetes namespace that the calls serve: a session tag, and the unit of fair queuing; null for calls for the
 *     pool itself
 */
public record PoolAccess(
        PoolId pool,
        @Nullable String roleArn,
        @Nullable String externalId,
        @Nullable String namespace) {}
