package dev.appclients.cognito.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.monitoring.Scrape.Series;
import dev.appclients.cognito.runtime.PackagedOperator;
import dev.appclients.cognito.runtime.metrics.MetricLabel;
import dev.appclients.cognito.runtime.metrics.OperatorMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the catalogue of metrics, the alerts, the dashboard and the page of the log with one run of the packaged operator. */
class MonitoringIT {

    /** Metrics of the JVM and of the libraries, of which the page has a selection. */
    private static final List<String> OF_THE_PROCESS =
            List.of("jvm_", "process_", "system_", "http_", "netty_", "worker_pool_", "vertx_");

    /** The labels that Prometheus adds to every series of a target. */
    private static final Set<String> FROM_THE_SCRAPE = Set.of("job", "instance");

    /** The values that a matcher of a label may have. */
    private static final Map<String, List<String>> KNOWN_VALUES = Map.of(
            "kind", List.of("UserPoolClient", "ClusterUserPool", "ClientSecretClaim"),
            "ready", List.of("True", "False", "Unknown"),
            "stalled", List.of("true", "false"),
            "controller_name", List.of("userpoolclient", "clusteruserpool", "clientsecretclaim"),
            "outcome",
                    Stream.concat(
                                    Stream.of("OK"),
                                    Arrays.stream(FailureKind.values()).map(FailureKind::name))
                            .toList(),
            "phase", List.of("Staged", "Overlap", "Blocked"),
            "le", List.of("90.0"),
            "reason",
                    Stream.concat(
                                    Arrays.stream(Reason.values()).map(Reason::text),
                                    Arrays.stream(NotWritten.values()).map(NotWritten::name))
                            .toList());

    private static final Pattern SEARCH =
            Pattern.compile("kubectl logs [^|]*((?:\\| *\\n? *grep (?:-\\w+ )?(?:'[^']*'|\\S+) *)+)");
    private static final Pattern GREP = Pattern.compile("grep (?:-\\w+ )?(?:'([^']*)'|(\\S+))");

    private static final String OBJECTS = "cognito_client_operator_objects";

    @TempDir
    private static Path directory;

    private static ObservedRun run;
    private static Scrape scrape;

    @BeforeAll
    static void observe() {
        run = ObservedRun.of(directory);
        scrape = run.scrape();
    }

    @AfterAll
    static void close() {
        if (run != null) {
            run.close();
        }
    }

    /** The labels of every listed metric by the name of its series. */
    private static Map<String, Set<String>> listed() {
        Map<String, Set<String>> listed = new TreeMap<>();
        for (OperatorMetric metric : OperatorMetric.values()) {
            Set<String> labels = metric.labels().stream().map(MetricLabel::text).collect(Collectors.toSet());
            metric.series().forEach(series -> listed.put(series, withBound(series, labels)));
        }
        Stream.concat(ForeignMetric.OF_THE_OPERATOR_SDK.stream(), ForeignMetric.OF_THE_PROCESS.stream())
                .forEach(metric -> metric.series()
                        .forEach(series -> listed.put(series, withBound(series, Set.copyOf(metric.labels())))));
        return listed;
    }

    private static Set<String> withBound(String series, Set<String> labels) {
        return series.endsWith("_bucket") ? union(labels, Set.of("le")) : labels;
    }

    @Test
    void everyListedMetricIsInTheScrapeWithItsLabels() {
        Map<String, Set<String>> served = new TreeMap<>();
        listed().keySet().stream()
                .filter(scrape.names()::contains)
                .forEach(series -> served.put(series, scrape.labels(series)));

        assertThat(served).isEqualTo(listed());
    }

    @Test
    void everyMetricOfTheOperatorAndOfItsSdkIsListed() {
        assertThat(scrape.names())
                .filteredOn(name -> OF_THE_PROCESS.stream().noneMatch(name::startsWith))
                .isSubsetOf(listed().keySet());
    }

