package dev.appclients.cognito.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An alert of {@code deploy/monitoring/alerts.yaml}. */
record Alert(String name, String expression, String duration, String severity, JsonNode annotations) {

    static final Path FILE = Path.of("deploy/monitoring/alerts.yaml");
    static final Path TESTS = Path.of("deploy/monitoring/alerts-tests.yaml");

    static List<Alert> all() {
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode group : read(FILE).path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                alerts.add(new Alert(
                        rule.path("alert").asText(),
                        rule.path("expr").asText(),
                        rule.path("for").asText(),
                        rule.at("/labels/severity").asText(),
                        rule.path("annotations")));
            }
        }
        return alerts;
    }

    static JsonNode read(Path yaml) {
        try {
            return Serialization.yamlMapper().readTree(Files.readString(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String annotation(String name) {
        return annotations.path(name).asText();
    }

    PromQl query() {
        return PromQl.of(expression);
    }

    /** Whether its expression counts objects, rotations or events with this reason. */
    boolean covers(String reason) {
        return query().selectors().stream()
                .filter(selector -> selector.metric().startsWith("cognito_client_operator_objects")
                        || selector.metric().equals("cognito_client_operator_rotations_blocked")
                        || selector.metric().equals("cognito_client_operator_events_total"))
                .anyMatch(selector -> selector.admits("reason", reason));
    }

    @Override
    public String toString() {
        return name;
    }
}
