package dev.appclients.cognito.model;

import org.jspecify.annotations.Nullable;

/**
 * What an operator must know of a user pool, and cannot know from its id.
 *
 * @param arn the pool's ARN, with its account
 * @param issuer the OIDC issuer of the pool's tokens; differs with the pool's issuer type
 * @param domain where the pool's endpoints are; null without a domain
 * @param tier {@code LITE}, {@code ESSENTIALS} or {@code PLUS}
 * @param attributes the pool's attribute schema; null while it is not known, as after an upgrade
 */
public record PoolFacts(
        PoolArn arn,
        String issuer,
        @Nullable PoolDomain domain,
        String tier,
        @Nullable PoolAttributes attributes) {}
