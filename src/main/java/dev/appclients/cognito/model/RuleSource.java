package dev.appclients.cognito.model;

/** The evidence for a rule. */
public enum RuleSource {
    /** The machine-readable model of the Cognito API: types, lengths, patterns, ranges and names. */
    AWS_SERVICE_MODEL("AWS service model"),

    /** The text of the AWS documentation. */
    AWS_DOCUMENTATION("AWS documentation"),

    /** Observed behavior of Cognito that AWS does not document. */
    OBSERVED("observed"),

    /** A rule of Kubernetes. */
    KUBERNETES("Kubernetes"),

    /** A guarantee of the operator depends on the rule. */
    OPERATOR("this operator");

    private final String words;

    RuleSource(String words) {
        this.words = words;
    }

    /** The name in the documentation. */
    public String words() {
        return words;
    }
}
