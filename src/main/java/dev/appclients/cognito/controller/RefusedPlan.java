package dev.appclients.cognito.controller;

import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.Plan;
import dev.appclients.cognito.status.Step;
import java.util.List;

/** Says what a person must do before a plan can be carried out. */
final class RefusedPlan {

    private RefusedPlan() {}

    static Stop of(Subject subject, Plan.Refusal refusal) {
        return switch (refusal) {
            case Plan.RefuseNotOurs(String clientId) ->
                refused(
                        Reason.NOT_OURS,
                        "App client " + clientId + " does not bear the name of this object, so it is not touched:"
                                + " somebody has changed this object's status, or renamed the client. Give the client"
                                + " its name back, or delete this object and create it anew");
            case Plan.RefuseLost(String clientId) ->
                refused(
                        Reason.CLIENT_LOST,
                        "App client " + clientId
                                + " was deleted in Cognito, not by this operator. A new one has a new id,"
                                + " which every consumer must learn: to create it, "
                                + (subject.observes() ? "write mode: Manage and " : "")
                                + "annotate this object with " + Annotations.RECREATE + "=" + clientId);
            case Plan.RefuseSeveral(List<String> clientIds) ->
                refused(
                        Reason.SEVERAL_CLIENTS,
                        "More than one app client bears the name of this object: " + String.join(", ", clientIds)
                                + ". Delete all but one of them in Cognito");
            case Plan.RefuseReservedName(String name) ->
                refused(
                        Reason.RESERVED_NAME,
                        "spec.clientName '" + name + "' ends in a dot and ten hexadecimal digits. The operator reserves"
                                + " such names for app clients that it creates. Remove spec.clientName to keep the"
                                + " client's name, or write another name.");
            case Plan.RefuseUnproven(String objection) ->
                refused(Reason.NOT_OURS, objection + " The operator retries hourly.");
            case Plan.RefuseOwnedByOther(String clientId) ->
                refused(Reason.ALREADY_OWNED, Claims.taken(subject.resource(), clientId, null));
            case Plan.RefuseMissing(String clientId, boolean wasThere) -> missing(subject, clientId, wasThere);
            case Plan.RefuseNothingToObserve() ->
                refused(
                        Reason.NOTHING_TO_OBSERVE,
                        "mode is Observe, which never creates a client, and this object has none: name the client to"
                                + " look at in spec.adopt.clientId, or write mode: Manage to create one");
            case Plan.RefuseType(String clientId, boolean hasSecret) -> unfit(subject, clientId, hasSecret);
        };
    }

    private static Stop missing(Subject subject, String clientId, boolean wasThere) {
        String pool = subject.pool().access().pool().value();
        return wasThere
                ? refused(
                        Reason.CLIENT_LOST,
                        "App client " + clientId + ", which this object had adopted, was deleted in user pool " + pool
                                + ". An adopted client is never replaced: delete this object, and create it anew"
                                + " without spec.adopt for a client with a new id")
                : refused(
                        Reason.NOTHING_TO_ADOPT,
                        "There is no app client " + clientId + " in user pool " + pool
                                + ": correct spec.adopt.clientId, or refer to the ClusterUserPool of the pool that it"
                                + " is in");
    }

    private static Stop unfit(Subject subject, String clientId, boolean hasSecret) {
        String type = subject.desired().confidential() ? "a client with a secret" : "a client without a secret";
        return refused(
                Reason.APP_TYPE_MISMATCH,
                "The manifest describes " + type + ", but app client " + clientId
                        + (hasSecret
                                ? " has one: create the object anew with appType Confidential or MachineToMachine, or"
                                        + " Other with generateSecret: true"
                                : " shows none: it is public, or its original secret was deleted. Create the object"
                                        + " anew with appType Public or Other, or, if it has a secret, create a new client"));
    }

    private static Stop refused(Reason reason, String message) {
        return Stop.refused(Step.CLIENT, reason, message, Pace.HOURLY);
    }
}
