package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.model.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** Records transitions and changes as Kubernetes Events on the object. A reconciliation that changes nothing records nothing. */
public interface EventRecorder {

    /**
     * The operator updated the settings in Cognito.
     *
     * @param drifted whether another writer had changed them; otherwise the manifest changed
     */
    void updated(HasMetadata resource, List<String> fields, boolean drifted);

    /**
     * The operator restored a Secret or a ConfigMap that another writer changed or deleted.
     *
     * @param object its kind and name, for messages
     */
    void secretRestored(HasMetadata resource, String object, String why);

    /** Cognito shows settings that this version does not know; an update would reset them. */
    void unknownSettings(HasMetadata resource, List<String> names);

    /** An update reset settings that this version does not know. */
    void unknownSettingsReset(HasMetadata resource, List<String> names);

    /** Cognito may accept the manifest, but it probably does not do what the user intends. */
    void warned(HasMetadata resource, String warnings);

    /** The object failed, and a user should know. */
    void failed(HasMetadata resource, Reason reason, String message);

    /** An observed client equals its manifest again. */
    void driftEnded(HasMetadata resource, String message);

    /** The object adopted an existing app client. */
    void adopted(HasMetadata resource, String clientId);

    /** A step of the rotation of the client's secret, or a problem of it. */
    void rotation(HasMetadata resource, boolean isWarning, Reason reason, String message);

    /** The object recovered from a failure. */
    void recovered(HasMetadata resource, String message);
}
