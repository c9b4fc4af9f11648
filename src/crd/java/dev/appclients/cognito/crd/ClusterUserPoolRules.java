package dev.appclients.cognito.crd;

import static dev.appclients.cognito.crd.Rule.across;
import static dev.appclients.cognito.crd.Rule.on;

import java.util.List;
import java.util.stream.Stream;

/** The CEL rules of a ClusterUserPool. */
final class ClusterUserPoolRules {
    private static final String AWS = "spec.aws";

    private static final Rule ALLOW_NEEDS_RESTRICTED = across(
            "spec",
            "allow",
            "self.tenancy != 'Trusted' || !has(self.allow)",
            "allow is only valid with tenancy: Restricted, because a Trusted pool has no limits. Write tenancy: Restricted, or remove allow");

    private ClusterUserPoolRules() {}

    /** Every rule, in the order of display. */
    static List<Rule> all() {
        Rule samePool = on(
                "spec.userPoolId",
                "self == oldSelf",
                "userPoolId cannot be changed, because app clients exist in the pool. Create a new ClusterUserPool for the other pool");
        return Stream.of(
                        Stream.of(samePool, ALLOW_NEEDS_RESTRICTED),
                        aws(),
                        SelectionRules.of("namespaces"),
                        SelectionRules.of("adoption[].namespaces"),
                        LimitRules.all(),
                        SelectionRules.of("sharing.namespaces"),
                        SelectionRules.of("sharing.pushFrom"))
                .flatMap(rules -> rules)
                .toList();
    }

    private static Stream<Rule> aws() {
        return Stream.of(
                across(
                        AWS,
                        "roleARN",
                        "self.identity != 'AssumeRole' || has(self.roleARN)",
                        "aws.roleARN is required with identity: AssumeRole. Add the role, or write identity: Operator"),
                across(
                        AWS,
                        "roleARN",
                        "self.identity == 'AssumeRole' || !has(self.roleARN)",
                        "aws.roleARN is only valid with identity: AssumeRole. Remove it, or write identity: AssumeRole"),
                across(
                        AWS,
                        "externalId",
                        "self.identity == 'AssumeRole' || !has(self.externalId)",
                        "aws.externalId is only valid with identity: AssumeRole. Remove it, or write identity: AssumeRole"));
    }
}
