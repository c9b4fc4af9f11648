package dev.appclients.cognito.model;

import org.jspecify.annotations.Nullable;

/**
 * The domain of a pool's OAuth endpoints and login page.
 *
 * @param host the full host name, such as {@code shop.auth.eu-west-1.amazoncognito.com} or {@code auth.example.com}
 * @param loginVersion AWS: {@code ManagedLoginVersion}; 1 is the classic hosted UI, 2 is managed login; null when IAM denies the
 *     call, or Cognito does not return it
 */
public record PoolDomain(String host, @Nullable Integer loginVersion) {}
