package dev.appclients.cognito.model;

import org.jspecify.annotations.Nullable;

/**
 * A secret that was added to an app client.
 *
 * @param secret the id and the creation time
 * @param generated the value that Cognito generated, which no later call returns; null if the caller supplied the value
 */
public record AddedSecret(SecretId secret, @Nullable ClientSecret generated) {}
