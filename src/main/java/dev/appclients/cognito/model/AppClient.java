package dev.appclients.cognito.model;

import org.jspecify.annotations.Nullable;

/**
 * An app client as Cognito described it.
 *
 * @param pool the pool that it lives in
 * @param clientId assigned by Cognito
 * @param settings its settings in normal form
 * @param secret the original generated secret while that one lives; null for a public client, and once the original is retired
 */
public record AppClient(
        PoolId pool,
        String clientId,
        AppClientSettings settings,
        @Nullable ClientSecret secret) {}
