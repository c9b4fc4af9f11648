package dev.appclients.cognito.status;

import dev.appclients.cognito.api.v1beta1.RotationStatus;
import dev.appclients.cognito.model.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The rotation of a client's secret at the end of the rotation step.
 *
 * @param status the rotation in the status; null for a client without rotation
 * @param pending the reason of the condition RotationPending; null if the condition is absent
 * @param message of the condition; null exactly if {@code pending} is null
 */
public record RotationReport(
        @Nullable RotationStatus status,
        @Nullable Reason pending,
        @Nullable String message) {

    /** The report of a client without rotation. */
    public static final RotationReport NONE = new RotationReport(null, null, null);

    public RotationReport {
        if ((pending == null) != (message == null)) {
            throw new IllegalArgumentException("A pending rotation has a reason and a message");
        }
    }

    void addTo(ConditionSet conditions) {
        if (pending != null && message != null) {
            conditions.isTrue(Conditions.ROTATION_PENDING, pending, message);
        }
    }
}
