package dev.appclients.cognito.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.Tools;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real promtool checks the alerts, their unit tests, the queries of the dashboard, and the scrape configuration. */
class PromtoolIT {

    @TempDir
    private Path directory;

    @Test
    void theRulesAreValid() throws Exception {
        assertThat(promtool("check", "rules", Alert.FILE.toString()))
                .contains("SUCCESS: " + Alert.all().size() + " rules found");
    }

    @Test
    void theUnitTestsOfTheRulesPass() throws Exception {
        assertThat(promtool("test", "rules", Alert.TESTS.toString())).contains("SUCCESS");
    }

    /** A recording rule for each query, because promtool reads no dashboard. */
    @Test
    void theQueriesOfTheDashboardAreValid() throws Exception {
        List<Dashboard.Target> targets = Dashboard.targets();
        List<Map<String, String>> rules = IntStream.range(0, targets.size())
                .mapToObj(i ->
                        Map.of("record", "panel:" + i, "expr", targets.get(i).expression()))
                .toList();
        Path file = Files.writeString(
                directory.resolve("dashboard.yaml"),
                Serialization.asYaml(Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules)))));

        assertThat(promtool("check", "rules", file.toString())).contains("SUCCESS: " + targets.size() + " rules found");
    }

    @Test
    void theScrapeConfigurationOfThePageIsValid() throws Exception {
        String page = Files.readString(Path.of("src/docs/observability.md"));
        String yaml =
                page.substring(page.indexOf("scrape_configs:"), page.indexOf("```", page.indexOf("scrape_configs:")));
        Path file = Files.writeString(directory.resolve("prometheus.yaml"), yaml);

        promtool("check", "config", "--syntax-only", file.toString());
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Tools.promtool().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
