package dev.appclients.cognito.crash;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.simulator.JournalEntry;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * The state that an operator leaves when it crashes during a create.
 *
 * @param ours whether the object has the finalizer
 * @param intended whether the intent is recorded
 * @param known whether the status has the client's id
 * @param conditions of the object, as type, status and reason
 * @param clients the number of clients in Cognito
 * @param published whether there is a Secret
 * @param journal the calls to Cognito with their outcomes
 */
record StateAfterCrash(
        boolean ours,
        boolean intended,
        boolean known,
        List<String> conditions,
        int clients,
        boolean published,
        List<String> journal) {

    static StateAfterCrash of(Scene scene, String name) {
        UserPoolClient object = scene.stage().client(name);
        UserPoolClientStatus status = object.getStatus();
        List<Condition> conditions = status == null || status.conditions() == null ? List.of() : status.conditions();
        return new StateAfterCrash(
                !object.getMetadata().getFinalizers().isEmpty(),
                status != null && status.pendingCreate() != null,
                status != null && status.clientId() != null,
                conditions.stream()
                        .map(condition ->
                                condition.getType() + "=" + condition.getStatus() + " " + condition.getReason())
                        .toList(),
                scene.clientsOf(object).size(),
                scene.stage().secret(name) != null,
                scene.stage().simulator().journal().entries().stream()
                        .map(StateAfterCrash::line)
                        .toList());
    }

    private static String line(JournalEntry entry) {
        return entry.operation() + " " + entry.outcome();
    }
}
