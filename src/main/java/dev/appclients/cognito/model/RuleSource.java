package dev.appclients.cognito.model;

/** How it is known that a rule holds. */
public enum RuleSource {
    /** The machine-readable model of the Cognito API says so: types, lengths, patterns, ranges and names. */
    AWS_SERVICE_MODEL("AWS service model"),

    /** The text of the AWS documentation says so. */
    AWS_DOCUMENTATION("AWS documentation"),

    /** Nobody wrote it down, and yet the service was seen to behave so. */
    OBSERVED("observed"),

    /** Kubernetes has the rule. */
    KUBERNETES("Kubernetes"),

    /** The operator could not keep its word otherwise. */
    OPERATOR("this operator");

    private final String words;

    RuleSource(String words) {
        this.words = words;
    }

    /** As the documentation calls it. */
    public String words() {
        return words;
    }
}
