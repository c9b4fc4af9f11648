package dev.appclients.cognito.model;

import java.time.Instant;

/**
 * A secret of an app client, without its value.
 *
 * @param id assigned by Cognito, at most 128 characters
 * @param created when Cognito created the secret, by Cognito's clock
 */
public record SecretId(String id, Instant created) {}
