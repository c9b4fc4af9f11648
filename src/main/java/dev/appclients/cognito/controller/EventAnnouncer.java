package dev.appclients.cognito.controller;

import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.UnknownSettings;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes Kubernetes Events. An event that cannot be written is logged and forgotten: it never holds up a pass. */
final class EventAnnouncer implements Announcer {

    private static final Logger LOG = LoggerFactory.getLogger(EventAnnouncer.class);

    /** The API server's bound on an event's message. */
    private static final int MAX_MESSAGE = 1_024;

    private final KubernetesClient kubernetes;
    private final InstantSource clock;

    EventAnnouncer(KubernetesClient kubernetes, InstantSource clock) {
        this.kubernetes = kubernetes;
        this.clock = clock;
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
                    "Somebody had changed the app client in Cognito; put right: " + list);
        } else {
            LOG.info("Updated {}", list);
            announce(resource, "Normal", Reason.UPDATED, "Updated the app client in Cognito: " + list);
        }
    }

    @Override
    public void secretRestored(HasMetadata resource, String secret, String why) {
        LOG.warn("Restored Secret {}: {}", secret, why);
        announce(resource, "Warning", Reason.SECRET_RESTORED, "Restored Secret " + secret + ": " + why);
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
    public void doubtful(HasMetadata resource, String doubts) {
        announce(resource, "Warning", Reason.DOUBTFUL, doubts);
    }

    @Override
    public void trouble(HasMetadata resource, Reason reason, String message) {
        announce(resource, "Warning", reason, message);
    }

    @Override
    public void driftGone(HasMetadata resource, String message) {
        announce(resource, "Normal", Reason.NO_DRIFT, message);
    }

    @Override
    public void adopted(HasMetadata resource, String clientId) {
        LOG.info("Adopted app client {}", clientId);
        announce(resource, "Normal", Reason.ADOPTED, "Adopted app client " + clientId);
    }

    @Override
    public void recovered(HasMetadata resource, String message) {
        announce(resource, "Normal", Reason.SYNCED, message);
    }

    private void announce(HasMetadata resource, String type, Reason reason, String message) {
        var meta = resource.getMetadata();
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        // Events of cluster-scoped objects live in the namespace "default", as everywhere in Kubernetes.
        String namespace = Objects.requireNonNullElse(meta.getNamespace(), "default");
        try {
            kubernetes
                    .v1()
                    .events()
                    .inNamespace(namespace)
                    .resource(new EventBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withGenerateName(meta.getName() + ".")
                            .endMetadata()
                            .withType(type)
                            .withReason(reason.text())
                            .withMessage(message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message)
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
                            .withFirstTimestamp(now)
                            .withLastTimestamp(now)
                            .withCount(1)
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            LOG.debug("The event was not written: {}", KubernetesFailure.message(e));
        }
    }
}
