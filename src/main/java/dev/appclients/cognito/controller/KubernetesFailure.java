package dev.appclients.cognito.controller;

import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** What an answer of the API server means for a pass. */
final class KubernetesFailure {

    private static final int UNPROCESSABLE = 422;
    private static final String NAMESPACE_TERMINATING = "NamespaceTerminating";

    private KubernetesFailure() {}

    static boolean isConflict(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }

    static boolean isNotFound(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    /** The namespace is on its way out: nothing can be created in it, and nothing is wrong. */
    static boolean isNamespaceTerminating(KubernetesClientException e) {
        Status status = e.getStatus();
        return status != null
                && status.getDetails() != null
                && status.getDetails().getCauses() != null
                && status.getDetails().getCauses().stream()
                        .anyMatch(cause -> NAMESPACE_TERMINATING.equals(cause.getReason()));
    }

    /** What the API server's answer to the write of a Secret means for the pass. */
    static Stop whileWriting(String secret, KubernetesClientException e) {
        if (isNamespaceTerminating(e)) {
            return Stop.waiting(
                    Step.SECRET,
                    Reason.NAMESPACE_TERMINATING,
                    "The namespace is being deleted, so Secret '" + secret + "' is not written",
                    Pace.MINUTES);
        }
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
                Stop.refused(
                        Step.SECRET,
                        Reason.SECRET_REFUSED,
                        "The API server refuses Secret '" + secret + "': " + message(e)
                                + ". Check the operator's RBAC, the namespace's quota and admission policies; tried"
                                + " again within five minutes",
                        Pace.MINUTES);
            default -> unavailable(Step.SECRET, e);
        };
    }

    /** The API server cannot do it now; it is tried again by itself. */
    static Stop unavailable(Step step, KubernetesClientException e) {
        return Stop.waiting(
                step,
                Reason.API_SERVER_UNAVAILABLE,
                "The API server did not answer as it should (" + message(e)
                        + "); tried again by itself within a minute",
                Pace.SOON);
    }

    /** The server's own sentence, without the client's preamble, which repeats URL and request. */
    static String message(KubernetesClientException e) {
        Status status = e.getStatus();
        if (status != null && status.getMessage() != null) {
            return status.getMessage();
        }
        Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : String.valueOf(cause.getMessage());
    }
}
