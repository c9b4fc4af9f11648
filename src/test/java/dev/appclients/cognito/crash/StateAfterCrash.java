package dev.appclients.cognito.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.simulator.JournalEntry;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;

/**
 * The state that an operator leaves when it crashes.
 *
 * @param ours whether the object has the finalizer
 * @param intended whether the intent is recorded
 * @param known whether the status has the client's id
 * @param conditions of the object, as type, status and reason
 * @param clients the number of clients in Cognito
 * @param secrets the number of secrets of these clients
 * @param published whether there is a Secret
 * @param carried whether the Secret has the client secret that the rotation record names as the current one; false without a record
 * @param phase of the rotation record; empty without one
 * @param journal the calls to Cognito with their outcomes
 */
record StateAfterCrash(
        boolean ours,
        boolean intended,
        boolean known,
        List<String> conditions,
        int clients,
        int secrets,
        boolean published,
        boolean carried,
        String phase,
        List<String> journal) {

    static StateAfterCrash of(Scene scene, String name) {
        UserPoolClient object = scene.stage().client(name);
        UserPoolClientStatus status = object.getStatus();
        List<Condition> conditions = status == null || status.conditions() == null ? List.of() : status.conditions();
        Secret published = scene.stage().secret(name);
        Secret record = scene.stage().secret(scene.rotation().recordName(name));
        JsonNode rotation = record == null ? MissingNode.getInstance() : SecretDeletions.state(record);
        return new StateAfterCrash(
                !object.getMetadata().getFinalizers().isEmpty(),
                status != null && status.pendingCreate() != null,
                status != null && status.clientId() != null,
                conditions.stream()
                        .map(condition ->
                                condition.getType() + "=" + condition.getStatus() + " " + condition.getReason())
                        .toList(),
                scene.clientsOf(object).size(),
                scene.clientsOf(object).stream()
                        .mapToInt(client -> client.secrets().size())
                        .sum(),
                published != null,
                published != null
                        && rotation.at("/current/id")
                                .asText()
                                .equals(published.getMetadata().getAnnotations().get(Marks.CLIENT_SECRET_ID)),
                rotation.path("phase").asText(),
                scene.stage().simulator().journal().entries().stream()
                        .map(StateAfterCrash::line)
                        .toList());
    }

    private static String line(JournalEntry entry) {
        return entry.operation() + " " + entry.outcome();
    }
}
