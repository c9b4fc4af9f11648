package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnAdoptionStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.AppClient;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the clients of a pool with {@code tenancy: Restricted} may have, and what happens when the pool changes its mind. */
class RestrictedPoolIT extends OnAdoptionStage {

    private static final String ATTRIBUTES = "  readAttributes: [email]\n  writeAttributes: [name]\n";

    private static final String CALLBACK = """
            appType: Public
            allowedOAuthFlows: [code]
            allowedOAuthScopes: [openid]
            callbackURLs: ["https://%s.apps.example.com/callback"]
            """;

    /** Manifests, each with the limit that refuses it. */
    private static final String REFUSED = """
            appTypes                        | appType: Other
            authFlows                       | appType: Public, explicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]
            maxTokenValidity.access         | appType: Public, accessTokenValidity: 2h
            maxTokenValidity.id             | appType: Public, idTokenValidity: 2h
            maxTokenValidity.refresh        | appType: Public, refreshTokenValidity: 60d
            settings                        | appType: Public, enableTokenRevocation: false
            settings                        | appType: Public, preventUserExistenceErrors: LEGACY
            settings                        | appType: Confidential, enablePropagateAdditionalUserContextData: true
            oauthFlows                      | appType: Confidential, allowedOAuthFlows: [client_credentials], allowedOAuthScopes: [orders/read]
            oauthScopes                     | appType: MachineToMachine, allowedOAuthScopes: [orders/read]
            callbackURLs                    | appType: Public, allowedOAuthFlows: [code], allowedOAuthScopes: [openid], callbackURLs: ["https://bank.apps.example.com/callback"]
            logoutURLs                      | appType: Public, logoutURLs: ["https://shop.example.com/"]
            identityProviders               | appType: Public, supportedIdentityProviders: [Google]
            readAttributes                  | appType: Public, readAttributes: [phone_number]
            writeAttributes                 | appType: Public, writeAttributes: [email]
            analyticsARNs                   | appType: Public, analyticsConfiguration: {applicationARN: "arn:aws:mobiletargeting:eu-west-1:111122223333:apps/abc"}
            secretTypes                     | appType: Public, secret: {type: example.com/oidc}
            secretMetadata.labelKeys        | appType: Public, secret: {metadata: {labels: {example.com/team: web}}}
            secretMetadata.annotationKeys   | appType: Public, secret: {metadata: {annotations: {example.com/team: web}}}
            """;

