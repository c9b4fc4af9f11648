package dev.appclients.cognito.controller.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

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
