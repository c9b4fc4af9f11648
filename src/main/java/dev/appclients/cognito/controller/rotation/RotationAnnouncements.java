package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.reconcile.EventRecorder;
import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.rotation.Cause;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationState.Staged;
import dev.appclients.cognito.rotation.RotationState.Steady;
import dev.appclients.cognito.rotation.RotationStep;
import dev.appclients.cognito.status.Conditions;
import dev.appclients.cognito.status.RotationReport;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs, counts and announces the steps of rotations: an event at the start, the publication and the end, none per copy. */
final class RotationAnnouncements {

    private static final Logger LOG = LoggerFactory.getLogger(RotationAnnouncements.class);

    private final EventRecorder events;
    private final PassListener listener;

    RotationAnnouncements(EventRecorder events, PassListener listener) {
        this.events = events;
        this.listener = listener;
    }

    void started(RotationPass pass, Cause cause) {
        String why = switch (cause) {
            case SCHEDULE -> "the secret has reached the age in spec.rotation.every";
            case REQUEST -> "a user requested it";
            case NEED -> "the published secret no longer exists in Cognito, or its value is lost";
        };
        RotationRecord rotation = pass.rotation();
        if (rotation != null && rotation.isCurrentGone()) {
            LOG.warn("Client secret {} was deleted in Cognito. The operator adds a new one", rotation.currentId());
            events.rotation(
                    pass.target().resource(),
                    true,
                    Reason.PUBLISHED_SECRET_GONE,
                    "The published client secret " + rotation.currentId()
                            + " was deleted in Cognito, so the operator adds a new one and publishes it");
        }
        LOG.info("Started the rotation of the client secret: {}", why);
        events.rotation(
                pass.target().resource(),
                false,
                Reason.ROTATION_STARTED,
                "Started to rotate the client secret: " + why);
    }

    /** The client's Secret has the new secret. */
    void published(RotationPass pass) {
        RotationRecord rotation = pass.rotation();
        if (rotation == null
                || !(rotation.state() instanceof Overlap overlap)
                || !pass.memory().announcesPublication(rotation.currentId())) {
            return;
        }
        LOG.info("Published client secret {}", rotation.currentId());
        events.rotation(
                pass.target().resource(),
                false,
                Reason.SECRET_ROTATED,
                "Published client secret " + rotation.currentId()
                        + (overlap.previous() == null
                                ? ""
                                : ". Secret " + overlap.previous().id() + " stays valid until the overlap ends"));
    }

    void retired(RotationPass pass, RotationStep.Retire retire) {
        LOG.info("Deleted client secret {} in Cognito", retire.id());
        if (retire.hasLaggingCopies()) {
            events.rotation(
                    pass.target().resource(),
                    true,
                    Reason.RETIRED_WITH_LAGGING_COPIES,
                    "Deleted client secret " + retire.id()
                            + " at the end of maxOverlap, although copies still carry it. Workloads that read them"
                            + " can no longer authenticate. List the copies with: kubectl get secrets -A -l"
                            + " cognito.appclients.dev/client-uid="
                            + pass.target().uid());
            return;
        }
        events.rotation(
                pass.target().resource(),
                false,
                Reason.SECRET_RETIRED,
                "Deleted client secret " + retire.id() + " in Cognito. The overlap has ended");
    }

    void deletedNamed(RotationPass pass, String secretId) {
        LOG.info("Deleted client secret {}, which the annotation retire-secret names", secretId);
        events.rotation(
                pass.target().resource(),
                false,
                Reason.SECRET_RETIRED,
                "Deleted client secret " + secretId
                        + ", which the annotation cognito.appclients.dev/retire-secret names");
    }

    void promoted(RotationPass pass, Cause cause) {
        LOG.warn("The new client secret no longer exists in Cognito. The operator publishes the previous one again");
        events.rotation(
                pass.target().resource(),
                true,
                Reason.PUBLISHED_SECRET_GONE,
                "The new client secret no longer exists in Cognito, so the operator publishes the previous one again and"
                        + " starts another rotation");
        ended(cause, RotationOutcome.REVERTED);
    }

    /** An app client stays in Cognito, and its object is deleted during a rotation. */
    void leftBehind(UserPoolClient resource, RotationRecord rotation) {
        String ids = switch (rotation.state()) {
            case Steady steady -> "";
            case Staged staged ->
                String.join(", ", staged.baseline()) + ", and perhaps a further one that the operator was adding";
            case Overlap overlap ->
                (overlap.previous() == null ? "" : overlap.previous().id() + ", ") + rotation.currentId();
        };
        if (!ids.isEmpty()) {
            LOG.warn("The app client stays in Cognito with client secrets: {}", ids);
            events.rotation(
                    resource,
                    true,
                    Reason.SECRETS_LEFT_BEHIND,
                    "The app client stays in Cognito in the middle of a rotation, with these client secrets: " + ids
                            + ". Delete the one that nothing uses");
        }
    }

    void ended(Cause cause, RotationOutcome outcome) {
        listener.rotationEnded(
                cause.name().toLowerCase(Locale.ROOT), outcome.name().toLowerCase(Locale.ROOT));
    }

    /** Announces a problem once, when its reason changes. */
    void reported(RotationPass pass, RotationReport report) {
        Reason now = report.pending();
        UserPoolClientStatus status = pass.target().resource().getStatus();
        boolean isKnown = now != null
                && Conditions.hasReason(status == null ? null : status.conditions(), Conditions.ROTATION_PENDING, now);
        // The start of a rotation announces that the published secret is gone.
        boolean isAnnounced = now == Reason.ROTATING || now == Reason.PUBLISHED_SECRET_GONE;
        if (now != null && !isAnnounced && !isKnown) {
            LOG.warn("{}: {}", now.text(), report.message());
            events.rotation(pass.target().resource(), true, now, Objects.requireNonNull(report.message()));
        }
    }
}
