package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T5: a manifest names the Secret of another owner, and the operator overwrites, reshapes or deletes it. */
class T05TakenNamesIT extends OnTenants {

    private static final String NAMED = "appType: Confidential\nsecret: {name: database}";

    @ParameterizedTest
    @ValueSource(strings = {"Opaque", "kubernetes.io/basic-auth", "example.com/credentials"})
    void theSecretOfAnotherOwnerStaysUntilTheEndOfTheClient(String type) {
        Secret before = plant(attacker(), foreign("database").withType(type).build());

        apply(attacker(), client("web", NAMED));

        awaitClient(attacker(), "web", "SecretConflict");
        assertThat(stage.calls()).as("calls before the name is free").isEmpty();
        stage.delete("web");
        stage.awaitGone("web");
        assertThat(secret(attacker(), "database")).isEqualTo(before);
    }

    @Test
    void aRenameOntoTheSecretOfAnotherOwnerChangesNeither() {
        apply(attacker(), client("web", "appType: Confidential"));
        awaitClient(attacker(), "web", "Synced");
        Map<String, String> own = data(attacker(), "web");
        Secret before = plant(attacker(), foreign("database").build());

        apply(attacker(), client("web", NAMED));

        awaitClient(attacker(), "web", "SecretConflict");
        assertThat(secret(attacker(), "database")).isEqualTo(before);
        assertThat(data(attacker(), "web")).isEqualTo(own);
    }

    @Test
    void ofTwoClientsWithOneSecretNameTheSecondGetsNothing() {
        apply(attacker(), client("web", NAMED));
        awaitClient(attacker(), "web", "Synced");
        Map<String, String> own = data(attacker(), "database");

        apply(attacker(), client("api", NAMED));

        stage.eventually()
                .untilAsserted(() -> assertThat(ready(attacker(), "UserPoolClient", "api"))
                        .containsEntry("status", "False")
                        .satisfies(ready -> assertThat(ready.get("reason")).isIn("SecretConflict", "SecretNameTaken")));
        assertThat(data(attacker(), "database")).isEqualTo(own);
        stage.delete("api");
        stage.awaitGone("api");
        assertThat(data(attacker(), "database")).isEqualTo(own);
        assertThat(stage.cognito()).hasSize(1);
    }

    /** The attacker replaces the operator's Secret, so that the operator would write credentials into a Secret with other readers. */
    @Test
    void aSecretThatReplacedTheOperatorsOneIsNotFilled() {
        apply(attacker(), client("web", "appType: Confidential"));
        awaitClient(attacker(), "web", "Synced");
        stage.stopOperator();
        Secret published = secret(attacker(), "web");
        stage.deleteSecret("web");
        Secret replaced = plant(
                attacker(),
                foreign("web")
                        .editMetadata()
                        .withLabels(published.getMetadata().getLabels())
                        .withAnnotations(published.getMetadata().getAnnotations())
                        .endMetadata()
                        .build());

        stage.startOperator();

        awaitClient(attacker(), "web", "SecretConflict");
        assertThat(secret(attacker(), "web")).isEqualTo(replaced);
        assertThat(replaced.getMetadata().getLabels()).containsKey(Marks.CLIENT_UID);
    }

    @Test
    void theConfigMapOfAnotherOwnerIsNotChangedOrDeleted() {
        ConfigMap before = plant(
                attacker(),
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("settings")
                        .endMetadata()
                        .withData(Map.of("log-level", "info"))
                        .build());

        apply(attacker(), client("web", "appType: Confidential\nconfigMap: {name: settings}"));

        stage.eventually()
                .untilAsserted(() -> assertThat(ready(attacker(), "UserPoolClient", "web"))
                        .containsEntry("status", "False")
                        .satisfies(ready ->
                                assertThat(String.valueOf(ready.get("reason"))).endsWith("Conflict")));
        stage.delete("web");
        stage.awaitGone("web");
        assertThat(configMap(attacker(), "settings")).isEqualTo(before);
    }

    /** A claim names the Secret of another owner, of a client or of an older claim. */
    @Test
    void aClaimTakesNoNameThatIsTaken() {
        apply(attacker(), client("web", "appType: Confidential"));
        awaitClient(attacker(), "web", "Synced");
        Map<String, String> own = data(attacker(), "web");
        Secret before = plant(attacker(), foreign("database").build());
        apply(attacker(), claim("first", attacker(), "web", "{name: copy, preset: Env}"));
        awaitClaim(attacker(), "first", "Synced");

        apply(attacker(), claim("foreign", attacker(), "web", "{name: database}"));
        apply(attacker(), claim("client", attacker(), "web", "{name: web, preset: Env}"));
        apply(attacker(), claim("second", attacker(), "web", "{name: copy}"));

        awaitClaim(attacker(), "foreign", "SecretConflict");
        awaitClaim(attacker(), "client", "SecretNameTaken");
        awaitClaim(attacker(), "second", "SecretNameTaken");
        for (String name : new String[] {"foreign", "client", "second"}) {
            stage.admin()
                    .genericKubernetesResources(API, "ClientSecretClaim")
                    .inNamespace(attacker())
                    .withName(name)
                    .delete();
        }
        stage.wake("web");
        assertThat(secret(attacker(), "database")).isEqualTo(before);
        assertThat(data(attacker(), "web")).isEqualTo(own);
        assertThat(data(attacker(), "copy")).containsKey("CLIENT_SECRET").doesNotContainKey("client-secret");
    }

    private static SecretBuilder foreign(String name) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(Map.of("username", "YWRtaW4=", "password", "aHVudGVyMg=="));
    }
}
