package dev.appclients.cognito.status;

import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;

/** What a failed call means to the person who reads it at night: the reason, AWS's own words, and what to do. */
public final class FailureText {

    private FailureText() {}

    /** The conclusion of a pass that a failed call ended. */
    public static Conclusion conclude(Step step, Failure failure, String pool) {
        Reason reason = reason(failure.kind());
        String message = message(failure, pool);
        return failure.kind().needsHuman()
                ? new Conclusion.Refused(step, reason, message)
                : new Conclusion.Waiting(step, reason, message);
    }

    /** The one reason of each kind of failure. */
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
            case UNKNOWN_REFUSAL -> Reason.UNKNOWN_REFUSAL;
        };
    }

    /**
     * One sentence of what happened, in AWS's own words, and one of what to do.
     *
     * @param pool the user pool's id
     */
    public static String message(Failure failure, String pool) {
        return failure.operation() + " on pool " + pool + " failed: " + withoutFullStop(failure.message()) + ". "
                + advice(failure.kind());
    }

    /**
     * What to say when Cognito refuses something that the pool is seen to have.
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
            case THROTTLED -> "Others use this account's Cognito quota too; tried again by itself within a minute.";
            case CONFLICT -> "Another update of this pool is under way; tried again by itself within a minute.";
            case SERVICE_FAULT -> "Cognito has trouble; tried again by itself within a minute.";
            case NOT_SENT, UNREACHABLE ->
                "Check the operator's network, DNS and AWS endpoint settings; tried again by itself within a minute.";
            case CREDENTIALS ->
                "Check the operator's identity in AWS, and the clock of its node; tried again by itself within a minute.";
            case ACCESS_DENIED ->
                "Let the operator's identity do this on the pool (see deploy/iam); tried again within five minutes.";
            case ROLE_DENIED -> "The role stands in spec.aws of the ClusterUserPool; tried again within five minutes.";
            case SESSION_TAGS_TOO_LARGE ->
                "EKS Pod Identity and the operator both set session tags, and together they exceed what STS takes. Disable"
                        + " session tags in the Pod Identity association, or shorten the operator's cluster name or the"
                        + " namespace's name. The operator retries within five minutes.";
            case CLIENT_NOT_FOUND -> "Looked at again by itself.";
            case POOL_NOT_FOUND ->
                "Check spec.userPoolId and spec.aws of the ClusterUserPool; tried again within five minutes.";
            case DEPENDENCY_MISSING ->
                "Create it in the pool, or take it out of the manifest; tried again within five minutes.";
            case INVALID_SETTINGS -> "Change the manifest; it is tried again at once then, and hourly until then.";
            case TIER_TOO_LOW ->
                "Take the feature out of the manifest, or ask the platform team to raise the pool's tier; tried again"
                        + " as soon as the tier is seen to have changed, and hourly.";
            case LIMIT_EXCEEDED ->
                "Delete clients that nobody needs, or ask AWS for a higher quota; tried again as soon as a client of"
                        + " this pool is deleted here, and hourly.";
            case NOT_ENABLED ->
                "Check that the pool is the primary one and that its Region is right; tried again hourly.";
            case UNKNOWN_REFUSAL ->
                "This version of the operator does not know this answer; tried again within five minutes.";
        };
    }

    private static String withoutFullStop(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
