package dev.appclients.cognito.operations;

import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.LiveSecret;
import dev.appclients.cognito.simulator.Simulator;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole cluster is restored from a snapshot of etcd: clients, copies, and a rotation in its overlap. */
class SnapshotIT {

    private static final String ROTATED =
            "appType: Confidential, rotation: {overlap: 10m, maxOverlap: 1h}," + " sharing: {namespaces: {from: All}}";
    private static final String TEAM = "team-c";

    @TempDir
    private Path directory;

    private Simulator simulator;
    private SecondCluster cluster;

    @BeforeEach
    void open() {
        simulator = Simulator.start();
        simulator.quotas().off();
        simulator.pool(POOL_ID);
        cluster = SecondCluster.start(directory.resolve("before"));
        cluster.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(TEAM)
                        .endMetadata()
                        .build())
                .create();
        cluster.startOperator(simulator.endpoint());
        cluster.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: customers}
                spec:
                  userPoolId: %s
                  aws: {identity: Operator}
                  tenancy: Trusted
                  namespaces: {from: All}
                  sharing: {namespaces: {from: All}}
                """.formatted(POOL_ID));
    }

    @AfterEach
    void close() {
        cluster.close();
        simulator.close();
    }

    @Test
    void everyObjectContinuesWithItsAppClientAndItsCopies() {
        cluster.applyClient("edited", "appType: Confidential, accessTokenValidity: 1h");
        cluster.applyClient("deleted", "appType: Confidential");
        cluster.applyClient("overlap", ROTATED);
        List.of("edited", "deleted", "overlap").forEach(this::awaitReady);
        String original = rotate("overlap");
        claim("overlap");
        EtcdSnapshot snapshot = EtcdSnapshot.of(directory.resolve("before"), directory.resolve("snapshot"));
        String published = value("default", "overlap");

        String hour = setting("edited");
        cluster.applyClient("edited", "appType: Confidential, accessTokenValidity: 30m");
        eventually().until(() -> !setting("edited").equals(hour));
        String deleted = id("deleted");
        client("deleted").delete();
        eventually().until(() -> client("deleted").get() == null);
        cluster.applyClient("created", "appType: Confidential");
        awaitReady("created");
        String created = id("created");
        retire("overlap", original);
        List<String> before = ids();

        restore(snapshot);

        List.of("edited", "overlap").forEach(this::awaitReady);
        eventually().until(() -> setting("edited").equals(hour));
        eventually()
                .untilAsserted(() ->
                        assertThat(condition("deleted", "Stalled").getReason()).isEqualTo("ClientLost"));
        assertThat(client("deleted").require().getStatus().clientId()).isEqualTo(deleted);
        assertThat(ids())
                .as("no app client is created or deleted")
                .isEqualTo(before)
                .contains(created);
        assertThat(value("default", "overlap"))
                .as("the secret of the snapshot is valid")
                .isEqualTo(published);
        assertThat(simulator.authenticate(id("overlap"), published)).isTrue();
        eventually().until(() -> value(TEAM, "overlap").equals(published));
    }

    private void restore(EtcdSnapshot snapshot) {
        cluster.close();
        snapshot.restoreTo(directory.resolve("after"));
        cluster = SecondCluster.restored(directory.resolve("after"));
        cluster.startOperator(simulator.endpoint());
        cluster.admin().resources(UserPoolClient.class).inNamespace("default").list().getItems().stream()
                .map(found -> found.getMetadata().getName())
                .forEach(name -> annotate(name, Annotations.RECONCILE_REQUESTED_AT, "restored"));
    }

    /** Publishes a second secret, and returns the id of the first one. */
    private String rotate(String name) {
        String before = value("default", name);
        String first = live(name).getFirst().id();
        annotate(name, Annotations.ROTATE_REQUESTED_AT, "now");
        eventually().until(() -> !value("default", name).equals(before));
        eventually()
                .until(() ->
                        client(name).require().getStatus().rotation().phase().equals("Overlap"));
        return first;
    }

    private void retire(String name, String secretId) {
        annotate(name, Annotations.RETIRE_SECRET, secretId);
        eventually().until(() -> live(name).size() == 1);
    }

    private List<LiveSecret> live(String name) {
        return simulator.client(POOL_ID, id(name)).secrets();
    }

    private List<String> ids() {
        return simulator.clients(POOL_ID).stream()
                .map(AppClient::clientId)
                .sorted()
                .toList();
    }

    private String setting(String name) {
        return simulator
                .client(POOL_ID, id(name))
                .setting("AccessTokenValidity")
                .orElseThrow()
                .asText();
    }

    private void claim(String name) {
        cluster.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: %1$s, namespace: %2$s}
                spec: {clientRef: {namespace: default, name: %1$s}}
                """.formatted(name, TEAM));
        eventually().until(() -> value(TEAM, name).equals(value("default", name)));
    }

    private void annotate(String name, String annotation, String value) {
        Edits.edit(client(name), object -> {
            object.getMetadata().getAnnotations().put(annotation, value);
            return object;
        });
    }

    private Resource<UserPoolClient> client(String name) {
        return cluster.admin()
                .resources(UserPoolClient.class)
                .inNamespace("default")
                .withName(name);
    }

    private String id(String name) {
        return Objects.requireNonNull(client(name).require().getStatus().clientId());
    }

    private void awaitReady(String name) {
        eventually()
                .untilAsserted(
                        () -> assertThat(condition(name, Conditions.READY).getStatus())
                                .as(name)
                                .isEqualTo("True"));
    }

    private Condition condition(String name, String type) {
        return Conditions.find(client(name).require().getStatus().conditions(), type)
                .orElseThrow();
    }

    private String value(String namespace, String name) {
        Secret secret =
                cluster.admin().secrets().inNamespace(namespace).withName(name).require();
        return new String(Base64.getDecoder().decode(secret.getData().get("client-secret")), StandardCharsets.UTF_8);
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }
}
