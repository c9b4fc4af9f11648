package dev.appclients.cognito.crd;

import static dev.appclients.cognito.crd.Cel.given;
import static dev.appclients.cognito.crd.Rule.across;
import static dev.appclients.cognito.crd.Rule.on;
import static dev.appclients.cognito.model.RuleSource.KUBERNETES;

import java.util.stream.Stream;

/** The CEL rules of a selection of namespaces, which fields of several kinds use. */
final class SelectionRules {

    private SelectionRules() {}

    /** The rules of the selection in a field of {@code spec}. */
    static Stream<Rule> of(String field) {
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
