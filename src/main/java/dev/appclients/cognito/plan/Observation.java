package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.AppClient;
import java.time.Instant;
import java.util.List;

/** The known state of the client in Cognito at the start of a reconciliation. */
public sealed interface Observation {

    /** The client was written or confirmed with these settings, and the next check is not due. Cognito was not asked. */
    record Confirmed(String clientId) implements Observation {}

    /** The status has neither a client id nor a pending create. Cognito was not asked. */
    record NeverCreated() implements Observation {}

    /** An earlier create failed: a list of the pool's clients that began late enough does not have the client. */
    record NotCreated() implements Observation {}

    /**
     * The outcome of an earlier create is unknown.
     *
     * @param settledAt the time after which a list of the pool's clients proves the outcome
     */
    record CreateOutcomeUnknown(Instant settledAt) implements Observation {}

    /**
     * Cognito has a client with the recorded id.
     *
     * @param confidential whether the client has a secret. Cognito describes only its original secret, if that still exists
     */
    record Present(AppClient client, Ownership ownership, boolean confidential) implements Observation {}

    /** Cognito has the pool, and no client with the recorded id. */
    record Lost(String clientId) implements Observation {}

    /**
     * A client has the object's suffix, but other evidence says that the object did not create it.
     *
     * @param objection the evidence, and the actions that a person can take
     */
    record Unproven(String objection) implements Observation {}

    /** Several clients have the suffix of this one object. */
    record Several(List<String> clientIds) implements Observation {}
}
