package dev.appclients.cognito.controller;

import dev.appclients.cognito.model.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** Tells people what happened, as Events on the object: on transitions only, never on a pass that changed nothing. */
interface Announcer {

    /** The settings in Cognito were replaced: because the manifest changed, or because somebody else had changed them. */
    void updated(HasMetadata resource, List<String> fields, boolean drifted);

    /** A Secret that somebody had changed or deleted is as it was. */
    void secretRestored(HasMetadata resource, String secret, String why);

    /** Cognito shows settings that this version does not know, and would reset. */
    void unknownSettings(HasMetadata resource, List<String> names);

    /** An update has reset settings that this version does not know. */
    void unknownSettingsReset(HasMetadata resource, List<String> names);

    /** The manifest asks for something that Cognito may take and that will hardly do what its author wants. */
    void doubtful(HasMetadata resource, String doubts);

    /** The object got into trouble that a person should know of. */
    void trouble(HasMetadata resource, Reason reason, String message);

    /** An observed client was not as its manifest says, and is so again. */
    void driftGone(HasMetadata resource, String message);

    /** A client that was there already is this object's now. */
    void adopted(HasMetadata resource, String clientId);

    /** The object is out of trouble. */
    void recovered(HasMetadata resource, String message);
}
