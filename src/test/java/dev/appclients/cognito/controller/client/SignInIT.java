package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL;
import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether users can sign in through a client, and the conditions if they cannot. */
class SignInIT extends OnStage {

    private static final String SHOP = "https://shop.example.com/callback";
    private static final String ADMIN = "https://admin.example.com/callback";
    private static final String PREVIEW = "https://a-preview-17.example.com/cb";

    @Test
    void aClientForUsersHasTheProviderCognitoUnlessTheManifestNamesAnother() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");

        assertThat(stage.inCognito("web", "SupportedIdentityProviders")).isEqualTo("[\"COGNITO\"]");
        assertThat(stage.status("web").loginURL()).contains("/login?response_type=code");
    }

    @Test
    void anOtherClientWithoutAProviderHasAWarningAndALoginPageConditionWithTheReason() {
        stage.applyClient("web", WEB.replace("Confidential", "Other"));

        stage.awaitReady("web");
        assertThat(message("web", "Ready")).contains(". Warning: supportedIdentityProviders is empty");
        assertThat(stage.awaitCondition("web", "LoginPage", "False", "NoProvider")
                        .getMessage())
                .contains("supportedIdentityProviders");
        stage.awaitEvents("web", "Doubtful");

        stage.applyClient("web", WEB.replace("Confidential", "Other") + "supportedIdentityProviders: [COGNITO]\n");
        stage.awaitCondition("web", "LoginPage", "Unknown", "StyleNotChecked");
        assertThat(message("web", "Ready")).doesNotContain("Warning");
    }

    @Test
    void managedLoginNeedsAStyleThatTheOperatorDoesNotCheckAndClassicNeedsNone() {
        stage.applyClient("web", WEB);
        String id = stage.awaitReady("web").clientId();

        assertThat(stage.awaitCondition("web", "LoginPage", "Unknown", "StyleNotChecked")
                        .getMessage())
                .contains(
                        "version 2",
                        "has not checked",
                        "aws cognito-idp create-managed-login-branding --user-pool-id " + POOL_ID + " --client-id " + id
                                + " --use-cognito-provided-values");

        stage.simulator().pool(POOL_ID).prefixDomain("shop", 1);
        readThePoolAgain("1");
        stage.awaitCondition("web", "LoginPage", "True", "Available");
    }

    @Test
    void withoutThePermissionToReadTheDomainTheLoginVersionIsUnknown() {
        stage.simulator().access().deny("*", "cognito-idp:DescribeUserPoolDomain", "*");
        readThePoolAgain("1");
        stage.applyClient("web", WEB);

        assertThat(stage.awaitCondition("web", "LoginPage", "Unknown", "LoginVersionUnknown")
                        .getMessage())
                .contains("cognito-idp:DescribeUserPoolDomain");
    }

    @Test
    void aPauseKeepsTheLoginPageConditionAndAClientWithoutLoginLosesIt() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        Condition before = stage.condition("web", "LoginPage").orElseThrow();

        stage.annotate("web", Annotations.PAUSED, "true");
        stage.awaitCondition("web", "Ready", "False", "Paused");
        assertThat(stage.condition("web", "LoginPage")).hasValue(before);
        stage.annotate("web", Annotations.PAUSED, "false");
        stage.awaitReady("web");
        stage.applyClient("web", "appType: Confidential");

        stage.awaitReady("web");
        assertThat(stage.condition("web", "LoginPage")).isEmpty();
    }

    @Test
    void theRedirectUriIsTheFirstHttpsUrlOfTheManifestAndStaysIfAnotherIsAppended() {
        stage.applyClient("web", callbacks("http://localhost:3000/", SHOP, ADMIN));
        stage.awaitReady("web");
        assertThat(stage.data("web")).containsEntry("redirect-uri", SHOP);
        String loginURL = stage.status("web").loginURL();
        assertThat(loginURL).contains("redirect_uri=https%3A%2F%2Fshop.example.com%2Fcallback");

        stage.applyClient("web", callbacks("http://localhost:3000/", SHOP, ADMIN, PREVIEW));
        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "CallbackURLs")).contains(PREVIEW);
        assertThat(stage.data("web")).containsEntry("redirect-uri", SHOP);
        assertThat(stage.status("web").loginURL()).isEqualTo(loginURL);

        stage.restartOperator();
        stage.wake("web");
        assertThat(stage.data("web")).containsEntry("redirect-uri", SHOP);
    }

    @Test
    void reorderingTheUrlsChangesTheRedirectUriAndCausesNoUpdate() {
        stage.applyClient("web", callbacks(SHOP, ADMIN));
        stage.awaitReady("web");
        stage.forgetCalls();

        stage.applyClient("web", callbacks(ADMIN, SHOP));
        stage.awaitReady("web");

        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).containsEntry("redirect-uri", ADMIN));
        assertThat(stage.calls()).doesNotContain("UpdateUserPoolClient");
    }

    @Test
    void anObservedClientHasARedirectUriOnlyIfItIsUnambiguous() {
        stage.applyClient("web", callbacks(SHOP, ADMIN));
        stage.awaitReady("web");
        stage.applyClient("web", callbacks(SHOP, ADMIN) + "mode: Observe\n");
        stage.awaitCondition("web", "Drifted", "False", "NoDrift");

        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).doesNotContainKey("redirect-uri"));
        assertThat(stage.status("web").loginURL()).isNull();

        stage.setInCognito("web", "DefaultRedirectURI", ADMIN);
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).containsEntry("redirect-uri", ADMIN));
    }

    @Test
    void aMachineToMachineClientHasNoRedirectUriWhateverItsCallbackUrls() {
        stage.applyClient("reports", """
                appType: MachineToMachine
                allowedOAuthScopes: [orders/read]
                callbackURLs: ["https://localhost:3000/callback"]
                """);
        stage.awaitReady("reports");

        assertThat(stage.data("reports")).containsKey("token-uri").doesNotContainKey("redirect-uri");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://api.example.com", "https://api.example.com/", "urn:acme:orders", "gcn.example.org"})
    void aScopeOfAServerWhoseIdentifierIsAUrlIsFound(String identifier) {
        String manifest = "appType: MachineToMachine\nallowedOAuthScopes: [\"" + identifier + "/read\"]";
        stage.applyClient("reports", manifest);
        assertThat(stage.awaitCondition("reports", "Ready", "False", "DependencyMissing")
                        .getMessage())
                .contains("allowedOAuthScopes has " + identifier + "/read, which no resource server");

        stage.simulator().pool(POOL_ID).resourceServer(identifier, "read");
        clock.advance(Duration.ofSeconds(1));
        stage.annotate("reports", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.awaitReady("reports");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my_app://callback", "1app:back"})
    void aCustomSchemeIsPublishedUnchanged(String url) {
        stage.applyClient("web", callbacks(url));

        stage.awaitReady("web");
        assertThat(stage.data("web")).containsEntry("redirect-uri", url);
    }

    private static String callbacks(String... urls) {
        return WEB.replace("\"" + SHOP + "\"", "\"" + String.join("\", \"", List.of(urls)) + "\"");
    }

    private String message(String name, String condition) {
        return stage.condition(name, condition).orElseThrow().getMessage();
    }

    private void readThePoolAgain(String token) {
        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, token);
        stage.eventually().until(() -> token.equals(stage.pool().getStatus().lastHandledReconcileAt()));
    }
}
