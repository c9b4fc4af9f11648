package dev.appclients.cognito.crd;

import static dev.appclients.cognito.crd.Cel.between;
import static dev.appclients.cognito.crd.Cel.matches;
import static dev.appclients.cognito.crd.Rule.on;
import static dev.appclients.cognito.model.RuleSource.AWS_DOCUMENTATION;

import dev.appclients.cognito.api.v1beta1.Patterns;
import dev.appclients.cognito.model.SecretTypes;
import java.util.stream.Stream;

/** The CEL rules of {@code allow}, the limits of a Restricted pool. */
final class LimitRules {
    private static final String TYPE = "allow.secretTypes";

    /** {@link Patterns#SECRET_TYPE}, or a domain with a wildcard for the name. */
    private static final String TYPE_OR_DOMAIN =
            "(" + Patterns.SECRET_TYPE + ")|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[*]$";

    private LimitRules() {}

    /** Every rule, in the order of display. */
    static Stream<Rule> all() {
        return Stream.of(
                        UrlPatternRules.of("allow.callbackURLs"),
                        UrlPatternRules.of("allow.logoutURLs"),
                        Stream.of(scopes()),
                        UserPoolClientRules.writable("allow.writeAttributes").stream(),
                        validities(),
                        types(),
                        MetadataRules.ofList("allow.secretMetadata.labelKeys"),
                        MetadataRules.ofList("allow.secretMetadata.annotationKeys"))
                .flatMap(rules -> rules);
    }

    private static Rule scopes() {
        String part = "([^/*{}]*|[$][{]namespace[}])";
        return on(
                "spec.allow.oauthScopes[]",
                "self != '${namespace}' && " + matches("self", "^" + part + "(/" + part + ")*$"),
                "allow.oauthScopes must have no *, and ${namespace} only as a whole part before or after a slash. Write for example ${namespace}/read");
    }

    private static Stream<Rule> validities() {
        return Stream.of(
                        on(
                                "spec.allow.maxTokenValidity.access",
                                between(300, 86_400, 1),
                                "allow.maxTokenValidity.access must be from 5m to 24h"),
                        on(
                                "spec.allow.maxTokenValidity.id",
                                between(300, 86_400, 1),
                                "allow.maxTokenValidity.id must be from 5m to 24h"),
                        on(
                                "spec.allow.maxTokenValidity.refresh",
                                between(3_600, 315_360_000, 1),
                                "allow.maxTokenValidity.refresh must be from 1h to 3650d"))
                .map(rule -> rule.from(AWS_DOCUMENTATION));
    }

    private static Stream<Rule> types() {
        return Stream.of(
                on(
                        "spec." + TYPE + "[]",
                        matches("self", TYPE_OR_DOMAIN),
                        TYPE + " must have types of Secrets. Write Opaque, <domain>/<name> or <domain>/*"),
                on(
                        "spec." + TYPE + "[]",
                        "!self.matches('^(" + SecretRules.alternatives(SecretTypes.NEVER_DOMAINS) + ")/')",
                        TYPE
                                + " must not have types of Kubernetes or Helm, because no pool can permit them. Remove the entry"));
    }
}
