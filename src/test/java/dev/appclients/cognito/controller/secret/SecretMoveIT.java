package dev.appclients.cognito.controller.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.Fault;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The name or the preset of a Secret changes. At every version that the API server shows, one complete Secret exists. */
class SecretMoveIT extends OnStage {

    private static final String GENERATED = "generate: [{key: cookie-secret}]";

    @Test
    void aRenamedSecretIsCreatedBeforeTheFormerOneIsDeleted() {
        String secret = published(WEB).get("client-secret");
        try (SecretVersions versions = new SecretVersions(stage)) {
            stage.applyClient("web", WEB + "secret: {name: web-oidc}\n");

            stage.eventually().until(() -> versions.sawDeletion("web"));
            assertThat(versions.completeSecrets(secret)).isNotEmpty().doesNotContain(0);
            assertThat(versions.of("web-oidc")).as("writes of the new Secret").isEqualTo(1);
        }
        assertThat(stage.awaitReady("web").binding().name()).isEqualTo("web-oidc");
        assertThat(stage.data("web-oidc")).containsEntry("client-secret", secret);
        assertThat(stage.calls()).as("the former Secret has the value").isEmpty();
    }

    @Test
    void aRenameThatIsTakenBackDuringThePassLeavesTheSecretAsItWas() throws Exception {
        published(WEB);
        Secret secret = Objects.requireNonNull(stage.secret("web"));
        Fault update = stage.simulator().faults().on("UpdateUserPoolClient").pause();

        try (SecretVersions versions = new SecretVersions(stage)) {
            stage.applyClient("web", WEB + "accessTokenValidity: 30m\nsecret: {name: web-oidc}\n");
            update.awaitHit(Stage.PATIENCE);
            stage.applyClient("web", WEB);
            update.release();

            stage.eventually().until(() -> versions.sawDeletion("web-oidc"));
        }
        stage.awaitReady("web");
        assertThat(stage.secret("web")).isEqualTo(secret);
    }

    @Test
    void aChangedPresetIsOnePatch() {
        String secret = published(WEB).get("client-secret");
        try (SecretVersions versions = new SecretVersions(stage)) {
            stage.applyClient("web", WEB + "secret: {preset: Env}\n");

            stage.eventually()
                    .untilAsserted(() -> assertThat(stage.data("web"))
                            .containsEntry("CLIENT_SECRET", secret)
                            .doesNotContainKeys("client-secret", "client-id"));
            stage.awaitReady("web");
            stage.eventually().until(() -> versions.of("web") >= 2);
            assertThat(versions.completeSecrets(secret)).isNotEmpty().doesNotContain(0);
            assertThat(versions.of("web"))
                    .as("the version that exists, and one write")
                    .isEqualTo(2);
        }
        assertThat(stage.calls()).as("the live Secret has the value").isEmpty();
    }

