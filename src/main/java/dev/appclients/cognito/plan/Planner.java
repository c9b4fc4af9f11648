package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.AppClient;
import java.util.List;

/** Decides what to do: total, deterministic, without effects. */
public final class Planner {

    private Planner() {}

    /** The one thing to do. */
    public static Plan plan(DesiredClient desired, Observation observed, Intention intention) {
        return switch (observed) {
            case Observation.Confirmed(String clientId) -> new Plan.Keep(clientId);
            case Observation.Never() -> create(intention);
            case Observation.NotCreated() -> create(intention);
            case Observation.Unresolved unresolved -> new Plan.Await(unresolved.resolvedAt());
            case Observation.Present(AppClient client, Whose whose) -> planPresent(desired, client, whose, intention);
            case Observation.Lost(String clientId) -> planLost(clientId, intention);
            case Observation.Unproven(String objection) -> new Plan.RefuseUnproven(objection);
            case Observation.Several(List<String> clientIds) -> new Plan.RefuseSeveral(clientIds);
        };
    }

    private static Plan create(Intention intention) {
        return intention.observes() ? new Plan.RefuseNothingToObserve() : new Plan.Create();
    }

    private static Plan planPresent(DesiredClient desired, AppClient client, Whose whose, Intention intention) {
        return switch (whose) {
            case FOREIGN -> new Plan.RefuseNotOurs(client.clientId());
            case OWNED_BY_OTHER -> new Plan.RefuseAnothers(client.clientId());
            case ADOPTED -> planAdopted(desired, client, intention);
            case OWN -> compare(desired, client, intention);
        };
    }

    private static Plan planAdopted(DesiredClient desired, AppClient client, Intention intention) {
        if (!fitsType(desired, client, intention)) {
            return new Plan.RefuseType(client.clientId(), client.secret() != null);
        }
        String name = desired.settingsFor(client.settings()).clientName();
        boolean renames =
                !intention.observes() && !name.equals(client.settings().clientName());
        return renames && ClientName.isReserved(name)
                ? new Plan.RefuseReservedName(name)
                : compare(desired, client, intention);
    }

    private static Plan compare(DesiredClient desired, AppClient client, Intention intention) {
        List<FieldDifference> differences = Drift.between(desired.settingsFor(client.settings()), client.settings());
        if (intention.observes()) {
            return new Plan.Witness(client, differences);
        }
        return differences.isEmpty() ? new Plan.Confirm(client) : new Plan.Update(client, differences);
    }

    /** A client that was adopted with its secret may have lost the original one since; that is the Secret's concern. */
    private static boolean fitsType(DesiredClient desired, AppClient client, Intention intention) {
        return client.secret() == null ? !desired.confidential() || intention.hasClient() : desired.confidential();
    }

    private static Plan planLost(String clientId, Intention intention) {
        if (intention.adopts()) {
            return new Plan.RefuseMissing(clientId, intention.hasClient());
        }
        boolean mayReplace = !intention.observes() && clientId.equals(intention.recreate());
        return mayReplace ? new Plan.Create() : new Plan.RefuseLost(clientId);
    }
}
