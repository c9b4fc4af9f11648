package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.OperatorJar;
import dev.appclients.cognito.runtime.PackagedOperator;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * T10: the values of a client are in {@code Secret.data} and nowhere else, plain or in base64. The packaged operator runs with every log
 * category fully open, and handles the values in each way that it has. At last its memory is searched.
 */
class CanaryIT {

    /** Loggers of the frameworks that can log complete requests and responses. */
    private static final List<String> WIRE_LOGGERS = List.of(
            "org.apache.hc.client5.http.wire",
            "org.apache.hc.client5.http.headers",
            "io.fabric8.kubernetes.client.http.HttpLoggingInterceptor",
            "io.fabric8",
            "io.vertx",
            "io.netty",
            "software.amazon.awssdk.request",
            "software.amazon",
            "io.javaoperatorsdk",
            "org.apache.hc");

    private static final String CONFIDENTIAL = "appType: Confidential\n";

    /** The value in a longer text, so that its base64 in the Secret differs, and a value that the operator generates. */
    private static final String FORM = """
            configMap: {name: web-public}
            secret:
              template: {url: "https://$(clientId):$(urlencode(clientSecret))@example.com/$(base64(clientSecret))"}
              generate: [{key: cookie-secret, bytes: 32, encoding: Hex}]
            """;

