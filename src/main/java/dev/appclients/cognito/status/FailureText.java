package dev.appclients.cognito.status;

import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;

/** Maps a failed AWS call to a reason and a message: the error as AWS words it, the action, and the time of the retry. */
public final class FailureText {

    private FailureText() {}

    /** The outcome of a reconciliation that a failed call ended. */
    public static Outcome conclude(Step step, Failure failure, String pool) {
        Reason reason = reason(failure.kind());
        String message = message(failure, pool);
        return failure.kind().needsHuman()
                ? new Outcome.Refused(step, reason, message)
                : new Outcome.Waiting(step, reason, message);
    }

    /** The reason of a kind of failure. */
    public static Reason reason(FailureKind kind) {
        return switch (kind) {
            case THROTTLED -> Reason.THROTTLED;
            case CONFLICT -> Reason.CONCURRENT_UPDATE;
            case SERVICE_FAULT -> Reason.COGNITO_UNAVAILABLE;
            case NOT_SENT, UNREACHABLE -> Reason.COGNITO_UNREACHABLE;
            case CREDENTIALS -> Reason.CREDENTIALS_REJECTED;
            case ACCESS_DENIED -> Reason.ACCESS_DENIED;
            case ROLE_DENIED -> Reason.ROLE_DENIED;
            case SESSION_TAGS_TOO_LARGE -> Reason.SESSION_TAGS_TOO_LARGE;
            case CLIENT_NOT_FOUND -> Reason.CLIENT_NOT_FOUND;
            case POOL_NOT_FOUND -> Reason.POOL_NOT_FOUND;
            case DEPENDENCY_MISSING -> Reason.DEPENDENCY_MISSING;
            case INVALID_SETTINGS -> Reason.INVALID_SETTINGS;
            case TIER_TOO_LOW -> Reason.TIER_TOO_LOW;
            case LIMIT_EXCEEDED -> Reason.LIMIT_EXCEEDED;
            case NOT_ENABLED -> Reason.NOT_ENABLED;
            case SECRET_LIMIT -> Reason.FOREIGN_SECRET;
            case LAST_SECRET -> Reason.RETIREMENT_REFUSED;
            case SECRET_NOT_ADDED, SECRET_NOT_FOUND, UNKNOWN_REFUSAL -> Reason.UNKNOWN_REFUSAL;
        };
    }

    /**
     * The message of a failed call.
     *
     * @param pool the user pool's id
     */
    public static String message(Failure failure, String pool) {
        return failure.operation() + " on pool " + pool + " failed: " + withoutFullStop(failure.message()) + ". "
                + advice(failure.kind());
    }

    /**
     * The message of a refusal that contradicts the facts of the pool.
     *
     * @param pool the user pool's id
     * @param retries how often the operator retries within minutes
     */
    public static String refusedAlthoughThere(Failure failure, String pool, int retries) {
        return failure.operation() + " on pool " + pool + " failed: " + withoutFullStop(failure.message())
                + ". The pool has what the manifest names, so Cognito may lag behind a change of the pool. "
                + (failure.kind().pace() == Pace.HOURLY
                        ? "The operator retries " + retries + " times, each within five minutes, and then hourly."
                        : "The operator retries within five minutes.");
    }

    private static String advice(FailureKind kind) {
        return switch (kind) {
            case THROTTLED ->
                "Another caller uses the Cognito quota of this account. The operator retries within a minute.";
            case CONFLICT -> "Another update of this pool is in progress. The operator retries within a minute.";
            case SERVICE_FAULT -> "Cognito has an internal error. The operator retries within a minute.";
            case NOT_SENT, UNREACHABLE ->
                "Check the operator's network, DNS and AWS endpoint settings. The operator retries within a minute.";
            case CREDENTIALS ->
                "Check the operator's identity in AWS and the clock of its node. The operator retries within a minute.";
            case ACCESS_DENIED ->
                "Allow this action on the pool to the operator's identity (see deploy/iam). The operator retries within"
                        + " five minutes.";
            case ROLE_DENIED ->
                "Check the role in spec.aws of the ClusterUserPool. The operator retries within five minutes.";
            case SESSION_TAGS_TOO_LARGE ->
                "EKS Pod Identity and the operator both set session tags. Together they exceed the limit of STS. Disable"
                        + " session tags in the Pod Identity association, or shorten the operator's cluster name or the"
                        + " namespace's name. The operator retries within five minutes.";
            case CLIENT_NOT_FOUND -> "The operator retries within a minute.";
            case POOL_NOT_FOUND ->
                "Check spec.userPoolId and spec.aws of the ClusterUserPool. The operator retries within five minutes.";
            case DEPENDENCY_MISSING ->
                "Create it in the pool, or remove it from the manifest. The operator retries within five minutes.";
            case INVALID_SETTINGS ->
                "Change the manifest. The operator retries as soon as the manifest changes, and hourly.";
            case TIER_TOO_LOW ->
                "Remove the feature from the manifest, or ask the platform team to raise the pool's tier. The operator"
                        + " retries as soon as it reads another tier, and hourly.";
            case LIMIT_EXCEEDED ->
                "Delete unused clients, or request a higher quota from AWS. The operator retries hourly."
                        + " When a UserPoolClient of this pool is deleted, the operator retries the oldest waiting ones at once.";
            case SECRET_LIMIT, SECRET_NOT_ADDED, SECRET_NOT_FOUND, LAST_SECRET -> adviceOnSecrets(kind);
            case NOT_ENABLED ->
                "Check that the pool is the primary one and that its Region is right. The operator retries hourly.";
            case UNKNOWN_REFUSAL ->
                "This version of the operator does not know this answer. The operator retries within five minutes.";
        };
    }

    private static String adviceOnSecrets(FailureKind kind) {
        return switch (kind) {
            case SECRET_LIMIT -> "Delete the secret that no workload uses. The operator retries within five minutes.";
            case SECRET_NOT_ADDED ->
                "Check that the client was created with a secret, and not by dynamic client registration. The operator"
                        + " retries within five minutes.";
            case LAST_SECRET ->
                "Cognito keeps the last secret of a client. To revoke it, request a rotation. The operator retries"
                        + " within five minutes.";
            default -> "The operator lists the secrets again within a minute.";
        };
    }

    private static String withoutFullStop(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