    @Test
    void everyLimitRefusesAManifestBeforeAnyCallAndNamesItselfOnly() {
        restrict(ATTRIBUTES + "  callbackURLs: [\"https://${namespace}.apps.example.com/*\"]\n");
        List<String> limits = new ArrayList<>();
        REFUSED.lines().map(line -> line.split(" *\\| *", 2)).forEach(row -> {
            stage.apply("""
                    apiVersion: cognito.appclients.dev/v1beta1
                    kind: UserPoolClient
                    metadata: {name: web%d}
                    spec: {userPoolRef: {name: customers}, %s}
                    """.formatted(limits.size(), row[1]));
            limits.add(row[0]);
        });

        for (int i = 0; i < limits.size(); i++) {
            Condition authorized = stage.awaitCondition("web" + i, "Authorized", "False", "SettingNotAllowed");
            assertThat(authorized.getMessage())
                    .contains("(allow." + limits.get(i) + ")", "'customers'", "platform team", "retries hourly")
                    .doesNotContain("${namespace}");
            stage.awaitCondition("web" + i, "Stalled", "True", "SettingNotAllowed");
            assertThat(stage.secret("web" + i)).isNull();
        }
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void aManifestWithinTheLimitsIsCreatedWithTheAttributesOfThePool() {
        restrict(ATTRIBUTES + "  callbackURLs: [\"https://${namespace}.apps.example.com/*\"]\n");

        stage.applyClient("web", CALLBACK.formatted(stage.namespace()));

        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "ReadAttributes")).isEqualTo("[\"email\"]");
        assertThat(stage.inCognito("web", "WriteAttributes")).isEqualTo("[\"name\"]");
        assertThat(stage.condition("web", "Authorized"))
                .hasValueSatisfying(
                        authorized -> assertThat(authorized.getReason()).isEqualTo("Allowed"));
        stage.forgetCalls();
        stage.restartOperator();
        stage.wake("web");
        assertThat(stage.calls()).isEmpty();
    }

    @Test
    void aChangedListOfAttributesUpdatesTheClientsThatNameNone() {
        restrict(ATTRIBUTES);
        stage.applyClient("filled", "appType: Public");
        stage.applyClient("named", "appType: Public\nreadAttributes: [email]\nwriteAttributes: [name]");
        stage.awaitReady("filled");
        stage.awaitReady("named");
        stage.forgetCalls();

        limit("  readAttributes: [email, name]\n  writeAttributes: [name]\n");

        stage.eventually()
                .untilAsserted(() ->
                        assertThat(stage.inCognito("filled", "ReadAttributes")).isEqualTo("[\"email\",\"name\"]"));
        stage.awaitReady("filled");
        stage.wake("named");
        assertThat(stage.inCognito("named", "ReadAttributes")).isEqualTo("[\"email\"]");
        assertThat(stage.calls()).containsOnlyOnce("UpdateUserPoolClient");
        assertThat(stage.status("filled").drift()).isNull();
    }

    @Test
    void aPoolWithoutListsOfAttributesNeedsThemInTheManifest() {
        restrict("");
        stage.applyClient("web", "appType: Public");
        assertThat(stage.awaitCondition("web", "Authorized", "False", "SettingNotAllowed")
                        .getMessage())
                .contains("an absent readAttributes", "an absent writeAttributes");

        stage.applyClient("web", "appType: Public\nreadAttributes: [email]\nwriteAttributes: [name]");

        stage.awaitReady("web");
    }

    @Test
    void aWithdrawnPermissionFreezesClientAndSecretAndItsReturnContinues() {
        String callbacks = "  callbackURLs: [\"https://${namespace}.apps.example.com/*\"]\n";
        restrict(ATTRIBUTES + callbacks);
        stage.applyClient("web", CALLBACK.formatted(stage.namespace()));
        stage.awaitReady("web");
        String clientId = stage.status("web").clientId();

        restrict(ATTRIBUTES);

        stage.awaitCondition("web", "Authorized", "False", "SettingNotAllowed");
        stage.awaitCondition("web", "Ready", "False", "SettingNotAllowed");
        stage.forgetCalls();
        stage.setInCognito("web", "AccessTokenValidity", 7);
        stage.editSecret("web", secret -> secret.getData().put("issuer", "Zm9yZ2Vk"));
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.wake("web");
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.data("web")).containsEntry("issuer", "forged").containsEntry("client-id", clientId);
        assertThat(stage.status("web").clientId()).isEqualTo(clientId);

        restrict(ATTRIBUTES + callbacks);

        stage.awaitReady("web");
        stage.eventually()
                .untilAsserted(() -> assertThat(stage.data("web").get("issuer")).isNotEqualTo("forged"));
    }

    @Test
    void aRefusedClientIsDeleted() {
        restrict(ATTRIBUTES);
        stage.applyClient("web", "appType: Public");
        stage.awaitReady("web");
        restrict(ATTRIBUTES + "  appTypes: []\n");
        stage.awaitCondition("web", "Authorized", "False", "SettingNotAllowed");
        stage.applyClient("never", "appType: Public");
        stage.awaitCondition("never", "Authorized", "False", "SettingNotAllowed");

        stage.delete("web");
        stage.delete("never");

        stage.awaitGone("web");
        stage.awaitGone("never");
        assertThat(stage.cognito()).isEmpty();
    }

    @Test
    void anObservedClientIsJudgedByItsSettingsInCognitoAndNeverChanged() {
        AppClient legacy = handMade();
        restrict("  readAttributes: [email]\n  writeAttributes: [name]\n  settings: [LegacyUserExistenceErrors]\n"
                + "  authFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]\n"
                + "adoption: [" + entry(legacy.clientId(), stage.namespace(), "Observe") + "]\n");
        stage.simulator()
                .changeClient(
                        Stage.POOL_ID,
                        legacy.clientId(),
                        Map.of(
                                "ExplicitAuthFlows", List.of("ALLOW_USER_PASSWORD_AUTH"),
                                "ReadAttributes", List.of("email", "phone_number"),
                                "WriteAttributes", List.of("name")));

        stage.applyClient("web", "appType: Confidential\nmode: Observe\n" + adopt(legacy));

        assertThat(stage.awaitCondition("web", "Authorized", "False", "SettingNotAllowed")
                        .getMessage())
                .contains(
                        "explicitAuthFlows 'ALLOW_USER_PASSWORD_AUTH' (allow.authFlows)",
                        "readAttributes 'phone_number' (allow.readAttributes)",
                        "mode is Observe");
        stage.awaitCondition("web", "Ready", "False", "SettingNotAllowed");
        assertThat(stage.secret("web")).isNull();
        stage.forgetCalls();
        stage.wake("web");
        assertThat(stage.calls()).isEmpty();
        stage.awaitCondition("web", "Ready", "False", "SettingNotAllowed");

        stage.simulator()
                .changeClient(
                        Stage.POOL_ID,
                        legacy.clientId(),
                        Map.of(
                                "ExplicitAuthFlows",
                                List.of("ALLOW_USER_SRP_AUTH"),
                                "ReadAttributes",
                                List.of("email")));
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");

        stage.awaitReady("web");
        assertThat(stage.data("web")).containsEntry("client-id", legacy.clientId());
        assertThat(stage.calls()).doesNotContain("UpdateUserPoolClient");
    }

    @Test
    void aLaxerSecondPoolForTheSameUserPoolGrantsNothing() {
        restrict(ATTRIBUTES);
        stage.applyClient("first", "appType: Public");
        stage.awaitReady("first");
        awaitLaterThan(stage.pool().getMetadata().getCreationTimestamp());
        stage.applyPool("laxer", "namespaces: {from: All}");
        stage.forgetCalls();

        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web}
                spec:
                  userPoolRef: {name: laxer}
                  appType: Public
                  allowedOAuthFlows: [implicit]
                  allowedOAuthScopes: [openid]
                  callbackURLs: ["https://evil.example.com/callback"]
                """);

        stage.awaitCondition("web", "Authorized", "False", "DuplicatePool");
        stage.wake("first");
        stage.awaitReady("first");
        assertThat(stage.calls()).doesNotContain("CreateUserPoolClient");
        assertThat(stage.cognito()).hasSize(1);
    }

    /** Applies the limits and waits until the operator has observed them. */
    private void restrict(String allow) {
        limit(allow);
        stage.eventually()
                .until(() -> stage.pool()
                        .getMetadata()
                        .getGeneration()
                        .equals(stage.pool().getStatus().observedGeneration()));
        stage.forgetCalls();
    }

    private void limit(String allow) {
        stage.applyPool(
                Stage.POOL,
                "tenancy: Restricted\nnamespaces: {from: All}\n" + (allow.isEmpty() ? "" : "allow:\n" + allow));
    }
}