    @Test
    void noLabelNamesAnObject() {
        Set<String> names = Set.of(
                run.stage().namespace(),
                "web",
                "taken",
                "resting",
                "leaving",
                "rotating",
                "copy",
                "orphan",
                "customers",
                "unfinalized");

        assertThat(scrape.series())
                .flatExtracting(series -> series.labels().values())
                .doesNotContainAnyElementsOf(names);
    }

    @Test
    void objectsAreCountedByState() {
        assertThat(states("UserPoolClient"))
                .containsOnly(
                        Map.entry("True Synced false", 2.0),
                        Map.entry("False SecretConflict true", 1.0),
                        Map.entry("False Paused false", 1.0),
                        Map.entry("False AccessDenied true", 1.0),
                        Map.entry("Unknown Pending false", 1.0));
        assertThat(states("ClientSecretClaim"))
                .containsOnly(Map.entry("True Synced false", 1.0), Map.entry("False NotAvailable false", 1.0));
        assertThat(states("ClusterUserPool")).containsOnly(Map.entry("True Synced false", 1.0));
        assertThat(scrape.sum(OBJECTS + "_terminating", Map.of("kind", "UserPoolClient")))
                .isEqualTo(1);
        assertThat(scrape.sum(OBJECTS + "_terminating", Map.of("kind", "ClusterUserPool")))
                .isZero();
        assertThat(scrape.sum(OBJECTS + "_paused", Map.of("kind", "UserPoolClient")))
                .isEqualTo(1);
        assertThat(scrape.sum("cognito_client_operator_copies_wanted", Map.of()))
                .isEqualTo(1);
        assertThat(scrape.sum("cognito_client_operator_copies_ready", Map.of())).isEqualTo(1);
        assertThat(scrape.sum("cognito_client_operator_leader", Map.of())).isEqualTo(1);
        assertThat(scrape.sum("cognito_client_operator_events_total", Map.of("reason", "DriftCorrected")))
                .isEqualTo(1);
    }

    @Test
    void rotationsAreCountedByPhaseAndProblem() {
        assertThat(scrape.of("cognito_client_operator_rotations_blocked", Map.of()))
                .extracting(series -> series.labels().get("reason"), Series::value)
                .containsExactly(tuple("AccessDenied", 1.0));
        assertThat(scrape.of("cognito_client_operator_rotations_total", Map.of()))
                .hasSize(9)
                .filteredOn(series -> series.value() > 0)
                .extracting(
                        series -> series.labels().get("cause"),
                        series -> series.labels().get("outcome"))
                .containsExactly(tuple("request", "refused"));
        assertThat(scrape.of("cognito_client_operator_client_secret_age_days_bucket", Map.of("le", "1.0")))
                .extracting(series -> series.labels().get("user_pool_id"), Series::value)
                .containsExactly(tuple(Stage.POOL_ID, 4.0));
    }

    private static Map<String, Double> states(String kind) {
        return scrape.of(OBJECTS, Map.of("kind", kind)).stream()
                .collect(Collectors.toMap(
                        series -> series.labels().get("ready") + " "
                                + series.labels().get("reason") + " "
                                + series.labels().get("stalled"),
                        Series::value));
    }

    @Test
    void onlyTheLeaderReportsObjectsAndADeletedObjectLeavesNoSeries() {
        try (PackagedOperator standby = run.start("standby").awaitStarted()) {
            Scrape waiting = ObservedRun.scrape(standby);
            assertThat(waiting.sum("cognito_client_operator_leader", Map.of())).isZero();
            assertThat(waiting.of("cognito_client_operator_leader", Map.of())).hasSize(1);
            assertThat(waiting.of(OBJECTS, Map.of())).isEmpty();
            assertThat(waiting.of("custom_resources", Map.of())).hasSize(3);
        }
        run.stage().delete("taken");
        run.stage().awaitGone("taken");
        run.stage()
                .eventually()
                .until(() -> run.scrape()
                        .of(OBJECTS, Map.of("reason", "SecretConflict"))
                        .isEmpty());
    }

