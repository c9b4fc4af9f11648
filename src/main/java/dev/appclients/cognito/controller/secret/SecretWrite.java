package dev.appclients.cognito.controller.secret;

import dev.appclients.cognito.secret.SecretRequest;
import java.util.List;

/**
 * A Secret to write.
 *
 * @param wasPublished whether the operator wrote the Secret before: if it is absent, another client deleted it
 * @param isRequested whether the user has requested this reconciliation, so that a contested Secret is restored at once
 * @param formerNames of the owner's other Secrets, which the request replaces; a new Secret takes their generated keys, and their
 *     client secret if {@code value} is not at hand
 */
public record SecretWrite(
        SecretRequest request, SecretValue value, boolean wasPublished, boolean isRequested, List<String> formerNames) {

    public SecretWrite {
        formerNames = List.copyOf(formerNames);
    }

    /** A Secret that replaces none under another name. */
    public SecretWrite(SecretRequest request, SecretValue value, boolean wasPublished, boolean isRequested) {
        this(request, value, wasPublished, isRequested, List.of());
    }

    /** The same write, which replaces the owner's Secrets of these names. */
    public SecretWrite replacing(List<String> names) {
        return new SecretWrite(request, value, wasPublished, isRequested, names);
    }
}