    @Test
    void aSecretMayChangeItsNameItsPresetAndItsTypeTogether() {
        String secret = published(WEB).get("client-secret");
        try (SecretVersions versions = new SecretVersions(stage)) {
            stage.applyClient("web", WEB + "secret: {name: web-binding, preset: ServiceBinding}\n");

            stage.eventually().until(() -> versions.sawDeletion("web"));
            assertThat(versions.completeSecrets(secret)).isNotEmpty().doesNotContain(0);
        }
        stage.awaitReady("web");
        assertThat(Objects.requireNonNull(stage.secret("web-binding")).getType())
                .isEqualTo("servicebinding.io/oauth2");
        assertThat(stage.data("web-binding"))
                .containsEntry("client-secret", secret)
                .containsEntry("type", "oauth2");
        assertThat(stage.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChangedTypeUnderTheSameNameKeepsTheSecretUntilTheNameChangesToo(boolean operatorIsDown) {
        Map<String, String> before = published(WEB);
        Secret secret = Objects.requireNonNull(stage.secret("web"));

        // A rule of the API server compares names as written. It does not see that both mean one Secret.
        meanwhile(
                operatorIsDown, () -> stage.applyClient("web", WEB + "secret: {name: web, type: example.com/oidc}\n"));

        assertThat(stage.awaitCondition("web", "Ready", "False", "SecretImmutable")
                        .getMessage())
                .isEqualTo(
                        "Secret 'web' has the type Opaque, and Kubernetes does not allow a change to example.com/oidc. "
                                + "Change spec.secret.name too, or change the type back. "
                                + "The operator keeps the Secret as it is. The operator retries within five minutes.");
        assertThat(stage.condition("web", "Stalled")).isPresent();
        String version = stage.client("web").getMetadata().getResourceVersion();
        stage.wake("web");
        stage.wake("web");
        assertThat(stage.client("web").getMetadata().getResourceVersion())
                .as("a retry writes nothing")
                .isEqualTo(version);
        assertThat(stage.secret("web")).isEqualTo(secret);
        assertThat(stage.status("web").binding().name()).isEqualTo("web");

        meanwhile(
                operatorIsDown,
                () -> stage.applyClient("web", WEB + "secret: {name: web-oidc, type: example.com/oidc}\n"));

        stage.eventually().until(() -> stage.secret("web") == null);
        stage.awaitReady("web");
        assertThat(stage.data("web-oidc")).isEqualTo(before);
        assertThat(Objects.requireNonNull(stage.secret("web-oidc")).getType()).isEqualTo("example.com/oidc");
        assertThat(stage.calls()).as("the former Secret has the value").doesNotContain("DescribeUserPoolClient");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTypeThatIsChangedBackLeavesTheSecretAsItWas(boolean operatorIsDown) {
        published(WEB + "secret: {name: web}\n");
        Secret secret = Objects.requireNonNull(stage.secret("web"));
        stage.applyClient("web", WEB + "secret: {preset: ServiceBinding}\n");
        stage.awaitCondition("web", "Ready", "False", "SecretImmutable");

        meanwhile(operatorIsDown, () -> stage.applyClient("web", WEB + "secret: {name: web}\n"));

        stage.awaitReady("web");
        assertThat(stage.condition("web", "Stalled")).isEmpty();
        assertThat(stage.secret("web")).isEqualTo(secret);
    }

    @Test
    void aRenamedSecretTakesItsGeneratedKeysAlong() {
        String cookie = published(WEB + "secret: {" + GENERATED + "}\n").get("cookie-secret");

        stage.applyClient("web", WEB + "secret: {name: web-oidc, " + GENERATED + "}\n");

        stage.eventually().until(() -> stage.secret("web") == null);
        assertThat(stage.data("web-oidc")).containsEntry("cookie-secret", cookie);
    }

    @Test
    void aMoveThatWasInterruptedWhileTheOperatorWasDownKeepsTheGeneratedKeys() {
        String cookie = published(WEB + "secret: {" + GENERATED + "}\n").get("cookie-secret");
        stage.stopOperator();

        stage.applyClient("web", WEB + "secret: {name: web-oidc, preset: SnakeCase, " + GENERATED + "}\n");
        stage.startOperator();

        stage.eventually().until(() -> stage.secret("web") == null);
        assertThat(stage.data("web-oidc"))
                .containsEntry("cookie-secret", cookie)
                .containsKeys("client_id", "client_secret");
    }

    @Test
    void aTamperedFormerSecretIsNoSource() {
        String secret = published(WEB).get("client-secret");
        stage.stopOperator();
        stage.editSecret("web", live -> live.getData().put("client-secret", "Zm9yZ2Vk"));

        stage.applyClient("web", WEB + "secret: {name: web-oidc}\n");
        stage.startOperator();

        stage.eventually()
                .untilAsserted(() -> assertThat(stage.data("web-oidc")).containsEntry("client-secret", secret));
        assertThat(stage.calls()).contains("DescribeUserPoolClient");
    }

    @Test
    void entriesOfOthersStayWithAPatchAndStayBehindWithARename() {
        published(WEB);
        stage.editSecret("web", live -> {
            live.getData().put("extra", "eA==");
            live.getMetadata().getLabels().put("team", "shop");
            live.getMetadata().getAnnotations().put("example.com/note", "kept");
        });

        stage.applyClient("web", WEB + "secret: {preset: CamelCase}\n");

        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).containsKey("clientSecret"));
        Secret patched = Objects.requireNonNull(stage.secret("web"));
        assertThat(patched.getData()).containsEntry("extra", "eA==");
        assertThat(patched.getMetadata().getLabels()).containsEntry("team", "shop");
        assertThat(patched.getMetadata().getAnnotations()).containsEntry("example.com/note", "kept");

        stage.applyClient("web", WEB + "secret: {name: web-oidc, preset: CamelCase}\n");

        stage.eventually().until(() -> stage.secret("web") == null);
        assertThat(stage.data("web-oidc")).doesNotContainKey("extra");
    }

    @Test
    void aRetainedFormerSecretStays() {
        String secret = published(WEB + "secret: {onDelete: Retain, " + GENERATED + "}\n")
                .get("client-secret");
        String cookie = stage.data("web").get("cookie-secret");

        stage.applyClient("web", WEB + "secret: {name: web-oidc, " + GENERATED + "}\n");

        stage.eventually()
                .untilAsserted(() -> assertThat(stage.data("web-oidc"))
                        .containsEntry("client-secret", secret)
                        .containsEntry("cookie-secret", cookie));
        stage.awaitReady("web");
        assertThat(stage.secret("web")).isNotNull();
    }

    private Map<String, String> published(String settings) {
        stage.applyClient("web", settings);
        stage.awaitReady("web");
        stage.forgetCalls();
        return stage.data("web");
    }
}
