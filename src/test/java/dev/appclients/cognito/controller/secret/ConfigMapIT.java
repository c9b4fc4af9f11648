package dev.appclients.cognito.controller.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.simulator.Fault;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ConfigMap with the public values of a client. */
class ConfigMapIT extends OnStage {

    private static final String CONFIG_MAP = "configMap: {name: web-public}\n";

    @Test
    void aConfigMapHoldsThePublicValues() {
        Map<String, String> data = published(WEB + CONFIG_MAP);

        Map<String, String> secret = stage.data("web");
        assertThat(secret).containsKey("client-secret").containsAllEntriesOf(data);
        assertThat(data).containsKeys("client-id", "issuer").doesNotContainKey("client-secret");
        ConfigMap live = live("web-public");
        assertThat(live.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getKind()).isEqualTo("UserPoolClient");
            assertThat(owner.getController()).isTrue();
        });
        assertThat(live.getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "cognito-client-operator");
        assertThat(live.getMetadata().getAnnotations()).doesNotContainKey("cognito.appclients.dev/values");
        assertUnchangedPassWritesNothing();
    }

    @Test
    void aConfigMapHasTheNameOfTheClientAndItsOwnFormByDefault() {
        Map<String, String> data = published("""
                appType: Public
                configMap:
                  preset: Env
                  template: {config.js: 'window.id = $(json(clientId));'}
                """, "web");

        assertThat(data)
                .containsKeys("CLIENT_ID", "ISSUER")
                .containsEntry("config.js", "window.id = \"" + data.get("CLIENT_ID") + "\";");
    }

    @Test
    void aChangedFormIsOnePatchThatKeepsTheEntriesOfOthers() {
        published(WEB + CONFIG_MAP);
        edit("web-public", live -> {
            live.getData().put("extra", "x");
            live.getMetadata().getLabels().put("team", "shop");
        });

        stage.applyClient("web", WEB + "configMap: {name: web-public, preset: SnakeCase}\n");

        stage.eventually()
                .untilAsserted(() -> assertThat(data("web-public"))
                        .containsKey("client_id")
                        .doesNotContainKey("client-id")
                        .containsEntry("extra", "x"));
        assertThat(live("web-public").getMetadata().getLabels()).containsEntry("team", "shop");
        assertThat(stage.calls()).isEmpty();
    }

    @Test
    void anEditedOrDeletedConfigMapIsRestored() {
        Map<String, String> data = published(WEB + CONFIG_MAP);

        edit("web-public", live -> live.getData().put("issuer", "https://evil.example.com"));
        stage.eventually().untilAsserted(() -> assertThat(data("web-public")).isEqualTo(data));
        edit("web-public", live -> {
            live.getData().remove("issuer");
            live.setBinaryData(Map.of("issuer", "Zm9yZ2Vk"));
        });
        stage.eventually().untilAsserted(() -> {
            assertThat(data("web-public")).isEqualTo(data);
            assertThat(live("web-public").getBinaryData()).isNullOrEmpty();
        });
        configMap("web-public").delete();
        stage.eventually().untilAsserted(() -> assertThat(data("web-public")).isEqualTo(data));

        stage.awaitEvents("web", "SecretRestored", "SecretRestored", "SecretRestored");
        assertThat(stage.eventsAbout("web").getLast().getMessage()).startsWith("Restored ConfigMap 'web-public': ");
        stage.awaitReady("web");
    }

    @Test
    void aContestedConfigMapDoesNotHoldBackTheSecret() {
        Map<String, String> data = published(WEB + CONFIG_MAP);
        for (int i = 0; i < 3; i++) {
            edit("web-public", live -> live.getData().put("issuer", "forged"));
            stage.eventually()
                    .untilAsserted(() -> assertThat(data("web-public")).isEqualTo(data));
        }
        edit("web-public", live -> live.getData().put("issuer", "forged"));

        assertThat(stage.awaitCondition("web", "Ready", "False", "SecretContested")
                        .getMessage())
                .contains("ConfigMap 'web-public' is contested by");

        Map<String, String> secret = stage.data("web");
        stage.editSecret("web", live -> live.getData().put("issuer", "Zm9yZ2Vk"));
        stage.eventually()
                .untilAsserted(() -> assertThat(stage.data("web")).containsEntry("issuer", data.get("issuer")));
        assertThat(stage.data("web")).containsAllEntriesOf(secret);
    }

    @Test
    void aRenamedConfigMapIsMovedAndARemovedOneIsDeleted() {
        published(WEB + CONFIG_MAP);

        stage.applyClient("web", WEB + "configMap: {name: web-other}\n");
        stage.eventually().until(() -> configMap("web-public").get() == null);
        assertThat(data("web-other")).containsKey("client-id");

        stage.stopOperator();
        stage.applyClient("web", WEB);
        stage.startOperator();
        stage.eventually().until(() -> configMap("web-other").get() == null);
        stage.awaitReady("web");
        assertThat(stage.data("web")).containsKey("client-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "configMap: {name: web-other}\n"})
    void aChangeOfTheNameThatIsTakenBackDuringThePassLeavesTheConfigMapAsItWas(String change) throws Exception {
        published(WEB + CONFIG_MAP);
        ConfigMap before = live("web-public");
        Fault update = stage.simulator().faults().on("UpdateUserPoolClient").pause();

        stage.applyClient("web", WEB + "accessTokenValidity: 30m\n" + change);
        update.awaitHit(Stage.PATIENCE);
        stage.applyClient("web", WEB + CONFIG_MAP);
        update.release();

        stage.awaitReady("web");
        assertThat(live("web-public")).isEqualTo(before);
        stage.eventually().until(() -> configMap("web-other").get() == null);
    }

    @Test
    void aForeignConfigMapIsNeverChanged() {
        stage.admin()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(stage.namespace())
                        .withName("web-public")
                        .endMetadata()
                        .addToData("theirs", "x")
                        .build())
                .create();

        stage.applyClient("web", WEB + CONFIG_MAP);

        assertThat(stage.awaitCondition("web", "SecretSynced", "False", "SecretConflict")
                        .getMessage())
                .contains("ConfigMap 'web-public'", "spec.configMap.name");
        assertThat(data("web-public")).containsOnly(Map.entry("theirs", "x"));
        assertThat(stage.data("web")).as("the Secret is published").containsKey("client-secret");

        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        assertThat(data("web-public")).containsOnly(Map.entry("theirs", "x"));
    }

    @Test
    void aConfigMapGoesWithItsClientEvenIfTheSecretStays() {
        published(WEB + CONFIG_MAP + "secret: {onDelete: Retain}\n");

        stage.delete("web");
        stage.awaitGone("web");

        stage.eventually().until(() -> configMap("web-public").get() == null);
        assertThat(stage.secret("web")).isNotNull();
    }

    private Map<String, String> published(String settings) {
        return published(settings, "web-public");
    }

    private Map<String, String> published(String settings, String name) {
        stage.applyClient("web", settings);
        stage.awaitReady("web");
        stage.forgetCalls();
        return data(name);
    }

    private void assertUnchangedPassWritesNothing() {
        String version = live("web-public").getMetadata().getResourceVersion();
        stage.wake("web");
        stage.restartOperator();
        stage.wake("web");
        assertThat(live("web-public").getMetadata().getResourceVersion()).isEqualTo(version);
        assertThat(stage.calls()).isEmpty();
    }

    private Map<String, String> data(String name) {
        return live(name).getData();
    }

    private ConfigMap live(String name) {
        @Nullable ConfigMap found = configMap(name).get();
        return Objects.requireNonNull(found, name);
    }

    private Resource<ConfigMap> configMap(String name) {
        return stage.admin().configMaps().inNamespace(stage.namespace()).withName(name);
    }

    private void edit(String name, Consumer<ConfigMap> change) {
        Edits.edit(configMap(name), live -> {
            change.accept(live);
            return live;
        });
    }
}
