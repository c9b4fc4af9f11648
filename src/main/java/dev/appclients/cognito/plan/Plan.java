package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.AppClient;
import java.time.Instant;
import java.util.List;

/** The one thing to do in this pass. */
public sealed interface Plan {

    /** Nothing to ask and nothing to write. */
    record Keep(String clientId) implements Plan {}

    /** Cognito was asked, and it is as it should be. */
    record Confirm(AppClient client) implements Plan {}

    /** Cognito was asked, and nothing is written, whatever differs. */
    record Witness(AppClient client, List<FieldDifference> differences) implements Plan {}

    /** Create the client. */
    record Create() implements Plan {}

    /** Replace the client's settings: these differ. */
    record Update(AppClient client, List<FieldDifference> differences) implements Plan {}

    /** Look again later: an earlier create may still turn up. */
    record Await(Instant until) implements Plan {}

    /** Nothing can be done before a person has acted. */
    sealed interface Refusal extends Plan {}

    /** The client at this id bears a name that is not ours. */
    record RefuseNotOurs(String clientId) implements Refusal {}

    /** The client was deleted behind our back, and nobody has asked for a new one. */
    record RefuseLost(String clientId) implements Refusal {}

    /** More than one client bears our name; a human must say which one stays. */
    record RefuseSeveral(List<String> clientIds) implements Refusal {}

    /** The adopted client would get a name that proves another object's ownership. */
    record RefuseReservedName(String name) implements Refusal {}

    /** A client has this object's name, and something else says that it is not this object's. */
    record RefuseUnproven(String objection) implements Refusal {}

    /** The client that was to be adopted belongs to another object. */
    record RefuseAnothers(String clientId) implements Refusal {}

    /** There is no client to adopt at this id, or no more. */
    record RefuseMissing(String clientId, boolean wasThere) implements Refusal {}

    /** Nothing may be created, and there is no client to look at. */
    record RefuseNothingToObserve() implements Refusal {}

    /** The client to adopt has a secret where the type has none, or shows none where the type has one. */
    record RefuseType(String clientId, boolean hasSecret) implements Refusal {}
}
