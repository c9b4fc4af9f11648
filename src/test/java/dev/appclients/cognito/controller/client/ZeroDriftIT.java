package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.drift.Desired;
import dev.appclients.cognito.drift.RandomSpec;
import dev.appclients.cognito.drift.Seeds;
import dev.appclients.cognito.drift.Writings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Different spellings of the same settings, in the manifest and in Cognito, cause no update. */
class ZeroDriftIT extends OnStage {

    private static final Duration INTERVAL = Duration.ofHours(2);
    private static final int UNPROCESSABLE = 422;
    private static final String PLAIN = """
            appType: Confidential
            allowedOAuthFlows: [code]
            allowedOAuthScopes: [openid, email]
            callbackURLs: ["https://a.example/", "https://b.example/"]
            """;

    @Override
    public OperatorSettings settings() {
        return Stage.SETTINGS.withDriftCheckInterval(INTERVAL);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "empty lists | readAttributes: [] | logoutURLs: [] | supportedIdentityProviders: []",
                "defaults | accessTokenValidity: 1h | authSessionValidity: 180s | enableTokenRevocation: true",
                "more defaults | preventUserExistenceErrors: ENABLED | allowedOAuthFlowsUserPoolClient: true | refreshTokenValidity: 720h",
                "defaults of the type | explicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH] | idTokenValidity: 3600s |",
                "a rotation that is off | 'refreshTokenRotation: {feature: DISABLED, retryGracePeriod: 30s}' | |",
                "duplicates | explicitAuthFlows: [ALLOW_REFRESH_TOKEN_AUTH, ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH] | | ",
            })
    void anySpellingOfTheDefaultsCausesNoUpdate(String what, String one, String two, String three) {
        stage.applyClient("web", PLAIN);
        stage.awaitReady("web");
        stage.forgetCalls();

        stage.applyClient("web", PLAIN + String.join("\n", text(one), text(two), text(three)));
        stage.awaitReady("web");
        stage.applyClient("web", PLAIN.replace("[openid, email]", "[email, openid, email]"));
        stage.awaitReady("web");

        assertThat(stage.calls()).isEmpty();
        checkDrift();
        assertThat(stage.calls()).containsExactly("DescribeUserPoolClient");
    }

    @Test
    void aNullMeansAbsentInAManifestAndInAPatch() {
        stage.applyClient("web", PLAIN + "accessTokenValidity: 60m\nreadAttributes: []");
        stage.awaitReady("web");
        stage.forgetCalls();

        stage.applyClient("web", PLAIN + "accessTokenValidity: 60m\nreadAttributes: null");
        stage.awaitReady("web");
        stage.admin()
                .resource(stage.client("web"))
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\": {\"accessTokenValidity\": null, \"readAttributes\": null}}");
        stage.awaitReady("web");

        assertThat(stage.client("web").getSpec().accessTokenValidity()).isNull();
        assertThat(stage.calls()).isEmpty();
    }

    /** The first spelling is applied. Another spelling of the same settings causes no call. */
    @Test
    void anyManifestIsAppliedOnceInAnySpelling() {
        stage.simulator()
                .pool(Stage.POOL_ID)
                .identityProvider("Google", "Google")
                .identityProvider("Firma Ä", "SAML")
                .attribute("custom:tenant", true, false);
        Seeds.cases(25).forEach(seed -> {
            Map<String, Object> spec = RandomSpec.of(seed);
            if (Desired.isDisputed(Desired.of(spec))) {
                return;
            }
            String name = "web-" + seed;
            stage.applyClient(name, Serialization.asYaml(spec).replaceFirst("^---\n", ""));
            stage.awaitReady(name);
            stage.forgetCalls();

            Map<String, Object> other = Writings.another(spec, Seeds.random(seed));
            stage.applyClient(name, Serialization.asYaml(other).replaceFirst("^---\n", ""));
            stage.awaitReady(name);

            assertThat(stage.calls())
                    .as(Seeds.replay(seed, spec + " and " + other))
                    .isEmpty();
        });
    }

    /** The property tests use only specs that a user can apply. */
    @Test
    void theApiServerAcceptsEveryGeneratedManifest() {
        AtomicInteger takenCount = new AtomicInteger();
        Seeds.cases(100).forEach(seed -> {
            Map<String, Object> spec = RandomSpec.of(seed);
            try {
                HasMetadata object = Serialization.unmarshal("""
                        apiVersion: cognito.appclients.dev/v1beta1
                        kind: UserPoolClient
                        metadata: {name: web, namespace: %s}
                        spec:
                          userPoolRef: {name: customers}
                        """.formatted(stage.namespace())
                        + Serialization.asYaml(spec).replaceFirst("^---\n", "").indent(2));
                stage.admin().resource(object).dryRun().fieldManager("user").serverSideApply();
                takenCount.incrementAndGet();
            } catch (KubernetesClientException refused) {
                assertThat(refused.getCode()).isIn(UNPROCESSABLE, HttpURLConnection.HTTP_BAD_REQUEST);
                assertThat(Desired.isDisputed(Desired.of(spec)))
                        .as("%s, for %s", refused.getMessage(), Seeds.replay(seed, spec))
                        .isTrue();
            }
        });
        assertThat(takenCount.get()).isGreaterThanOrEqualTo(Long.getLong("property.seed") == null ? 60 : 0);
    }

    /** A client created by other means can have settings that Cognito does not show: one update, then none. */
    @Test
    void aSettingThatCognitoDoesNotShowCausesOneUpdateAndThenNone() {
        stage.applyClient("web", PLAIN);
        stage.awaitReady("web");
        stage.setInCognito("web", "PreventUserExistenceErrors", null);
        stage.forgetCalls();

        checkDrift();
        checkDrift();
        checkDrift();

        stage.awaitReady("web");
        assertThat(stage.calls())
                .containsExactly(
                        "DescribeUserPoolClient",
                        "UpdateUserPoolClient",
                        "DescribeUserPoolClient",
                        "DescribeUserPoolClient");
        assertThat(stage.events("web")).containsExactly("DriftCorrected");
    }

    private void checkDrift() {
        clock.advance(INTERVAL);
        stage.wake("web");
    }

    private static String text(String line) {
        return line == null ? "" : line;
    }
}
