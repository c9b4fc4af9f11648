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

    /** Create the client. */
    record Create() implements Plan {}

    /** Replace the client's settings: these differ. */
    record Update(AppClient client, List<FieldDifference> differences) implements Plan {}

    /** Look again later: an earlier create may still turn up. */
    record Await(Instant until) implements Plan {}

    /** The client at this id bears a name that is not ours. */
    record RefuseNotOurs(String clientId) implements Plan {}

    /** The client was deleted behind our back, and nobody has asked for a new one. */
    record RefuseLost(String clientId) implements Plan {}

    /** More than one client bears our name; a human must say which one stays. */
    record RefuseSeveral(List<String> clientIds) implements Plan {}
}