    private final Stage stage = Stage.withoutOperator(Stage.SETTINGS);
    private final CanaryCopies copies = new CanaryCopies(stage);
    private final CanaryRotation rotation = new CanaryRotation(stage);

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        rotation.close();
        copies.close();
        stage.close();
    }

    @Test
    void noSecretValueLeavesTheDataOfSecrets() {
        try (PackagedOperator operator = operator().awaitStarted().awaitLeading()) {
            Traces traces = new Traces(handleValues());

            assertThat(operator.text()).as("open logs").contains("\"level\":\"DEBUG\"", "Sending Request");
            assertThat(Stream.of(
                            operator.text(),
                            operator.get("/q/metrics").body(),
                            operator.get("/q/health").body()))
                    .noneMatch(traces::isIn);
            assertThat(everyObjectWithoutTheDataOfSecrets()).noneMatch(traces::isIn);
            assertThat(printed()).noneMatch(traces::isIn);
            // An idle connection to AWS keeps its last response for up to 70 seconds, until the operator closes it.
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(5))
                    .untilAsserted(
                            () -> assertThat(holdersInMemory(operator, traces)).isEmpty());
        }
    }

    /** The operator reads and writes values in a create, an update, a restore, a rename, copies, a rotation, conflicts and failures. */
    private String[] handleValues() {
        List<String> values = new ArrayList<>();
        stage.applyPool(Stage.POOL, CanaryCopies.POOL);
        stage.simulator().faults().on("CreateUserPoolClient").times(1).resetInAnswer();
        stage.applyClient("web", CONFIDENTIAL + FORM);
        stage.awaitReady("web");
        values.add(value("web"));
        values.add(stage.data("web").get("cookie-secret"));

        stage.simulator().faults().on("UpdateUserPoolClient").times(1).dropAfterCommit();
        stage.applyClient("web", CONFIDENTIAL + FORM + "accessTokenValidity: 30m");
        stage.awaitReady("web");
        stage.deleteSecret("web");
        stage.eventually().until(() -> value("web").equals(values.getFirst()));
        stage.applySecretAs("another-tool", "web", "stringData: {client-secret: another}");
        stage.eventually().until(() -> value("web").equals(values.getFirst()));
        stage.awaitReady("web");
        String renamed = CONFIDENTIAL + FORM.replace("secret:", "secret:\n  name: web-oidc");
        stage.applyClient("web", renamed);
        stage.awaitReady("web");
        stage.eventually().until(() -> value("web-oidc").equals(values.getFirst()));

        copy(values.getFirst());
        copies.handle(renamed, values.getFirst());
        rotation.handle("web-oidc");
        failWithTheValueInTheAnswer(values);
        meetAForeignSecret();
        stage.applyClient("gone", CONFIDENTIAL);
        stage.awaitReady("gone");
        values.add(value("gone"));
        stage.delete("gone");
        stage.awaitGone("gone");
        values.addAll(rotation.values());
        return values.toArray(String[]::new);
    }

    /** A claim in the same namespace needs no offer. Its copy is written, restored and deleted. */
    private void copy(String value) {
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: copy}
                spec:
                  clientRef: {namespace: %s, name: web}
                  secret: {preset: Env, template: {both: "$(clientId) $(clientSecret)"}}
                """.formatted(stage.namespace()));
        stage.eventually().until(() -> value.equals(stage.data("copy").get("CLIENT_SECRET")));
        stage.deleteSecret("copy");
        stage.eventually().until(() -> value.equals(stage.data("copy").get("CLIENT_SECRET")));
    }

    /** Cognito's answer with the value is not readable for the SDK. */
    private void failWithTheValueInTheAnswer(List<String> values) {
        stage.applyClient("broken", CONFIDENTIAL);
        stage.awaitReady("broken");
        values.add(value("broken"));
        stage.changeInCognito("broken", Map.of("AccessTokenValidity", "not a number"));
        stage.deleteSecret("broken");
        stage.eventually()
                .until(() -> stage.condition("broken", "Ready")
                        .orElseThrow()
                        .getStatus()
                        .equals("False"));
        // Retries would keep a connection to AWS in use.
        stage.applyClient("broken", CONFIDENTIAL + "deletionPolicy: Retain");
        stage.delete("broken");
        stage.awaitGone("broken");
    }

    private void meetAForeignSecret() {
        stage.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("taken")
                        .withNamespace(stage.namespace())
                        .endMetadata()
                        .withStringData(Map.of("client-secret", "another"))
                        .build())
                .create();
        stage.applyClient("taken", CONFIDENTIAL);
        stage.awaitCondition("taken", "Ready", "False", "SecretConflict");
    }

    private String value(String secret) {
        return stage.data(secret).get("client-secret");
    }

    /** Every object that the API server has, of every kind. */
    private static List<String> everyObjectWithoutTheDataOfSecrets() {
        Kubectl.Output output = Kubectl.shell("kubectl get --all-namespaces -o json"
                + " $(kubectl api-resources --verbs=list -o name | paste -sd,) 2>/dev/null");
        List<String> objects = new ArrayList<>();
        try {
            for (JsonNode object : new ObjectMapper().readTree(output.text()).path("items")) {
                if (object.path("kind").asText().equals("Secret")) {
                    ((ObjectNode) object).remove("data");
                }
                objects.add(object.toString());
            }
        } catch (IOException e) {
            throw new AssertionError(output.text(), e);
        }
        assertThat(objects).as("the operator's Secrets are among them").anyMatch(text -> text.contains("web-oidc"));
        return objects;
    }

    /** The columns and descriptions that a person reads. */
    private static List<String> printed() {
        return Stream.of("upc", "csc", "cup", "events", "secrets")
                .flatMap(kind -> Stream.of("get -o wide ", "describe ").map(verb -> "kubectl " + verb + kind + " -A"))
                .map(line -> Kubectl.shell(line).text())
                .toList();
    }

    private PackagedOperator operator() {
        List<String> options = new ArrayList<>();
        options.add("-Dquarkus.log.level=ALL");
        WIRE_LOGGERS.forEach(name -> options.add("-Dquarkus.log.category.\"" + name + "\".level=ALL"));
        return PackagedOperator.start(
                directory,
                "canary",
                stage.simulator().endpoint(),
                Map.of("QUARKUS_LOG_CATEGORY__DEV_APPCLIENTS__LEVEL", "TRACE"),
                OperatorJar.of(Path.of("")).command(options));
    }

    private Set<String> holdersInMemory(PackagedOperator operator, Traces traces) throws Exception {
        Path file = directory.resolve("operator.hprof");
        try {
            run("jcmd", Long.toString(operator.handle().pid()), "GC.heap_dump", file.toString());
            try (HeapDump dump = new HeapDump(file)) {
                return dump.holders(traces.positionsIn(dump.file()));
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void run(String tool, String... arguments) throws IOException, InterruptedException {
        Path output = directory.resolve(tool + ".log");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", tool).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", tool).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }
}
