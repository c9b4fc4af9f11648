package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL;
import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.Switch;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that unmet requirements on a pool are reported with the contents of the pool, and that clients continue when the pool meets them. */
class PoolRequirementsIT extends OnStage {

    private static final String WITH_SCOPE = WEB.replace("openid", "openid, stock/read");
    private static final String WITH_PROVIDER = WEB + "supportedIdentityProviders: [COGNITO, Google]\n";
    private static final String WITH_ATTRIBUTE = "appType: Confidential\nreadAttributes: [email, \"custom:size\"]";
    private static final String WITH_ROTATION =
            "appType: Public\nexplicitAuthFlows: [ALLOW_USER_SRP_AUTH]\nrefreshTokenRotation: {feature: ENABLED}";
    private static final String WITH_USER_AUTH =
            "appType: Confidential\nexplicitAuthFlows: [ALLOW_USER_AUTH, ALLOW_REFRESH_TOKEN_AUTH]";

    @Test
    void aMissingScopeIsReportedWithTheExistingScopesAndCostsNoFurtherCallOfTheClient() {
        stage.applyClient("web", WITH_SCOPE);

        assertThat(missing("web"))
                .contains(
                        "allowedOAuthScopes has stock/read",
                        "Its scopes: orders/read, orders/write",
                        "within a minute");
        assertThat(stage.condition("web", "Stalled")).isPresent();
        assertThat(stage.status("web").pendingCreate()).isNull();
        assertThat(stage.calls()).containsExactly("CreateUserPoolClient", "ListResourceServers");
        stage.forgetCalls();
        stage.wake("web");
        clock.advance(Duration.ofMinutes(1));
        stage.wake("web");
        assertThat(stage.calls()).containsExactly("ListResourceServers");

        stage.simulator().pool(POOL_ID).resourceServer("stock", "read");
        clock.advance(Duration.ofMinutes(1));
        stage.wake("web");
        stage.awaitReady("web");
        assertThat(stage.cognito()).hasSize(1);
    }

    @Test
    void waitingClientsShareOneReadAndTheNextClientNeedsNoCall() {
        stage.applyClient("first", WITH_SCOPE);
        missing("first");
        stage.applyClient("second", WITH_SCOPE);
        stage.applyClient("third", WITH_SCOPE);
        missing("second");
        missing("third");
        assertThat(stage.calls()).containsOnlyOnce("CreateUserPoolClient").containsOnlyOnce("ListResourceServers");

        stage.forgetCalls();
        clock.advance(Duration.ofMinutes(1));
        Stream.of("first", "second", "third").forEach(stage::wake);
        assertThat(stage.calls()).containsExactly("ListResourceServers");
    }

