package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The copies of client {@code web} in two other namespaces. Closing them deletes the namespaces. */
final class CanaryCopies implements AutoCloseable {

    /** What a pool needs so that its clients push. */
    static final String POOL = "namespaces: {from: All}\nsharing: {namespaces: {from: All}, pushFrom: {from: All}}";

    private static final String PUSHED = "pushed";

    private final Stage stage;
    private final String team;
    private final String former;

    CanaryCopies(Stage stage) {
        this.stage = stage;
        team = namespace();
        former = namespace();
    }

    /**
     * Handles the value in each way that a copy has: pushes, requests, restores, refuses and withdraws copies.
     *
     * @param client the lines of the client without {@code sharing}
     */
    void handle(String client, String value) {
        push(client, team + ", " + former);
        awaitCopy(team, PUSHED, value);
        awaitCopy(former, PUSHED, value);

        request("requested");
        awaitCopy(team, "requested", value);
        secret(team, PUSHED).delete();
        awaitCopy(team, PUSHED, value);
        Edits.edit(secret(team, "requested"), copy -> {
            copy.getData().put("client-secret", "YW5vdGhlcg==");
            return copy;
        });
        awaitCopy(team, "requested", value);

        createForeignSecret("taken");
        request("taken");
        awaitReason("taken", "SecretConflict");

        push(client, team);
        stage.eventually().until(() -> secret(former, PUSHED).get() == null);
        stage.awaitReady("web");
    }

    private void push(String client, String namespaces) {
        stage.applyClient(
                "web",
                client + "\nsharing: {namespaces: {from: Names, names: [" + namespaces + "]}, push: {secret: {name: "
                        + PUSHED + "}}}");
    }

    private void request(String name) {
        ClientSecretClaim claim =
                Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: %s, namespace: %s}
                spec:
                  clientRef: {namespace: %s, name: web}
                  secret: {template: {both: "$(clientId) $(clientSecret)"}}
                """.formatted(name, team, stage.namespace()), ClientSecretClaim.class);
        stage.admin().resource(claim).create();
    }

    private void createForeignSecret(String name) {
        stage.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(team)
                        .endMetadata()
                        .withStringData(Map.of("client-secret", "another"))
                        .build())
                .create();
    }

    private void awaitCopy(String namespace, String name, String value) {
        String encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        stage.eventually().until(() -> {
            Secret copy = secret(namespace, name).get();
            return copy != null && encoded.equals(copy.getData().get("client-secret"));
        });
    }

    private void awaitReason(String claim, String reason) {
        stage.eventually().untilAsserted(() -> {
            var status = stage.admin()
                    .resources(ClientSecretClaim.class)
                    .inNamespace(team)
                    .withName(claim)
                    .require()
                    .getStatus();
            assertThat(Conditions.find(status.conditions(), Conditions.READY))
                    .hasValueSatisfying(ready -> assertThat(ready.getReason()).isEqualTo(reason));
        });
    }

    private Resource<Secret> secret(String namespace, String name) {
        return stage.admin().secrets().inNamespace(namespace).withName(name);
    }

    private String namespace() {
        return stage.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("canary-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    @Override
    public void close() {
        stage.admin().namespaces().withName(team).delete();
        stage.admin().namespaces().withName(former).delete();
    }
}
