package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.AppClient;
import java.time.Instant;
import java.util.List;

/** What is known of the client in Cognito at the start of a pass. */
public sealed interface Observation {

    /** It was written or confirmed with these very settings, and it is not time to look again. Cognito was not asked. */
    record Confirmed(String clientId) implements Observation {}

    /** There never was one: no id, no intent. Cognito was not asked. */
    record Never() implements Observation {}

    /** An earlier create came to nothing: a walk over the pool that began late enough did not find it. */
    record NotCreated() implements Observation {}

    /** An earlier create has no known outcome, and it is too early to say that it came to nothing. */
    record Unresolved(Instant resolvedAt) implements Observation {}

    /** There is a client with the id that we know. */
    record Present(AppClient client, Whose whose) implements Observation {}

    /** The client that we know is gone, while its pool is there. */
    record Lost(String clientId) implements Observation {}

    /**
     * A client has this object's name, and something else says that it is not this object's.
     *
     * @param objection what speaks against it, and what a person can do
     */
    record Unproven(String objection) implements Observation {}

    /** More than one client bears the name that only one should. */
    record Several(List<String> clientIds) implements Observation {}
}
