package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.RotationStatus;
import dev.appclients.cognito.controller.rotation.RotationPass;
import dev.appclients.cognito.status.RotationReport;
import org.jspecify.annotations.Nullable;

/** The rotation of the client's secret in one reconciliation. Keeps the recorded rotation until the rotation step reports another. */
final class RotationResult {

    private final @Nullable RotationStatus recorded;
    private @Nullable String lastHandledRotateAt;
    private @Nullable RotationPass pass;
    private @Nullable RotationReport report;

    /**
     * Creates the result of a reconciliation that has not reached the rotation step.
     *
     * @param recorded the rotation in the status
     * @param lastHandledRotateAt the handled request in the status
     */
    RotationResult(@Nullable RotationStatus recorded, @Nullable String lastHandledRotateAt) {
        this.recorded = recorded;
        this.lastHandledRotateAt = lastHandledRotateAt;
    }

    /** The rotation's part of the reconciliation; null for a client that has no secret, or none yet. */
    @Nullable
    RotationPass pass() {
        return pass;
    }

    void begun(RotationPass rotation) {
        pass = rotation;
    }

    /** Takes over the results, also when the publication failed. */
    void ended(RotationPass rotation) {
        if (rotation.report() != null) {
            report = rotation.report();
        }
        String request = rotation.handledRequest();
        if (request != null) {
            lastHandledRotateAt = request;
        }
    }

    /** Records a report that no rotation made. */
    void report(RotationReport now) {
        report = now;
    }

    /** The report; null if the reconciliation ended before the rotation step. */
    @Nullable
    RotationReport report() {
        return report;
    }

    /** The rotation for the status. */
    @Nullable
    RotationStatus status() {
        return report == null ? recorded : report.status();
    }

    /** The last request that the operator acted on. */
    @Nullable
    String lastHandledRotateAt() {
        return lastHandledRotateAt;
    }
}
