package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.simulator.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The effect of an edited manifest on the client in Cognito. */
class UpdatesIT extends OnStage {

    private static final String RICH = """
            appType: Confidential
            accessTokenValidity: 30m
            refreshTokenValidity: 10d
            authSessionValidity: 5m
            enableTokenRevocation: false
            preventUserExistenceErrors: LEGACY
            allowedOAuthFlows: [code]
            allowedOAuthScopes: [openid, orders/read]
            callbackURLs: ["https://shop.example.com/a", "https://shop.example.com/b"]
            defaultRedirectURI: https://shop.example.com/b
            logoutURLs: ["https://shop.example.com/"]
            supportedIdentityProviders: [COGNITO]
            readAttributes: [email, name]
            writeAttributes: [email]
            """;

    private static final String TWO_REDIRECTS = """
            appType: Confidential
            allowedOAuthFlows: [code]
            allowedOAuthScopes: [openid]
            callbackURLs: ["https://shop.example.com/callback", "https://shop.example.com/z"]
            defaultRedirectURI: https://shop.example.com/z
            """;

    @Test
    void aSettingRemovedFromTheManifestReturnsToItsDefault() {
        stage.applyClient("web", RICH);
        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "AuthSessionValidity")).isEqualTo("5");

        stage.applyClient("web");
        stage.awaitReady("web");

        assertThat(stage.inCognito("web", "AuthSessionValidity")).isEqualTo("3");
        assertThat(stage.inCognito("web", "EnableTokenRevocation")).isEqualTo("true");
        assertThat(stage.inCognito("web", "PreventUserExistenceErrors")).isEqualTo("\"ENABLED\"");
        assertThat(List.of("CallbackURLs", "LogoutURLs", "AllowedOAuthFlows", "AllowedOAuthScopes", "ReadAttributes"))
                .allSatisfy(list -> assertThat(stage.inCognito("web", list)).isIn(null, "[]"));
        assertThat(stage.inCognito("web", "DefaultRedirectURI")).isNull();
        assertThat(stage.data("web")).doesNotContainKeys("redirect-uri", "scopes");
    }

    @Test
    void anotherSpellingOfTheSameSettingsCausesNoUpdate() {
        stage.applyClient("web", RICH);
        stage.awaitReady("web");
        long generation = stage.client("web").getMetadata().getGeneration();
        stage.forgetCalls();

        stage.applyClient(
                "web",
                RICH.replace("30m", "1800s")
                        .replace("10d", "240h")
                        .replace("[openid, orders/read]", "[orders/read, openid, openid]")
                        .replace("[email, name]", "[name, email, name]"));
        stage.awaitReady("web");

        assertThat(stage.client("web").getMetadata().getGeneration()).isEqualTo(generation + 1);
        assertThat(stage.calls()).isEmpty();
    }

    @Test
    void aSettingThatCognitoIgnoresIsReportedOnceAndNotRetriedAtOnceAndTheSecretHoldsCognitosValue() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        stage.simulator().faults().on("UpdateUserPoolClient").always().ignore("DefaultRedirectURI");
        stage.forgetCalls();

        stage.applyClient("web", TWO_REDIRECTS);

        assertThat(stage.awaitCondition("web", "Ready", "False", "NotApplied").getMessage())
                .contains("defaultRedirectURI (wanted https://shop.example.com/z, got (none))");
        assertThat(stage.condition("web", "Stalled")).isPresent();
        stage.wake("web");
        stage.wake("web");
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient", "UpdateUserPoolClient");
        assertThat(stage.events("web")).containsOnlyOnce("NotApplied");
        assertThat(stage.data("web")).containsEntry("redirect-uri", "https://shop.example.com/callback");
    }

    @Test
    void aSettingThatCognitoIgnoredIsRetriedAfterAnHourAndTheClientBecomesReady() {
        Fault lost = stage.simulator().faults().on("CreateUserPoolClient").ignore("DefaultRedirectURI");
        stage.applyClient("web", TWO_REDIRECTS);
        stage.awaitCondition("web", "Ready", "False", "NotApplied");
        assertThat(lost.hits()).isEqualTo(1);
        assertThat(stage.data("web")).containsKey("client-secret");
        stage.forgetCalls();

        clock.advance(Duration.ofHours(1).plusSeconds(1));
        stage.wake("web");

        stage.awaitReady("web");
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient", "UpdateUserPoolClient");
        assertThat(stage.events("web")).doesNotContain("DriftCorrected");
        assertThat(stage.data("web")).containsEntry("redirect-uri", "https://shop.example.com/z");
    }

    @Test
    void updatesInOnePoolRunOneAtATime() {
        List<String> names = List.of("a", "b", "c", "d", "e", "f");
        names.forEach(stage::applyClient);
        names.forEach(stage::awaitReady);
        stage.forgetCalls();
        Fault slow = stage.simulator()
                .faults()
                .on("UpdateUserPoolClient")
                .always()
                .latency(Duration.ofMillis(20), Duration.ofMillis(20));

        names.forEach(name -> stage.applyClient(name, "appType: Confidential\nauthSessionValidity: 7m"));
        names.forEach(stage::awaitReady);
        slow.remove();

        assertThat(stage.simulator().journal().of("UpdateUserPoolClient"))
                .hasSize(names.size())
                .allSatisfy(call -> assertThat(call.outcome()).isEqualTo("OK"));
    }

    @Test
    void aThrottledUpdateIsRetried() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.simulator().faults().on("UpdateUserPoolClient").throttle();

        stage.applyClient("web", "appType: Confidential\nauthSessionValidity: 7m");

        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "AuthSessionValidity")).isEqualTo("7");
        assertThat(stage.simulator().journal().of("UpdateUserPoolClient")).hasSize(2);
    }

    @Test
    void aChangedClientNameKeepsTheOwnershipSuffix() {
        stage.applyClient("web");
        String id = stage.awaitReady("web").clientId();
        String suffix = stage.cognito().getFirst().name().replaceFirst(".*\\.", ".");

        stage.applyClient("web", "appType: Confidential\nclientName: Web shop");
        stage.awaitReady("web");

        assertThat(stage.cognito()).singleElement().satisfies(client -> {
            assertThat(client.clientId()).isEqualTo(id);
            assertThat(client.name()).isEqualTo("Web shop" + suffix);
        });
    }
}
