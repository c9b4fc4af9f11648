package dev.appclients.cognito.controller.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.appclients.cognito.controller.reconcile.EventCorrelator.Decision;
import dev.appclients.cognito.controller.reconcile.EventCorrelator.Occurrence;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.UnknownSettings;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Creates Kubernetes Events, counted, combined and limited by {@link EventCorrelator}. A failed write is logged and not retried; it
 * never fails a reconciliation.
 */
public final class KubernetesEventRecorder implements EventRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEventRecorder.class);

    /** The API server's bound on an event's message, in bytes of UTF-8. */
    private static final int MOST_BYTES = 1_024;

    private static final String CUT = "…";

    private final KubernetesClient kubernetes;
    private final EventCorrelator correlator;
    private final InstantSource clock;
    private final PassListener listener;

    /** @param listener counts the announcements */
    public KubernetesEventRecorder(KubernetesClient kubernetes, InstantSource clock, PassListener listener) {
        this.kubernetes = kubernetes;
        this.correlator = new EventCorrelator(clock);
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public void updated(HasMetadata resource, List<String> fields, boolean drifted) {
        String list = String.join(", ", fields);
        if (drifted) {
            LOG.warn("Corrected drift in {}", list);
            announce(
                    resource,
                    "Warning",
                    Reason.DRIFT_CORRECTED,
                    "Another writer changed the app client in Cognito. The operator restored: " + list);
        } else {
            LOG.info("Updated {}", list);
            announce(resource, "Normal", Reason.UPDATED, "Updated the app client in Cognito: " + list);
        }
    }

    @Override
    public void secretRestored(HasMetadata resource, String object, String why) {
        LOG.warn("Restored {}: {}", object, why);
        announce(resource, "Warning", Reason.SECRET_RESTORED, "Restored " + object + ": " + why);
    }

    @Override
    public void unknownSettings(HasMetadata resource, List<String> names) {
        LOG.warn("Cognito shows settings that this version does not know: {}", names);
        announce(resource, "Warning", Reason.UNKNOWN_SETTINGS, UnknownSettings.warning(names));
    }

    @Override
    public void unknownSettingsReset(HasMetadata resource, List<String> names) {
        LOG.warn("The update reset settings that this version does not know: {}", names);
        announce(resource, "Warning", Reason.UNKNOWN_SETTINGS_RESET, UnknownSettings.reset(names));
    }

    @Override
    public void warned(HasMetadata resource, String warnings) {
        announce(resource, "Warning", Reason.DOUBTFUL, warnings);
    }

    @Override
    public void failed(HasMetadata resource, Reason reason, String message) {
        announce(resource, "Warning", reason, message);
    }

    @Override
    public void driftEnded(HasMetadata resource, String message) {
        announce(resource, "Normal", Reason.NO_DRIFT, message);
    }

    @Override
    public void adopted(HasMetadata resource, String clientId) {
        LOG.info("Adopted app client {}", clientId);
        announce(resource, "Normal", Reason.ADOPTED, "Adopted app client " + clientId);
    }

    @Override
    public void rotation(HasMetadata resource, boolean isWarning, Reason reason, String message) {
        announce(resource, isWarning ? "Warning" : "Normal", reason, message);
    }

    @Override
    public void recovered(HasMetadata resource, String message) {
        announce(resource, "Normal", Reason.SYNCED, message);
    }

    /** Forgets a deleted object by its UID. */
    public void forget(String uid) {
        correlator.forget(uid);
    }

    /** The number of objects with remembered events. */
    public int remembered() {
        return correlator.size();
    }

    private void announce(HasMetadata resource, String type, Reason reason, String message) {
        listener.announced(resource.getKind(), type, reason);
        try {
            correlator
                    .correlate(new Occurrence(resource.getMetadata().getUid(), type, reason.text(), message))
                    .ifPresentOrElse(
                            decision -> write(resource, type, reason, decision),
                            () -> LOG.debug("Too many events about this object. Dropped: {}", message));
        } catch (KubernetesClientException e) {
            LOG.atLevel(KubernetesFailure.isNamespaceTerminating(e) ? Level.DEBUG : Level.WARN)
                    .log("The event {} was not written: {}", reason.text(), KubernetesFailure.message(e));
        } catch (RuntimeException defect) {
            LOG.error("The event {} was not written", reason.text(), defect);
        }
    }

    private void write(HasMetadata resource, String type, Reason reason, Decision decision) {
        var events = kubernetes
                .v1()
                .events()
                .inNamespace(namespace(resource))
                .resource(event(resource, type, reason, decision));
        if (decision.existing() == null) {
            correlator.wrote(decision, events.create().getMetadata().getName());
        } else {
            // Creates an expired event again: the API server keeps events for an hour. Other patches read it first.
            events.fieldManager(Marks.FIELD_MANAGER).forceConflicts().serverSideApply();
        }
    }

    private Event event(HasMetadata resource, String type, Reason reason, Decision decision) {
        var meta = resource.getMetadata();
        String existing = decision.existing();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace(resource))
                .withName(existing)
                .withGenerateName(existing == null ? meta.getName() + "." : null)
                .endMetadata()
                .withType(type)
                .withReason(reason.text())
                .withMessage(cut(decision.message()))
                .withNewInvolvedObject()
                .withApiVersion(resource.getApiVersion())
                .withKind(resource.getKind())
                .withNamespace(meta.getNamespace())
                .withName(meta.getName())
                .withUid(meta.getUid())
                .endInvolvedObject()
                .withNewSource()
                .withComponent("cognito-client-operator")
                .endSource()
                .withFirstTimestamp(seconds(decision.first()))
                .withLastTimestamp(seconds(clock.instant()))
                .withCount(decision.count())
                .build();
    }

    /** Kubernetes keeps events of cluster-scoped objects in the namespace "default". */
    private static String namespace(HasMetadata resource) {
        return Objects.requireNonNullElse(resource.getMetadata().getNamespace(), "default");
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Cuts the message to the bound of the API server, in whole characters. */
    static String cut(String message) {
        if (message.getBytes(UTF_8).length <= MOST_BYTES) {
            return message;
        }
        int room = MOST_BYTES - CUT.getBytes(UTF_8).length;
        StringBuilder kept = new StringBuilder(MOST_BYTES);
        for (int codePoint : message.codePoints().toArray()) {
            String character = Character.toString(codePoint);
            room -= character.getBytes(UTF_8).length;
            if (room < 0) {
                break;
            }
            kept.append(character);
        }
        return kept.append(CUT).toString();
    }
}
