package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.AppClient;
import java.time.Instant;
import java.util.List;

/** Decides the plan of a reconciliation. Covers every observation, is deterministic and has no effects. */
public final class Planner {

    private Planner() {}

    public static Plan plan(DesiredClient desired, Observation observed, PlanContext context) {
        return switch (observed) {
            case Observation.Confirmed(String clientId) -> new Plan.NoOp(clientId);
            case Observation.NeverCreated() -> create(context);
            case Observation.NotCreated() -> create(context);
            case Observation.CreateOutcomeUnknown(Instant settledAt) -> new Plan.WaitForSettlement(settledAt);
            case Observation.Present present -> planPresent(desired, present, context);
            case Observation.Lost(String clientId) -> planLost(clientId, context);
            case Observation.Unproven(String objection) -> new Plan.RefuseUnproven(objection);
            case Observation.Several(List<String> clientIds) -> new Plan.RefuseSeveral(clientIds);
        };
    }

    private static Plan create(PlanContext context) {
        return context.observes() ? new Plan.RefuseNothingToObserve() : new Plan.Create();
    }

    private static Plan planPresent(DesiredClient desired, Observation.Present present, PlanContext context) {
        AppClient client = present.client();
        return switch (present.ownership()) {
            case FOREIGN -> new Plan.RefuseNotOurs(client.clientId());
            case OWNED_BY_OTHER -> new Plan.RefuseOwnedByOther(client.clientId());
            case ADOPTED -> planAdopted(desired, client, present.confidential(), context);
            case OWN -> compare(desired, client, context);
        };
    }

    private static Plan planAdopted(
            DesiredClient desired, AppClient client, boolean confidential, PlanContext context) {
        if (confidential != desired.confidential()) {
            return new Plan.RefuseType(client.clientId(), confidential);
        }
        String name = desired.settingsFor(client.settings()).clientName();
        boolean renames = !context.observes() && !name.equals(client.settings().clientName());
        return renames && ClientName.isReserved(name)
                ? new Plan.RefuseReservedName(name)
                : compare(desired, client, context);
    }

    private static Plan compare(DesiredClient desired, AppClient client, PlanContext context) {
        List<FieldDifference> differences = Drift.between(desired.settingsFor(client.settings()), client.settings());
        if (context.observes()) {
            return new Plan.ObserveOnly(client, differences);
        }
        return differences.isEmpty() ? new Plan.UpToDate(client) : new Plan.Update(client, differences);
    }

    private static Plan planLost(String clientId, PlanContext context) {
        if (context.adopts()) {
            return new Plan.RefuseMissing(clientId, context.hasClient());
        }
        boolean mayReplace = !context.observes() && clientId.equals(context.recreate());
        return mayReplace ? new Plan.Create() : new Plan.RefuseLost(clientId);
    }
}
