package dev.appclients.cognito.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** The health of an object by the rules of Argo CD and of kstatus. */
final class Health {

    private Health() {}

    /** The health that Argo CD shows. It does not run the script for an object that is being deleted. */
    static String argo(JsonNode object) {
        return object.at("/metadata").has("deletionTimestamp")
                ? "Progressing"
                : ArgoLua.run(ArgoFiles.of(object.path("kind").asText()).resolve("health.lua"), object)
                        .path("status")
                        .asText();
    }

    /** The status that kstatus computes, and Flux without healthCheckExprs. */
    static String kstatus(JsonNode object) {
        if (object.at("/metadata").has("deletionTimestamp")) {
            return "Terminating";
        }
        if (!Objects.equals(
                object.at("/status/observedGeneration").asLong(),
                object.at("/metadata/generation").asLong())) {
            return "InProgress";
        }
        if (isTrue(object, "Reconciling")) {
            return "InProgress";
        }
        if (isTrue(object, "Stalled")) {
            return "Failed";
        }
        return isTrue(object, "Ready") ? "Current" : "InProgress";
    }

    private static boolean isTrue(JsonNode object, String type) {
        return StreamSupport.stream(object.at("/status/conditions").spliterator(), false)
                .anyMatch(condition -> type.equals(condition.path("type").asText())
                        && "True".equals(condition.path("status").asText()));
    }
}
