package dev.appclients.cognito.runtime;

import static dev.appclients.cognito.controller.Stage.POOL;
import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.Crowd;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.controlplane.Relay;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.simulator.AppClient;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Floods the packaged operator with events of all clients at once. Each flood is judged by the lease, by the log, and by the clients and
 * Secrets afterwards. With more clients: {@code -Dclients=2000}; {@code make bench ARGS="--only floods"} has 5,000.
 */
class FloodsIT {

    private static final int COUNT = Integer.getInteger("clients", 120);
    private static final int NAMESPACES = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(180 + COUNT / 4);

    /** The leader gives up after this time without a renewal. */
    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(4);

    /**
     * Warnings about a client and its Secret are not errors of the operator. The short lease leaves a call to Cognito three seconds and a
     * renewal one, which a busy machine exceeds at times. The operator then retries, and the gap of the lease shows whether in time.
     */
    private static final List<String> EXPECTED =
            List.of("Restored Secret", "NamespaceNotAllowed", "the call timed out", "acquiring lock");

    private static final Pattern BUSY = Pattern.compile("reconciliations_(?:active|queue)\\{[^}]*} ([0-9.]+)");

    private final Stage stage = Stage.withoutOperator(Stage.SETTINGS);
    private final List<Crowd> crowds = new ArrayList<>();
    private final LeaseWatch lease = new LeaseWatch(stage.admin());

    @TempDir
    private Path directory;

    private @Nullable PackagedOperator operator;
    private @Nullable Relay relay;

    @AfterEach
    void close() {
        lease.close();
        if (operator != null) {
            operator.close();
        }
        if (relay != null) {
            relay.close();
        }
        crowds.forEach(Crowd::close);
        stage.close();
    }

