package dev.appclients.cognito.model;

import org.jspecify.annotations.Nullable;

/**
 * The facts of a user pool that its id does not contain.
 *
 * @param arn the ARN of the pool, with its account
 * @param issuer the OIDC issuer of the pool's tokens; depends on the pool's issuer type
 * @param domain the domain of the pool's endpoints; null if the pool has none
 * @param tier {@code LITE}, {@code ESSENTIALS} or {@code PLUS}
 * @param attributes the pool's attribute schema; null while unknown, for example after an upgrade
 */
public record PoolFacts(
        PoolArn arn,
        String issuer,
        @Nullable PoolDomain domain,
        String tier,
        @Nullable PoolAttributes attributes) {}
