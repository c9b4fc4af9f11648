package dev.appclients.cognito.controller.secret;

import dev.appclients.cognito.secret.SecretRequest;

/**
 * A Secret to write.
 *
 * @param wasPublished whether the operator wrote the Secret before: if it is absent, another client deleted it
 * @param isRequested whether the user has requested this reconciliation, so that a contested Secret is restored at once
 */
public record SecretWrite(SecretRequest request, SecretValue value, boolean wasPublished, boolean isRequested) {}
