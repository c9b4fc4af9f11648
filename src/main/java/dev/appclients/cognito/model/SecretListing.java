package dev.appclients.cognito.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The secrets of an app client, without their values. Cognito allows two.
 *
 * @param secrets oldest first
 * @param at when Cognito answered, by its own clock, in whole seconds; by the operator's clock if the answer has no valid {@code Date}
 *     header
 */
public record SecretListing(List<SecretId> secrets, Instant at) {

    public SecretListing {
        secrets = secrets.stream()
                .sorted(Comparator.comparing(SecretId::created).thenComparing(SecretId::id))
                .toList();
    }
}
