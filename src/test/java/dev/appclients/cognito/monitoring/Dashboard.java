package dev.appclients.cognito.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The dashboard of {@code deploy/monitoring}. */
final class Dashboard {

    static final Path FILE = Path.of("deploy/monitoring/dashboard.json");

    private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    private Dashboard() {}

    /** One query of a panel. */
    record Target(String panel, String expression, String legend) {

        PromQl query() {
            return PromQl.of(expression);
        }

        /** The labels that the legend names. */
        Set<String> legendLabels() {
            Set<String> labels = new TreeSet<>();
            LEGEND_LABEL.matcher(legend).results().forEach(label -> labels.add(label.group(1)));
            return labels;
        }
    }

    /** The panels, without the rows. */
    static List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        for (JsonNode panel : Alert.read(FILE).path("panels")) {
            if (!panel.path("type").asText().equals("row")) {
                panels.add(panel);
            }
        }
        return panels;
    }

    static List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.path("targets")) {
                targets.add(new Target(
                        panel.path("title").asText(),
                        target.path("expr").asText(),
                        target.path("legendFormat").asText()));
            }
        }
        return targets;
    }
}
