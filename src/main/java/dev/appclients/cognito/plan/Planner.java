package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.AppClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what to do: total, deterministic, without effects. */
public final class Planner {

    private Planner() {}

    /**
     * The one thing to do.
     *
     * @param uid of the UserPoolClient; a client is ours only when its name ends in this UID's suffix
     * @param recreate value of the {@code recreate} annotation: the id of the lost client that may be replaced; null when absent
     */
    public static Plan plan(DesiredClient desired, Observation observed, String uid, @Nullable String recreate) {
        return switch (observed) {
            case Observation.Confirmed(String clientId) -> new Plan.Keep(clientId);
            case Observation.Never() -> new Plan.Create();
            case Observation.NotCreated() -> new Plan.Create();
            case Observation.Unresolved unresolved -> new Plan.Await(unresolved.resolvedAt());
            case Observation.Present(AppClient client) -> planPresent(desired, client, uid);
            case Observation.Lost(String clientId) ->
                clientId.equals(recreate) ? new Plan.Create() : new Plan.RefuseLost(clientId);
            case Observation.Several(List<String> clientIds) -> new Plan.RefuseSeveral(clientIds);
        };
    }

    private static Plan planPresent(DesiredClient desired, AppClient client, String uid) {
        if (!ClientName.isOurs(client.settings().clientName(), uid)) {
            return new Plan.RefuseNotOurs(client.clientId());
        }
        List<FieldDifference> differences = Drift.between(desired.settings(), client.settings());
        return differences.isEmpty() ? new Plan.Confirm(client) : new Plan.Update(client, differences);
    }
}