    static Stream<Arguments> queries() {
        return Stream.concat(
                Dashboard.targets().stream().map(target -> Arguments.of(target.panel(), target.query())),
                Alert.all().stream().map(alert -> Arguments.of(alert.name(), alert.query())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void everyMetricAndLabelOfAQueryIsInTheScrape(String title, PromQl query) {
        assertThat(query.selectors()).as(title).isNotEmpty();
        for (PromQl.Selector selector : query.selectors()) {
            assertThat(scrape.names()).contains(selector.metric());
            assertThat(selector.matchers()).allSatisfy(matcher -> {
                assertThat(scrape.labels(selector.metric())).contains(matcher.label());
                assertThat(KNOWN_VALUES.getOrDefault(matcher.label(), List.of()))
                        .as("values of %s", matcher.label())
                        .containsAll(
                                KNOWN_VALUES.containsKey(matcher.label())
                                        ? List.of(matcher.value().split("\\|"))
                                        : List.of());
            });
        }
        assertThat(labelsOf(query)).containsAll(query.grouping());
    }

    @Test
    void everyLabelOfALegendIsInTheResult() {
        assertThat(Dashboard.targets()).allSatisfy(target -> {
            PromQl query = target.query();
            assertThat(query.grouping().isEmpty() ? labelsOf(query) : union(query.grouping(), FROM_THE_SCRAPE))
                    .containsAll(target.legendLabels());
        });
    }

    /** The labels of its metrics, and those that Prometheus adds. */
    private static Set<String> labelsOf(PromQl query) {
        Set<String> labels = new TreeSet<>(FROM_THE_SCRAPE);
        query.selectors().forEach(selector -> labels.addAll(scrape.labels(selector.metric())));
        return labels;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }

    @Test
    void theFieldsOfTheLogAreThoseOfThePage() throws IOException {
        Set<String> logged = new TreeSet<>();
        for (JsonNode line : run.log()) {
            line.fieldNames().forEachRemaining(logged::add);
            line.path("mdc")
                    .fieldNames()
                    .forEachRemaining(field -> logged.add(field.startsWith("eventsource.") ? "eventsource.*" : field));
        }

        assertThat(fieldsOfThePage()).containsExactlyInAnyOrderElementsOf(logged);
    }

    private static List<String> fieldsOfThePage() throws IOException {
        String page = Files.readString(Path.of("src/docs/logs.md"));
        String fields = page.substring(page.indexOf("## Fields"), page.indexOf("## Levels"));
        return Pattern.compile("(?m)^\\| (`[^|]*) \\|")
                .matcher(fields)
                .results()
                .flatMap(row ->
                        Pattern.compile("`([^`]+)`").matcher(row.group(1)).results())
                .map(field -> field.group(1))
                .toList();
    }

    /** The patterns that the pages pass to grep. One without a field of the log is a part of a message in the code. */
    @Test
    void theSearchesOfThePagesFindTheirLines() throws IOException {
        String pages = Files.readString(Path.of("src/docs/runbook.md")) + Files.readString(Path.of("src/docs/logs.md"));
        List<String> searches = SEARCH.matcher(pages)
                .results()
                .flatMap(command -> GREP.matcher(command.group(1)).results())
                .map(grep -> Objects.requireNonNullElse(grep.group(1), grep.group(2)))
                .map(search -> search.replace("<name>", "web")
                        .replace("shop", run.stage().namespace()))
                .distinct()
                .toList();
        List<String> lines = run.operator().text().lines().toList();
        String code = code();

        assertThat(searches).hasSizeGreaterThan(5).allSatisfy(search -> {
            Pattern pattern = Pattern.compile(search, Pattern.CASE_INSENSITIVE);
            if (search.startsWith("\"")) {
                assertThat(lines).anyMatch(pattern.asPredicate());
            } else {
                assertThat(code).containsPattern(pattern);
            }
        });
    }

    private static String code() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            StringBuilder code = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                code.append(Files.readString(file));
            }
            return code.toString();
        }
    }

    @Test
    void theCatalogueHasNoNameTwice() {
        assertThat(Arrays.stream(OperatorMetric.values()).flatMap(metric -> metric.series().stream()))
                .doesNotHaveDuplicates();
    }
}
