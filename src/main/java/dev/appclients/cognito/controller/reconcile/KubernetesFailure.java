package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Maps failures of the API server to ends of a pass. */
public final class KubernetesFailure {

    private static final int UNPROCESSABLE = 422;
    /** The message of the API server's authorizer, the same for every kind of request. */
    private static final Pattern MISSING_RIGHT = Pattern.compile("cannot (?<verb>\\w+) resource \"(?<resource>[^\"]+)\""
            + " in API group \"(?<group>[^\"]*)\"(?: in the namespace \"(?<namespace>[^\"]+)\")?");

    private static final String NAMESPACE_TERMINATING = "NamespaceTerminating";

    private KubernetesFailure() {}

    public static boolean isConflict(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }

    public static boolean isNotFound(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    /** The object was changed, replaced or deleted since it was read, so it must be read again. */
    public static boolean isStale(KubernetesClientException e) {
        return isConflict(e)
                || isNotFound(e)
                || (e.getCode() == UNPROCESSABLE
                        && String.valueOf(e.getMessage()).contains("metadata.uid"));
    }

    /** The namespace is being deleted, so nothing can be created in it. No error. */
    static boolean isNamespaceTerminating(KubernetesClientException e) {
        Status status = e.getStatus();
        return status != null
                && status.getDetails() != null
                && status.getDetails().getCauses() != null
                && status.getDetails().getCauses().stream()
                        .anyMatch(cause -> NAMESPACE_TERMINATING.equals(cause.getReason()));
    }

    /**
     * Maps the failed write of a Secret or a ConfigMap.
     *
     * @param object its kind and name, for messages
     */
    public static StopReconciliation whileWriting(String object, KubernetesClientException e) {
        if (isNamespaceTerminating(e)) {
            return StopReconciliation.waiting(
                    Step.SECRET,
                    Reason.NAMESPACE_TERMINATING,
                    "The namespace is being deleted, so the operator does not write " + object,
                    Pace.MINUTES);
        }
        if (isMissingPermission(e)) {
            return missingPermission(Step.SECRET, e);
        }
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
                rejected(object, e);
            // The webhook times out or cannot be called. A quick retry would only load it.
            case HttpURLConnection.HTTP_INTERNAL_ERROR ->
                message(e).contains("failed calling webhook") ? rejected(object, e) : unavailable(Step.SECRET, e);
            default -> unavailable(Step.SECRET, e);
        };
    }

    private static StopReconciliation rejected(String object, KubernetesClientException e) {
        return StopReconciliation.refused(
                Step.SECRET,
                Reason.SECRET_REFUSED,
                "The API server rejected " + object + ": " + message(e)
                        + ". Check the namespace's quota and admission policies. The operator retries within five"
                        + " minutes.",
                Pace.MINUTES);
    }

    /** Maps any other failed request. */
    public static StopReconciliation unavailable(Step step, KubernetesClientException e) {
        if (isMissingPermission(e)) {
            return missingPermission(step, e);
        }
        return StopReconciliation.waiting(
                step,
                Reason.API_SERVER_UNAVAILABLE,
                "The request to the API server failed: " + message(e) + ". The operator retries within a minute.",
                Pace.SOON);
    }

    /**
     * Maps the failed write of a pushed claim to the report of the pushing client. Empty unless the operator's RBAC is the cause. The
     * report does not name the namespace, which may belong to another tenant. The log names it.
     */
    public static Optional<StopReconciliation> whilePushing(KubernetesClientException e) {
        return isMissingPermission(e)
                ? Optional.of(missingPermission(Step.SECRET, e, "in a namespace that spec.sharing.push reaches"))
                : Optional.empty();
    }

    /** Whether the operator's RBAC is the cause. Admission answers 403 too, with another message. */
    private static boolean isMissingPermission(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                && MISSING_RIGHT.matcher(message(e)).find();
    }

    private static StopReconciliation missingPermission(Step step, KubernetesClientException e) {
        String namespace = missingRight(e).group("namespace");
        return missingPermission(
                step, e, namespace == null ? "at the cluster scope" : "in namespace '" + namespace + "'");
    }

    /** The API server names the missing right only in its message. */
    private static Matcher missingRight(KubernetesClientException e) {
        Matcher right = MISSING_RIGHT.matcher(message(e));
        if (!right.find()) {
            throw new IllegalArgumentException("not about a missing permission: " + message(e));
        }
        return right;
    }

    private static StopReconciliation missingPermission(Step step, KubernetesClientException e, String where) {
        Matcher right = missingRight(e);
        String group = right.group("group").isEmpty() ? "" : " of API group " + right.group("group");
        return StopReconciliation.refused(
                step,
                Reason.MISSING_PERMISSION,
                "The operator's RBAC lacks the verb " + right.group("verb") + " on " + right.group("resource") + group
                        + " "
                        + where + ". Grant it as deploy/kustomize of this release does. The operator retries"
                        + " within five minutes.",
                Pace.MINUTES);
    }

    /** The API server's message, without the client library's prefix, which repeats URL and request. */
    public static String message(KubernetesClientException e) {
        Status status = e.getStatus();
        if (status != null && status.getMessage() != null) {
            return status.getMessage();
        }
        return Optional.ofNullable(e.getCause()).map(KubernetesFailure::words).orElse(String.valueOf(e.getMessage()));
    }

    /** The first message in the chain of causes. Some exceptions of the network have none, and their names must do. */
    private static String words(Throwable cause) {
        if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
            return cause.getMessage();
        }
        return cause.getCause() == null
                ? switch (cause) {
                    case ClosedChannelException closed -> "Connection was closed";
                    case InterruptedException interrupted -> "interrupted, because the operator stops";
                    case TimeoutException late -> "no answer in time";
                    default -> cause.getClass().getSimpleName();
                }
                : words(cause.getCause());
    }
}
