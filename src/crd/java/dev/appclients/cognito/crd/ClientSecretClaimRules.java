package dev.appclients.cognito.crd;

import java.util.List;
import java.util.stream.Stream;

/**
 * The CEL rules of a ClientSecretClaim. A push creates thousands of these objects, so their CRD has only one rule that compares with
 * the old object.
 */
final class ClientSecretClaimRules {

    private ClientSecretClaimRules() {}

    /** Every rule, in the order of display. */
    static List<Rule> all() {
        return Stream.concat(SecretRules.ofSecret("secret"), Stream.of(SecretRules.sameType()))
                .toList();
    }
}
