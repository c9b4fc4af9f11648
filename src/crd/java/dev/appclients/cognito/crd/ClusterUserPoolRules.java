package dev.appclients.cognito.crd;

import static dev.appclients.cognito.crd.Cel.given;
import static dev.appclients.cognito.crd.Rule.across;
import static dev.appclients.cognito.crd.Rule.on;
import static dev.appclients.cognito.model.RuleSource.KUBERNETES;

import java.util.List;
import java.util.stream.Stream;

/** The CEL rules of a ClusterUserPool. */
final class ClusterUserPoolRules {
    private static final String AWS = "spec.aws";

    private ClusterUserPoolRules() {}

    /** Every rule, in the order of display. */
    static List<Rule> all() {
        Rule samePool = on(
                "spec.userPoolId",
                "self == oldSelf",
                "userPoolId cannot be changed, because app clients exist in the pool. Create a new ClusterUserPool for the other pool");
        return Stream.of(
                        Stream.of(samePool),
                        aws(),
                        selection("namespaces"),
                        selection("adoption[].namespaces"),
                        selection("sharing.namespaces"),
                        selection("sharing.pushFrom"))
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

    /** The rules of a namespace selection, which several fields use. */
    static Stream<Rule> selection(String field) {
        String at = "spec." + field;
        String selector = at + ".selector";
        return Stream.of(
                across(
                        at,
                        "names",
                        given("self.names") + " == (self.from == 'Names')",
                        field + ".names must be set with from: Names, and only then. Add or remove it, or change from"),
                across(
                        at,
                        "selector",
                        "has(self.selector) == (self.from == 'Selector')",
                        field
                                + ".selector must be set with from: Selector, and only then. Add or remove it, or change from"),
                on(
                        selector,
                        given("self.matchLabels") + " || " + given("self.matchExpressions"),
                        field
                                + ".selector must not be empty, because it would select every namespace. Add matchLabels or matchExpressions, or write from: All"),
                on(
                                selector + ".matchLabels",
                                "self.all(key, !format.qualifiedName().validate(key).hasValue())",
                                field
                                        + ".selector.matchLabels must have valid label keys. Write <name> or <domain>/<name>")
                        .from(KUBERNETES),
                across(
                        selector + ".matchExpressions[]",
                        "values",
                        "(self.operator in ['In', 'NotIn']) == " + given("self.values"),
                        field
                                + ".selector.matchExpressions[].values must be set with the operators In and NotIn, and only then. Add or remove the values"));
    }
}
