package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.AppClient;
import java.time.Instant;
import java.util.List;

/** The decision of a reconciliation: the one action to take on the app client. */
public sealed interface Plan {

    /** Makes no call: the client was confirmed with these settings, and the next drift check is not due. */
    record NoOp(String clientId) implements Plan {}

    /** Writes nothing: the client in Cognito equals the manifest. */
    record UpToDate(AppClient client) implements Plan {}

    /** Writes nothing, because the mode is Observe; reports the differences. */
    record ObserveOnly(AppClient client, List<FieldDifference> differences) implements Plan {}

    /** Creates the client. */
    record Create() implements Plan {}

    /** Replaces the settings of the client, which has these differences. */
    record Update(AppClient client, List<FieldDifference> differences) implements Plan {}

    /** Waits, because the client of an earlier create may still appear in Cognito. */
    record WaitForSettlement(Instant until) implements Plan {}

    /** Stops until a person acts. */
    sealed interface Refusal extends Plan {}

    /** The client with this id has a name without the object's suffix. */
    record RefuseNotOurs(String clientId) implements Refusal {}

    /** The client was deleted in Cognito, and no annotation asks for a new one. */
    record RefuseLost(String clientId) implements Refusal {}

    /** Several clients have the object's suffix; a person must delete all but one. */
    record RefuseSeveral(List<String> clientIds) implements Refusal {}

    /** The adopted client would get a name that proves the ownership of another object. */
    record RefuseReservedName(String name) implements Refusal {}

    /** A client has the object's suffix, but other evidence says that the object did not create it. */
    record RefuseUnproven(String objection) implements Refusal {}

    /** The client to adopt belongs to another object. */
    record RefuseOwnedByOther(String clientId) implements Refusal {}

    /**
     * No client to adopt has this id.
     *
     * @param wasThere whether the object had adopted the client before
     */
    record RefuseMissing(String clientId, boolean wasThere) implements Refusal {}

    /** The mode is Observe, which creates nothing, and the object has no client. */
    record RefuseNothingToObserve() implements Refusal {}

    /** The client to adopt has a secret although the type has none, or the reverse. */
    record RefuseType(String clientId, boolean hasSecret) implements Refusal {}
}
