package dev.appclients.cognito.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alerts, their runbook and their unit tests fit each other and the reasons of the conditions. */
class AlertsTest {

    private static final Path RUNBOOK = Path.of("src/docs/runbook.md");
    private static final String URL = "https://cognito.appclients.dev/runbook#";
    private static final String PREFIX = "CognitoClientOperator";
    private static final Pattern LINK = Pattern.compile("\\[(\\w+)]\\(#(\\w+)\\)");

    /** Alerts on counters, which have no reason of an object in their expression. */
    private static final Map<String, String> BY_COUNTER = Map.of(
            "CredentialsRejected", "CredentialsRejected",
            "CognitoUnavailable", "CognitoUnreachable",
            "CognitoUnreachable", "CognitoUnreachable",
            "Throttled", "Throttled",
            "UnexpectedError", "UnexpectedErrors",
            "DriftCorrected", "SettingsContested",
            "SecretRestored", "SettingsContested");

    /** Alerts on gauges of rotations, which have no label for a reason. */
    private static final Map<String, String> BY_GAUGE =
            Map.of("CopiesLagging", "CopiesLagging", "Rotating", "RotationOverdue");

    /** One row of the table of reasons. */
    private record Row(String reason, String link, String acts, List<String> alerts) {}

    static List<Alert> alerts() {
        return Alert.all();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertSaysWhatItMeasuredAndLinksItsHeading(Alert alert) throws IOException {
        assertThat(alert.name()).startsWith(PREFIX);
        assertThat(alert.severity()).isIn("critical", "warning", "info");
        assertThat(alert.duration()).as("an alert without `for` flaps").matches("[1-9]\\d*[mh]");
        assertThat(alert.annotation("summary")).endsWith(".").hasSizeLessThan(80);
        assertThat(alert.annotation("description"))
                .matches(".*(\\{\\{ \\$value|\\d ).*")
                .endsWith(".");
        assertThat(alert.annotation("runbook_url")).isEqualTo(URL + alert.name().toLowerCase(Locale.ROOT));
        assertThat(headings()).containsKey(alert.name());
    }

    @Test
    void theRunbookHasTheAlertsOnly() throws IOException {
        assertThat(headings().keySet())
                .containsExactlyElementsOf(alerts().stream().map(Alert::name).toList());
        assertThat(headings())
                .allSatisfy((alert, text) ->
                        assertThat(text).as(alert).contains("\nMeans: ", "\nActs: ", "\nDo: ", "\nEnds: "));
    }

    @Test
    void everyReasonHasOneRowThatLinksItsMeaning() throws IOException {
        assertThat(rows())
                .extracting(Row::reason)
                .containsExactlyElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::text).toList());
        assertThat(rows())
                .allSatisfy(row -> assertThat(row.link())
                        .isEqualTo("conditions.md#" + row.reason().toLowerCase(Locale.ROOT)));
    }

    @Test
    void theAlertsOfAReasonCoverIt() throws IOException {
        Map<String, Alert> alerts = alerts().stream().collect(Collectors.toMap(Alert::name, alert -> alert));
        for (Row row : rows()) {
            for (String name : row.alerts()) {
                assertThat(alerts).containsKey(PREFIX + name);
                assertThat(alerts.get(PREFIX + name).covers(row.reason())
                                || name.equals(BY_COUNTER.get(row.reason()))
                                || name.equals(BY_GAUGE.get(row.reason()))
                                || name.equals("DeletionStuck"))
                        .as("%s covers %s", name, row.reason())
                        .isTrue();
            }
        }
    }

    /** Such a reason makes the object Stalled, or the ClusterUserPool. */
    @Test
    void everyFailureThatNeedsAPersonHasAnAlert() throws IOException {
        Map<String, Row> rows = rows().stream().collect(Collectors.toMap(Row::reason, row -> row));
        assertThat(FailureKind.values())
                .filteredOn(FailureKind::needsHuman)
                .extracting(kind -> rows.get(FailureText.reason(kind).text()))
                .allSatisfy(row -> {
                    assertThat(row.alerts()).as(row.reason()).isNotEmpty();
                    assertThat(row.acts()).as(row.reason()).isNotEqualTo("–");
                });
    }

    @Test
    void everyProblemOfARotationHasAnAlert() {
        Alert blocked = alerts().stream()
                .filter(alert -> alert.name().equals(PREFIX + "RotationBlocked"))
                .findFirst()
                .orElseThrow();

        assertThat(Reason.values())
                .allSatisfy(reason -> assertThat(blocked.covers(reason.text()))
                        .as(reason.text())
                        .isTrue());
    }

    @Test
    void everyStalledObjectHasAnAlert() {
        assertThat(Reason.values())
                .filteredOn(reason -> !BY_COUNTER.containsKey(reason.text()))
                .allSatisfy(reason -> assertThat(alerts())
                        .as("an alert about stalled objects with the reason %s", reason.text())
                        .anyMatch(alert -> alert.query().selectors().stream()
                                .anyMatch(selector -> selector.metric().equals("cognito_client_operator_objects")
                                        && selector.admits("kind", "UserPoolClient")
                                        && selector.admits("stalled", "true")
                                        && selector.admits("reason", reason.text()))));
    }

    @Test
    void everyAlertHasATestInWhichItFiresAndOneInWhichItDoesNot() {
        Map<String, List<Boolean>> fired = new LinkedHashMap<>();
        for (JsonNode test : Alert.read(Alert.TESTS).path("tests")) {
            for (JsonNode evaluation : test.path("alert_rule_test")) {
                fired.computeIfAbsent(evaluation.path("alertname").asText(), first -> new ArrayList<>())
                        .add(!evaluation.path("exp_alerts").isEmpty());
            }
        }
        assertThat(fired.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        alerts().stream().map(Alert::name).toList());
        assertThat(fired)
                .allSatisfy((alert, results) -> assertThat(results).as(alert).contains(true, false));
    }

    private static Map<String, String> headings() throws IOException {
        String page = Files.readString(RUNBOOK);
        Map<String, String> headings = new LinkedHashMap<>();
        Stream.of(page.split("(?m)^(?=#{1,3} )"))
                .filter(section -> section.startsWith("### "))
                .forEach(section ->
                        headings.put(section.lines().findFirst().orElseThrow().substring(4), section));
        return headings;
    }

    private static List<Row> rows() throws IOException {
        Pattern row = Pattern.compile("(?m)^\\| \\[(\\w+)]\\(([^)]*)\\) \\| (.*) \\| (.*) \\|$");
        return row.matcher(Files.readString(RUNBOOK))
                .results()
                .map(AlertsTest::row)
                .toList();
    }

    private static Row row(MatchResult row) {
        List<String> alerts = LINK.matcher(row.group(4))
                .results()
                .peek(link -> assertThat(link.group(2)).isEqualTo((PREFIX + link.group(1)).toLowerCase(Locale.ROOT)))
                .map(link -> link.group(1))
                .toList();
        return new Row(row.group(1), row.group(2), row.group(3), alerts);
    }
}
