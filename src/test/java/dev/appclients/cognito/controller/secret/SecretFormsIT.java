package dev.appclients.cognito.controller.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.controller.OnStage;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each form of a Secret, from the applied manifest to the Secret in the cluster. */
class SecretFormsIT extends OnStage {

    /** The names that {@code envFrom} accepts without dropping one. */
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Z_][A-Z0-9_]*");

    @ParameterizedTest
    @CsvSource({
        "Standard, Opaque, client-id, client-secret, token-uri",
        "CamelCase, Opaque, clientId, clientSecret, tokenUri",
        "SnakeCase, Opaque, client_id, client_secret, token_uri",
        "Env, Opaque, CLIENT_ID, CLIENT_SECRET, TOKEN_URI",
        "ServiceBinding, servicebinding.io/oauth2, client-id, client-secret, token-uri"
    })
    void aPresetSpellsTheKeys(String preset, String type, String id, String secret, String tokenUri) {
        Map<String, String> data = published(WEB + "secret: {preset: " + preset + "}\n");

        assertThat(data)
                .containsEntry(id, Objects.requireNonNull(stage.status("web").clientId()))
                .containsKeys(secret, tokenUri)
                .allSatisfy((key, value) -> assertThat(value).as(key).isNotEmpty());
        assertThat(live("web").getType()).isEqualTo(type);
        assertThat(stage.status("web").binding().name()).isEqualTo("web");
        assertThat(stage.status("web").secret().keys())
                .containsExactlyElementsOf(data.keySet().stream().sorted().toList());
        assertThat(stage.status("web").secret().source()).isEqualTo("Original");
        assertUnchangedPassWritesNothing();
    }

    @Test
    void everyKeyOfThePresetEnvIsANameOfAnEnvironmentVariable() {
        assertThat(published(WEB + "secret: {preset: Env}\n").keySet())
                .hasSizeGreaterThan(5)
                .allSatisfy(key -> assertThat(key).matches(ENVIRONMENT_NAME));
    }

    @Test
    void aPublicClientHasASecretWithoutCredentials() {
        Map<String, String> data = published(WEB.replace("Confidential", "Public") + "secret: {preset: Env}\n");

        assertThat(data).containsKeys("CLIENT_ID", "ISSUER").doesNotContainKey("CLIENT_SECRET");
        assertThat(stage.status("web").binding().name()).isEqualTo("web");
        assertThat(stage.status("web").secret().source()).isNull();
        assertUnchangedPassWritesNothing();
    }

    @Test
    void aTemplateAddsKeysToThePreset() {
        Map<String, String> data = published(WEB + """
                secret:
                  template:
                    config.json: '{"id": $(json(clientId)), "secret": $(json(clientSecret))}'
                    basic: 'Basic $(base64(clientId)) $$(clientId)'
                    issuer: '$(issuer)/of/$(namespace)/$(name)'
                """);

        assertThat(data)
                .containsEntry(
                        "config.json",
                        "{\"id\": \"" + data.get("client-id") + "\", \"secret\": \"" + data.get("client-secret")
                                + "\"}")
                .containsEntry("basic", "Basic " + base64(data.get("client-id")) + " $(clientId)")
                .hasEntrySatisfying(
                        "issuer", issuer -> assertThat(issuer).endsWith("/of/" + stage.namespace() + "/web"));
        assertThat(stage.status("web").secret().keys()).contains("basic", "config.json");
        assertUnchangedPassWritesNothing();
    }

    @Test
    void aTemplateAloneMakesASecret() {
        Map<String, String> data = published(WEB + """
                secret:
                  preset: None
                  template: {GF_ID: $(clientId), GF_SECRET: $(clientSecret), GF_ISSUER: $(issuer)}
                """);

        assertThat(data).containsOnlyKeys("GF_ID", "GF_SECRET", "GF_ISSUER");

        stage.editSecret("web", secret -> secret.getData().put("GF_ISSUER", "Zm9yZ2Vk"));
        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).isEqualTo(data));
        assertThat(stage.calls()).as("the live Secret has the value").isEmpty();
    }

    @Test
    void aKeyThatLeavesTheTemplateIsRemoved() {
        published(WEB + "secret: {template: {one: '1', two: '2'}}\n");

        stage.applyClient("web", WEB + "secret: {template: {two: '2'}}\n");

        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).doesNotContainKey("one"));
        assertThat(stage.data("web")).containsEntry("two", "2");
    }

    @Test
    void aGeneratedKeyIsMadeOnceAndAValueOfAPersonStays() {
        String generate = "secret: {generate: [{key: cookie-secret, bytes: 24, encoding: Hex}]";
        String cookie = published(WEB + generate + "}\n").get("cookie-secret");
        assertThat(cookie).matches("[0-9a-f]{48}");
        assertUnchangedPassWritesNothing();

        stage.applyClient("web", WEB + generate + ", preset: Env}\n");
        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).containsKey("CLIENT_ID"));
        assertThat(stage.data("web")).containsEntry("cookie-secret", cookie);

        stage.editSecret("web", secret -> secret.getData().put("CLIENT_SECRET", "Zm9yZ2Vk"));
        stage.eventually()
                .untilAsserted(
                        () -> assertThat(stage.data("web").get("CLIENT_SECRET")).isNotEqualTo("forged"));
        assertThat(stage.data("web")).containsEntry("cookie-secret", cookie);

        stage.editSecret("web", secret -> secret.getData().put("cookie-secret", base64("by hand")));
        stage.wake("web");
        stage.applyClient("web", WEB + generate + ", preset: CamelCase}\n");
        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).containsKey("clientId"));
        assertThat(stage.data("web")).containsEntry("cookie-secret", "by hand");
    }

    @Test
    void aGeneratedKeyThatIsRemovedIsMadeAgain() {
        String cookie =
                published(WEB + "secret: {generate: [{key: cookie-secret}]}\n").get("cookie-secret");

        stage.editSecret("web", secret -> secret.getData().remove("cookie-secret"));

        stage.eventually()
                .untilAsserted(() -> assertThat(stage.data("web").get("cookie-secret"))
                        .isNotNull()
                        .isNotEqualTo(cookie));
    }

    @Test
    void labelsAndAnnotationsOfTheManifestAreWrittenAndRemoved() {
        published(WEB + """
                secret:
                  metadata:
                    labels: {app.kubernetes.io/part-of: argocd}
                    annotations: {reloader.stakater.com/match: "true"}
                """);
        assertThat(live("web").getMetadata().getLabels()).containsEntry("app.kubernetes.io/part-of", "argocd");
        assertThat(live("web").getMetadata().getAnnotations()).containsEntry("reloader.stakater.com/match", "true");

        stage.applyClient("web", WEB + "secret: {metadata: {annotations: {reloader.stakater.com/match: 'true'}}}\n");

        stage.eventually()
                .untilAsserted(() -> assertThat(live("web").getMetadata().getLabels())
                        .doesNotContainKey("app.kubernetes.io/part-of"));
        assertThat(live("web").getMetadata().getAnnotations()).containsEntry("reloader.stakater.com/match", "true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{template: {a: '$(clientIdd)'}}                       | spec.secret.template[a]",
                "{template: {a: '$(json(json(clientId)))'}}            | spec.secret.template[a]",
                "{preset: None, template: {a: 'x$(clientSecret)'}}     | exactly $(clientSecret)",
                "{template: {client-secret: forged}}                   | spec.secret.template[client-secret]",
                "{generate: [{key: issuer}]}                           | spec.secret.generate[issuer]",
                "{metadata: {labels: {owner: shop}}}                   | spec.secret.metadata.labels[owner]",
                "{type: kubernetes.io/service-account-token}           | spec.secret.type"
            })
    void anInvalidFormIsRefusedBeforeAnythingIsWrittenOrCreated(String secret, String fault) {
        try {
            stage.applyClient("web", WEB + "secret: " + secret + "\n");
        } catch (KubernetesClientException refusedAtApply) {
            assertThat(refusedAtApply.getCode()).isEqualTo(422);
            assertThat(stage.cognito()).isEmpty();
            return;
        }
        assertThat(stage.awaitCondition("web", "Ready", "False", "InvalidSecret")
                        .getMessage())
                .contains(fault, "The operator retries hourly.");
        stage.awaitCondition("web", "Stalled", "True", "InvalidSecret");
        assertThat(stage.cognito()).isEmpty();
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.secret("web")).isNull();

        stage.applyClient("web", WEB);
        stage.awaitReady("web");
    }

    @Test
    void aSecretThatBecomesInvalidStaysAsItIs() {
        Map<String, String> data = published(WEB + "secret: {template: {a: '$(clientId)'}}\n");
        try {
            stage.applyClient("web", WEB + "secret: {template: {a: '$(nothing)'}}\n");
        } catch (KubernetesClientException refusedAtApply) {
            assertThatThrownBy(() -> {
                        throw refusedAtApply;
                    })
                    .hasMessageContaining("template");
            return;
        }
        stage.awaitCondition("web", "SecretSynced", "False", "InvalidSecret");
        assertThat(stage.data("web")).isEqualTo(data);
        assertThat(stage.calls()).isEmpty();
    }

    @Test
    void everyPresetIsTested() {
        assertThat(List.of(SecretPreset.values()))
                .as(
                        "a new preset needs a line in aPresetSpellsTheKeys; None and the unknown one have tests of their own")
                .hasSize(7);
        assertThat(SecretSpec.class.getRecordComponents()).hasSize(7);
    }

    private Map<String, String> published(String settings) {
        stage.applyClient("web", settings);
        stage.awaitReady("web");
        stage.forgetCalls();
        return stage.data("web");
    }

    private void assertUnchangedPassWritesNothing() {
        String version = live("web").getMetadata().getResourceVersion();
        String object = stage.client("web").getMetadata().getResourceVersion();
        stage.wake("web");
        stage.restartOperator();
        stage.wake("web");
        assertThat(live("web").getMetadata().getResourceVersion()).isEqualTo(version);
        assertThat(stage.client("web").getMetadata().getResourceVersion()).isEqualTo(object);
        assertThat(stage.calls()).isEmpty();
    }

    private Secret live(String name) {
        return Objects.requireNonNull(stage.secret(name));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