    @Test
    void noFloodLosesTheLeaseOrAClient() throws IOException {
        relay = Relay.to(TestCluster.admin().getMasterUrl().getPort());
        stage.simulator().pool(POOL_ID).clientLimit(COUNT);
        stage.applyPool(POOL, "namespaces: {from: Selector, selector: {matchLabels: {tier: shop}}}");
        for (int i = 0; i < NAMESPACES; i++) {
            crowds.add(new Crowd(stage.admin(), stage.namespace() + "-" + i));
        }
        label("shop");
        start();
        stage.awaitPool(POOL, "Ready", "True", "Synced");

        flood("all are applied at once", () -> crowds.forEach(crowd -> crowd.create(COUNT / NAMESPACES, client -> {})));
        flood("the pool's domain becomes active", () -> {
            stage.simulator().pool(POOL_ID).customDomain("login.example.com", "ACTIVE");
            stage.annotatePool(POOL, "cognito.appclients.dev/reconcile-requested-at", "now");
            await().atMost(PATIENCE)
                    .until(() -> secrets().allMatch(secret -> domain(secret).contains("login.example.com")));
        });
        flood("an upgrade derives other settings from the manifests", () -> {
            stop();
            everyStatus(status -> Map.of("appliedSettings", "v2:00000000000000000000000000000000"));
            stage.simulator()
                    .clients(POOL_ID)
                    .forEach(client -> stage.simulator()
                            .changeClient(POOL_ID, client.clientId(), Map.of("EnableTokenRevocation", false)));
            stage.forgetCalls();
            start();
            await().atMost(PATIENCE)
                    .until(() -> stage.simulator()
                                    .journal()
                                    .of("UpdateUserPoolClient")
                                    .size()
                            >= COUNT);
        });
        flood("all Secrets are deleted", () -> {
            Set<String> uids =
                    secrets().map(secret -> secret.getMetadata().getUid()).collect(Collectors.toSet());
            crowds.forEach(crowd -> stage.admin()
                    .secrets()
                    .inNamespace(crowd.namespace())
                    .withLabel(Marks.CLIENT_UID)
                    .delete());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(secrets())
                            .hasSize(COUNT)
                            .noneMatch(
                                    secret -> uids.contains(secret.getMetadata().getUid())));
        });
        flood("every namespace loses the permission and gets it back", () -> {
            label("other");
            await().atMost(PATIENCE).until(() -> ready() == 0);
            label("shop");
        });
        disconnectTheApiServer();
        flood("all are deleted at once", () -> {
            crowds.forEach(crowd -> stage.admin()
                    .resources(UserPoolClient.class)
                    .inNamespace(crowd.namespace())
                    .delete());
            await().atMost(PATIENCE)
                    .until(() -> crowds.stream().allMatch(crowd -> crowd.all().isEmpty()));
        });
        assertThat(stage.cognito()).isEmpty();
        assertThat(secrets()).isEmpty();
    }

    /** A leader without the API server exits, and the kubelet restarts it. */
    private void disconnectTheApiServer() throws IOException {
        Relay way = Objects.requireNonNull(relay);
        PackagedOperator former = Objects.requireNonNull(operator);
        way.cut();
        await().atMost(PATIENCE).until(() -> !former.handle().isAlive());
        assertThat(former.exitCode()).isEqualTo(1);
        assertThat(former.text()).contains("Lost the leader's lease");
        crowds.forEach(crowd -> crowd.all()
                .forEach(client -> Edits.edit(
                        stage.admin()
                                .resources(UserPoolClient.class)
                                .inNamespace(crowd.namespace())
                                .withName(client.getMetadata().getName()),
                        FloodsIT::touched)));
        flood("the API server is back after every manifest was edited", () -> {
            way.restore();
            start();
        });
    }

    private static UserPoolClient touched(UserPoolClient client) {
        client.getMetadata().getAnnotations().put("cognito.appclients.dev/reconcile-requested-at", "now");
        return client;
    }

    private void flood(String name, Event event) throws IOException {
        lease.begin();
        long begun = System.nanoTime();
        event.happen();
        await().atMost(PATIENCE)
                .pollInterval(500, TimeUnit.MILLISECONDS)
                .until(() -> ready()
                        == crowds.stream()
                                .mapToLong(crowd -> crowd.all().size())
                                .sum());
        awaitQuiet();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.printf(
                "%s: %d clients, quiet after %.1f s, longest gap of the lease %.1f s%n",
                name, COUNT, took.toMillis() / 1e3, lease.longest().toMillis() / 1e3);
        assertThat(lease.longest()).as("longest gap of the lease: %s", name).isLessThan(RENEW_DEADLINE);
        PackagedOperator running = Objects.requireNonNull(operator);
        assertThat(running.messages("WARN"))
                .as(name)
                .allMatch(warning -> EXPECTED.stream().anyMatch(warning::contains));
        assertThat(running.messages("ERROR")).as(name).isEmpty();
        assertNothingIsLost();
    }

    private void assertNothingIsLost() {
        Set<String> wanted = crowds.stream()
                .flatMap(crowd -> crowd.all().stream())
                .map(client -> client.getStatus().clientId())
                .collect(Collectors.toSet());
        assertThat(stage.cognito()).extracting(AppClient::clientId).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(secrets().map(secret -> decoded(secret, "client-id"))).containsExactlyInAnyOrderElementsOf(wanted);
    }

    private long ready() {
        return crowds.stream().mapToLong(Crowd::ready).sum();
    }

    private Stream<Secret> secrets() {
        return crowds.stream()
                .flatMap(crowd -> stage
                        .admin()
                        .secrets()
                        .inNamespace(crowd.namespace())
                        .withLabel(Marks.CLIENT_UID)
                        .list()
                        .getItems()
                        .stream());
    }

    private static String domain(Secret secret) {
        return secret.getData().keySet().stream()
                .map(key -> decoded(secret, key))
                .collect(Collectors.joining(" "));
    }

    private static String decoded(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }

    private void label(String tier) {
        crowds.forEach(crowd -> Edits.edit(stage.admin().namespaces().withName(crowd.namespace()), found -> {
            found.getMetadata().getLabels().put("tier", tier);
            return found;
        }));
    }

    private void everyStatus(UnaryOperator<Map<String, Object>> change) {
        for (Crowd crowd : crowds) {
            var objects = stage.admin()
                    .genericKubernetesResources("cognito.appclients.dev/v1beta1", "UserPoolClient")
                    .inNamespace(crowd.namespace());
            objects.list().getItems().forEach(object -> {
                Map<String, Object> status = object.get("status");
                status.putAll(change.apply(status));
                objects.withName(object.getMetadata().getName()).patchStatus(object);
            });
        }
    }

    private void start() throws IOException {
        Path kubeconfig = directory.resolve("kubeconfig");
        String direct = Files.readString(TestCluster.operatorKubeconfig());
        Matcher server = Pattern.compile("(server: \"?https://[^:]+:)\\d+").matcher(direct);
        Files.writeString(
                kubeconfig,
                server.replaceAll("$1" + Objects.requireNonNull(relay).port()));
        operator = PackagedOperator.start(
                        directory,
                        "flood" + System.nanoTime(),
                        stage.simulator().endpoint(),
                        Map.of("KUBECONFIG", kubeconfig.toString(), "COGNITO_CLIENT_OPERATOR_QUOTAS", "false"))
                .awaitStarted()
                .awaitLeading();
    }

    private void stop() {
        PackagedOperator former = Objects.requireNonNull(operator);
        former.terminate();
        await().atMost(PATIENCE).until(() -> !former.handle().isAlive());
    }

    /** Waits until no reconciliation runs or queues. */
    private void awaitQuiet() {
        await().atMost(PATIENCE)
                .pollInterval(200, TimeUnit.MILLISECONDS)
                .during(Duration.ofMillis(800))
                .until(() -> {
                    Matcher busy = BUSY.matcher(
                            Objects.requireNonNull(operator).get("/q/metrics").body());
                    return busy.results().allMatch(passes -> Double.parseDouble(passes.group(1)) == 0);
                });
    }

    /** The event that floods the operator. */
    @FunctionalInterface
    private interface Event {
        void happen() throws IOException;
    }
}
