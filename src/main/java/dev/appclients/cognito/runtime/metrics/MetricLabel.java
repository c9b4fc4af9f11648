package dev.appclients.cognito.runtime.metrics;

/** A label of the operator's metrics. No label names an object, so the number of series does not grow with the number of objects. */
public enum MetricLabel {
    OPERATION("operation", "the operation of the AWS API, such as `CreateUserPoolClient`"),
    REGION("region", "the AWS Region, such as `eu-west-1`"),
    OUTCOME("outcome", "`OK`, or the kind of failure, such as `THROTTLED`, `ACCESS_DENIED` or `UNREACHABLE`"),
    QUOTA("quota", "`CLIENT_READ`, `CLIENT_UPDATE`, `POOL_READ`, `POOL_RESOURCE_READ` or `STS`"),
    CONTROLLER("controller_name", "`userpoolclient`, `clusteruserpool` or `clientsecretclaim`"),
    WRITE_FAILURE(
            "reason",
            "`CONFLICT`: the object changed meanwhile. `GONE`: the API server answered 404. `FAILED`: every other failure"),
    KIND("kind", "`UserPoolClient`, `ClusterUserPool` or `ClientSecretClaim`"),
    READY("ready", "the status of the condition `Ready`: `True`, `False` or `Unknown`"),
    REASON("reason", "the [reason](conditions.md), or `Other` for a word that the operator does not know"),
    STALLED("stalled", "`true` while the condition `Stalled` is True, so a person must act; `false` otherwise"),
    EVENT_TYPE("type", "`Normal` or `Warning`"),
    CAUSE(
            "cause",
            "`schedule`: by `rotation.every`. `request`: by an annotation. `need`: the published secret or its value was lost"),
    ROTATION_OUTCOME(
            "outcome",
            "`completed`: the old secret is deleted. `refused`: Cognito refused the new one. `reverted`: the new one vanished from"
                    + " Cognito, and the old one is published again, or replaced if its value is not known"),
    PHASE("phase", "the phase of the [rotation](rotation.md): `Staged`, `Overlap` or `Blocked`"),
    USER_POOL("user_pool_id", "the id of the user pool in Cognito, such as `eu-west-1_aBcDeFgHi`");

    private final String text;
    private final String meaning;

    MetricLabel(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** The name of the label in Prometheus. */
    public String text() {
        return text;
    }

    /** The values of the label, in Markdown. */
    public String meaning() {
        return meaning;
    }
}
