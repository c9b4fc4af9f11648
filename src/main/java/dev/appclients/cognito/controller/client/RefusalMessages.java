package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.Plan;
import dev.appclients.cognito.status.Step;
import java.util.List;

/** Writes the messages for plans that the operator cannot carry out before a person acts. */
final class RefusalMessages {

    private RefusalMessages() {}

    static StopReconciliation of(ReconcileInput input, Plan.Refusal refusal) {
        return switch (refusal) {
            case Plan.RefuseNotOurs(String clientId) ->
                refused(
                        Reason.NOT_OURS,
                        "The name of app client " + clientId
                                + " does not end in the suffix of this object, so the operator"
                                + " does not change it. Another writer changed this object's status, or a person renamed the"
                                + " app client. Restore its name, or delete this object and create it again.");
            case Plan.RefuseLost(String clientId) -> lost(input, clientId);
            case Plan.RefuseSeveral(List<String> clientIds) ->
                refused(Reason.SEVERAL_CLIENTS, severalClients(clientIds));
            case Plan.RefuseReservedName(String name) ->
                refused(
                        Reason.RESERVED_NAME,
                        "spec.clientName '" + name + "' ends in a dot and ten hexadecimal digits. The operator reserves"
                                + " such names for app clients that it creates. Remove spec.clientName to keep the"
                                + " client's name, or write another name.");
            case Plan.RefuseUnproven(String objection) -> refused(Reason.NOT_OURS, objection);
            case Plan.RefuseOwnedByOther(String clientId) ->
                StopReconciliation.refused(
                        Step.CLIENT,
                        Reason.ALREADY_OWNED,
                        ClientOwnership.alreadyOwned(input.resource(), clientId, null),
                        Pace.HOURLY);
            case Plan.RefuseMissing(String clientId, boolean wasThere) -> missing(input, clientId, wasThere);
            case Plan.RefuseNothingToObserve() ->
                refused(
                        Reason.NOTHING_TO_OBSERVE,
                        "This object has no app client, and mode: Observe never creates one. Name an app client in"
                                + " spec.adopt.clientId, or write mode: Manage to create one.");
            case Plan.RefuseType(String clientId, boolean hasSecret) -> unfit(input, clientId, hasSecret);
        };
    }

    private static StopReconciliation lost(ReconcileInput input, String clientId) {
        return refused(
                Reason.CLIENT_LOST,
                "App client " + clientId
                        + " was deleted in Cognito, but not by this operator. A new app client has a new id"
                        + " that every consumer needs. To create it, "
                        + (input.observes() ? "write mode: Manage and " : "")
                        + "annotate this object with " + Annotations.RECREATE + "=" + clientId + ".");
    }

    private static StopReconciliation missing(ReconcileInput input, String clientId, boolean wasThere) {
        String pool = input.pool().access().pool().value();
        return wasThere
                ? refused(
                        Reason.CLIENT_LOST,
                        "App client " + clientId + ", which this object had adopted, was deleted in user pool " + pool
                                + ". The operator never replaces an adopted app client. Delete this object, and create it"
                                + " again without spec.adopt for an app client with a new id.")
                : refused(
                        Reason.NOTHING_TO_ADOPT,
                        "App client " + clientId + " not found in user pool " + pool
                                + ". Fix spec.adopt.clientId, or refer to the ClusterUserPool of its user pool.");
    }

    private static StopReconciliation unfit(ReconcileInput input, String clientId, boolean hasSecret) {
        String type = input.desired().confidential() ? "a client with a secret" : "a client without a secret";
        return refused(
                Reason.APP_TYPE_MISMATCH,
                "The manifest describes " + type + ", but app client " + clientId
                        + (hasSecret
                                ? " has one. Create the object again with appType Confidential or MachineToMachine, or"
                                        + " Other with generateSecret: true."
                                : " has none. Create the object again with appType Public, or Other without"
                                        + " generateSecret, or create a new app client."));
    }

    /** The fault and the remedy when the names of several app clients end in the suffix of one object. */
    static String severalClients(List<String> clientIds) {
        return "Several app clients have the name of this object: " + String.join(", ", clientIds)
                + ". Delete all but one of them in Cognito.";
    }

    private static StopReconciliation refused(Reason reason, String message) {
        return StopReconciliation.refused(Step.CLIENT, reason, message + " The operator retries hourly.", Pace.HOURLY);
    }
}
