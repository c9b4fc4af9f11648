package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests as Helm renders them: an empty list is null, and the apply is server-side. */
class NullListsIT extends OnStage {

    @TempDir
    private Path directory;

    @Test
    void aClientWhoseListsAreNullGetsTheDefaultsOfItsType() throws IOException {
        applyByKubectl("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web}
                spec:
                  userPoolRef: {name: customers}
                  appType: MachineToMachine
                  allowedOAuthScopes: [orders/read]
                  allowedOAuthFlows: null
                  explicitAuthFlows: null
                  callbackURLs: null
                  logoutURLs: null
                  supportedIdentityProviders: null
                  readAttributes: null
                  writeAttributes: null
                """);

        stage.awaitReady("web");

        assertThat(stage.inCognito("web", "AllowedOAuthFlows")).isEqualTo("[\"client_credentials\"]");
        assertThat(stage.inCognito("web", "ExplicitAuthFlows")).isEqualTo("[\"ALLOW_REFRESH_TOKEN_AUTH\"]");
        assertThat(stage.inCognito("web", "CallbackURLs")).isNull();
    }

    @Test
    void aListThatBecomesNullIsRemovedInCognito() throws IOException {
        String manifest = """
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web}
                spec:
                  userPoolRef: {name: customers}
                  appType: Confidential
                  logoutURLs: %s
                """;
        applyByKubectl(manifest.formatted("[\"https://shop.example.com/\"]"));
        stage.awaitReady("web");

        applyByKubectl(manifest.formatted("null"));

        stage.eventually()
                .untilAsserted(
                        () -> assertThat(stage.inCognito("web", "LogoutURLs")).isNull());
        stage.awaitReady("web");
    }

    @Test
    void aPoolWhoseListsAreNullOrEmptyPermitsNoAdoptionAndServesItsClients() throws IOException {
        applyByKubectl("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: customers}
                spec:
                  userPoolId: eu-west-1_Shop
                  aws: {identity: Operator}
                  tenancy: Trusted
                  namespaces: {from: All, names: null}
                  adoption: null
                """);
        stage.applyClient("web");
        stage.awaitReady("web");

        stage.applyPool(Stage.POOL, "namespaces: {from: All, names: []}\nadoption: []");
        stage.applyClient("other", "appType: Confidential\nadopt: {clientId: 3abc0123456789abcdefghijkl}");
        stage.awaitCondition("other", "Authorized", "False", "AdoptionNotAllowed");
        stage.awaitReady("web");
    }

    private void applyByKubectl(String manifest) throws IOException {
        Path file = Files.writeString(directory.resolve("manifest.yaml"), manifest);
        var output = new Kubectl(stage.namespace())
                .run("apply", "--server-side", "--force-conflicts", "-f", file.toString());
        assertThat(output.exitCode()).as(output.text()).isZero();
    }
}