    @Test
    void aMissingProviderIsReportedAndTheClientStaysUnchangedUntilItExists() {
        stage.simulator().pool(POOL_ID).identityProvider("Corp", "SAML");
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        stage.applyClient("web", WITH_PROVIDER);

        assertThat(missing("web")).contains("supportedIdentityProviders has Google", "beside COGNITO: Corp");
        stage.forgetCalls();
        clock.advance(Duration.ofMinutes(1));
        stage.wake("web");
        assertThat(stage.calls()).containsExactly("ListIdentityProviders");

        stage.simulator().pool(POOL_ID).identityProvider("Google", "Google");
        clock.advance(Duration.ofMinutes(1));
        stage.wake("web");
        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "SupportedIdentityProviders")).contains("Google");
        stage.awaitEvents("web", "DependencyMissing", "Updated", "Synced");
    }

    @Test
    void theSecretIsReconciledWhileAProviderIsMissing() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        stage.applyClient("web", WITH_PROVIDER);
        missing("web");

        stage.deleteSecret("web");

        stage.eventually()
                .untilAsserted(() -> assertThat(stage.data("web")).containsKeys("client-id", "client-secret"));
        missing("web");
    }

    @Test
    void anAttributeThatThePoolDoesNotHaveIsReportedBeforeACallForTheClient() {
        assertThat(stage.pool().getStatus().attributes().names()).contains("email", "sub");
        stage.applyClient("web", WITH_ATTRIBUTE);

        assertThat(missing("web"))
                .contains("readAttributes has custom:size", "Its attributes: address, birthdate, email");
        assertThat(stage.calls()).containsExactly("DescribeUserPool");

        stage.simulator().pool(POOL_ID).attribute("custom:size", true, false);
        clock.advance(Duration.ofMinutes(1));
        stage.wake("web");
        stage.awaitReady("web");
    }

    @Test
    void aCustomAttributeWithoutItsPrefixIsReportedWithThePrefix() {
        stage.simulator().pool(POOL_ID).attribute("custom:size", true, false);
        stage.applyClient("web", "appType: Confidential\nwriteAttributes: [size]");

        assertThat(missing("web")).contains("writeAttributes has size", "it has custom:size");
    }

    @Test
    void anAttributeAddedAfterTheReadOfTheFactsDoesNotBlock() {
        stage.simulator().pool(POOL_ID).attribute("custom:size", true, false);

        stage.applyClient("web", WITH_ATTRIBUTE);

        stage.awaitReady("web");
        assertThat(stage.events("web")).isEmpty();
    }

    @Test
    void aRequiredAttributeMustBeWritableAndOnlyTheManifestCanFixIt() {
        stage.simulator().pool(POOL_ID).attribute("email", true, true);
        readThePoolAgain("1");
        stage.applyClient("web", "appType: Confidential\nwriteAttributes: [name]");

        assertThat(stage.awaitCondition("web", "Ready", "False", "InvalidSettings")
                        .getMessage())
                .contains("writeAttributes lacks email", "Add the attributes");
        assertThat(stage.calls()).doesNotContain("CreateUserPoolClient");

        stage.applyClient("web", "appType: Confidential\nwriteAttributes: [name, email]");
        stage.awaitReady("web");
    }

    @Test
    void attributesByScopeAreLeftToCognito() {
        stage.applyClient("web", "appType: Confidential\nreadAttributes: [\"oidc:profile\"]");

        stage.eventually().until(() -> stage.calls().contains("CreateUserPoolClient"));
    }

    @Test
    void aTierThatIsTooLowIsReportedBeforeACallForTheClientUntilItIsRaised() {
        stage.simulator().pool(POOL_ID).tier("LITE");
        readThePoolAgain("1");
        stage.applyClient("web", WITH_USER_AUTH);

        assertThat(stage.awaitCondition("web", "Ready", "False", "TierTooLow").getMessage())
                .contains("ALLOW_USER_AUTH", "the pool has LITE", "raise the pool's tier");
        assertThat(stage.calls()).doesNotContain("CreateUserPoolClient");

        stage.simulator().pool(POOL_ID).tier("ESSENTIALS");
        clock.advance(Duration.ofMinutes(1));
        stage.wake("web");
        stage.awaitReady("web");
    }

    @Test
    void aTierLoweredAfterTheReadOfTheFactsIsReportedAfterCognitoRefuses() {
        stage.simulator().pool(POOL_ID).tier("LITE");
        stage.applyClient("web", WITH_USER_AUTH);

        assertThat(stage.awaitCondition("web", "Ready", "False", "TierTooLow").getMessage())
                .contains("the pool has LITE");

        stage.simulator().pool(POOL_ID).tier("PLUS");
        readThePoolAgain("1");
        stage.awaitReady("web");
    }

    @ParameterizedTest(name = "known before Cognito is asked: {0}, refused as an invalid parameter: {1}")
    @CsvSource({"true, false", "false, false", "false, true"})
    void rotationInALitePoolIsReportedUntilTheTierIsRaised(boolean known, boolean parameter) {
        stage.simulator().switches().set(Switch.ROTATION_ON_LITE_IS_A_PARAMETER, parameter);
        stage.simulator().pool(POOL_ID).tier("LITE");
        if (known) {
            readThePoolAgain("1");
        }
        stage.applyClient("web", WITH_ROTATION);

        assertThat(stage.awaitCondition("web", "Ready", "False", "TierTooLow").getMessage())
                .contains("refreshTokenRotation.feature is ENABLED", "the pool has LITE", "raise the pool's tier");
        assertThat(stage.calls().contains("CreateUserPoolClient")).isEqualTo(!known);

        stage.simulator().pool(POOL_ID).tier("ESSENTIALS");
        clock.advance(Duration.ofMinutes(1));
        stage.wake("web");
        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "RefreshTokenRotation")).contains("ENABLED");
    }

    @ParameterizedTest(name = "Cognito demands it: {0}, written: {1}")
    @CsvSource({"true, true", "false, false"})
    void aRequiredImmutableAttributeIsLeftToCognito(boolean demanded, boolean written) {
        stage.simulator().switches().set(Switch.REQUIRED_IMMUTABLE_ATTRIBUTES_WRITABLE, demanded);
        stage.simulator().pool(POOL_ID).attribute("email", false, true);
        readThePoolAgain("1");

        stage.applyClient("web", "appType: Confidential\nwriteAttributes: [name" + (written ? ", email]" : "]"));

        stage.awaitReady("web");
        assertThat(stage.calls()).contains("CreateUserPoolClient");
    }

    @Test
    void aScopeCreatedWhileTheOperatorWasDownIsFoundInOneReadForAllWaitingClients() {
        List<String> names = List.of("first", "second", "third");
        names.forEach(name -> stage.applyClient(name, WITH_SCOPE));
        names.forEach(this::missing);
        stage.stopOperator();
        stage.simulator().pool(POOL_ID).resourceServer("stock", "read");
        stage.forgetCalls();

        stage.startOperator();

        names.forEach(stage::awaitReady);
        assertThat(stage.calls())
                .containsExactlyInAnyOrder(
                        // One read for all clients, because a new process does not know the reads of the last one.
                        "ListUserPoolClients",
                        "ListResourceServers",
                        // The operator confirms the facts in the pool's status before the first write.
                        "DescribeUserPool",
                        "DescribeUserPoolDomain",
                        "CreateUserPoolClient",
                        "CreateUserPoolClient",
                        "CreateUserPoolClient");
    }

    @Test
    void aScopeStillMissingAfterARestartCostsOneReadForAllWaitingClients() {
        List<String> names = List.of("first", "second", "third");
        names.forEach(name -> stage.applyClient(name, WITH_ATTRIBUTE));
        names.forEach(this::missing);
        stage.stopOperator();
        stage.forgetCalls();

        stage.startOperator();
        names.forEach(stage::wake);

        assertThat(stage.calls()).containsExactly("ListUserPoolClients", "DescribeUserPool");
    }

    @Test
    void withoutPermissionToListTheMessageOfCognitoIsReported() {
        stage.simulator().access().deny("*", "cognito-idp:ListResourceServers", "*");
        stage.applyClient("web", WITH_SCOPE);

        assertThat(missing("web")).contains("Scope does not exist: stock/read", "remove it from the manifest");

        stage.simulator().pool(POOL_ID).resourceServer("stock", "read");
        stage.wake("web");
        stage.awaitReady("web");
    }

    @Test
    void aRequestByAnnotationReadsThePoolImmediately() {
        stage.applyClient("web", WITH_SCOPE);
        missing("web");
        stage.simulator().pool(POOL_ID).resourceServer("stock", "read");
        clock.advance(Duration.ofSeconds(1));

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");

        stage.awaitReady("web");
        assertThat(stage.status("web").lastHandledReconcileAt()).isEqualTo("now");
    }

    private String missing(String name) {
        return stage.awaitCondition(name, "Ready", "False", "DependencyMissing").getMessage();
    }

    private void readThePoolAgain(String token) {
        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, token);
        stage.eventually().until(() -> token.equals(stage.pool().getStatus().lastHandledReconcileAt()));
        stage.forgetCalls();
    }
}
