package dev.appclients.cognito.controller.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.drift.Respelling;
import dev.appclients.cognito.drift.Seeds;
import dev.appclients.cognito.drift.Writings;
import dev.appclients.cognito.simulator.Switch;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With either value of each disputed fact about Cognito, a client becomes Ready and stays unchanged. */
class DisputedFactsIT extends OnStage {

    private static final Duration INTERVAL = Duration.ofHours(2);

    private static final String RICH = """
            appType: Confidential
            accessTokenValidity: 30m
            refreshTokenValidity: 10d
            authSessionValidity: 5m
            enableTokenRevocation: false
            preventUserExistenceErrors: LEGACY
            explicitAuthFlows: [ALLOW_USER_SRP_AUTH]
            refreshTokenRotation: {feature: ENABLED, retryGracePeriod: 10s}
            allowedOAuthFlows: [code]
            allowedOAuthScopes: [openid, email, orders/read]
            callbackURLs: ["https://shop.example.com/a", "http://localhost:8080/"]
            defaultRedirectURI: https://shop.example.com/a
            readAttributes: [email, name]
            writeAttributes: [email]
            """;

    @Override
    public OperatorSettings settings() {
        return Stage.SETTINGS.withDriftCheckInterval(INTERVAL);
    }

    @Test
    void withEitherValueOfEveryDisputedFactAClientIsCreatedReducedKeptAndCorrected() {
        stage.simulator().access().key("AKIDOPERATOR", "123456789012", "operator");
        stage.simulator().switches().lag(Duration.ofMillis(1));
        runLifecycle("as-initially");
        for (Switch fact : Switch.values()) {
            stage.simulator().switches().set(fact, !fact.initially());
            runLifecycle(fact.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            stage.simulator().switches().set(fact, fact.initially());
        }
    }

    private void runLifecycle(String name) {
        stage.applyClient(name, RICH);
        stage.awaitReady(name);
        stage.wake(name);
        stage.forgetCalls();
        assertNoUpdateInAnySpelling(name);

        stage.applyClient(name);
        stage.awaitReady(name);
        stage.wake(name);
        stage.forgetCalls();
        assertNoUpdateInAnySpelling(name);

        stage.changeInCognito(name, Map.of("AuthSessionValidity", 9));
        clock.advance(INTERVAL);
        stage.wake(name);
        stage.eventually()
                .untilAsserted(() -> assertThat(stage.inCognito(name, "AuthSessionValidity"))
                        .as("corrected with the other value of %s", name)
                        .isEqualTo("3"));
        stage.awaitReady(name);
        stage.delete(name);
        stage.awaitGone(name);
    }

    @SuppressWarnings("unchecked") // the spec of a manifest is an object
    private void assertNoUpdateInAnySpelling(String name) {
        Map<String, Object> spec =
                Serialization.unmarshal(Serialization.asJson(stage.client(name).getSpec()), Map.class);
        spec.remove("userPoolRef");
        Map<String, Object> other = Writings.another(spec, Seeds.random(name.hashCode()));
        stage.applyClient(name, Serialization.asYaml(other).replaceFirst("^---\n", ""));
        stage.awaitReady(name);

        Map<String, Object> respelled = Respelling.of(
                stage.cognito().stream()
                        .filter(client ->
                                client.clientId().equals(stage.status(name).clientId()))
                        .findFirst()
                        .orElseThrow(),
                Seeds.random(name.hashCode()));
        stage.changeInCognito(name, respelled);
        clock.advance(INTERVAL);
        stage.wake(name);
        stage.awaitReady(name);

        assertThat(stage.calls())
                .as("calls with the other value of %s, written as %s and shown as %s", name, other, respelled)
                .contains("DescribeUserPoolClient")
                .doesNotContain("UpdateUserPoolClient");
    }
}
