package dev.appclients.cognito.controller.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.NoSecretsQuota;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A Secret that the operator may not write: found before a create in Cognito, never changed, and reported. */
class ForeignSecretIT extends OnStage {

    @Test
    void aForeignSecretOfThatNameIsFoundBeforeTheCreateAndNeverChangedAndTheClientIsReadyAfterItsDeletion() {
        Secret foreign = create(new SecretBuilder().withData(Map.of("password", "aHVudGVyMg==")));

        stage.applyClient("web");

        assertThat(stage.awaitCondition("web", "Ready", "False", "SecretConflict")
                        .getMessage())
                .contains("'web'", "does not change it", "spec.secret.name", "retries within five minutes");
        assertThat(stage.condition("web", "Stalled")).isPresent();
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.secret("web")).isEqualTo(foreign);

        // It has no label of the operator, so its deletion causes no event: the operator retries with back-off.
        stage.deleteSecret("web");
        stage.eventually().atMost(Duration.ofMinutes(2)).until(() -> stage.secret("web") != null);
        stage.awaitReady("web");
        assertThat(stage.data("web")).containsKey("client-secret");
        stage.awaitEvents("web", "SecretConflict", "Synced");
    }

    @Test
    void forgedMarksDoNotMakeASecretTheOwners() {
        stage.stopOperator();
        stage.applyClient("web");
        String uid = stage.client("web").getMetadata().getUid();
        Secret forged = create(new SecretBuilder()
                .withNewMetadata()
                .withLabels(Map.of(Marks.CLIENT_UID, uid, Marks.MANAGED_BY, Marks.FIELD_MANAGER))
                .withAnnotations(Map.of(Marks.CLIENT, stage.namespace() + "/web", Marks.CLIENT_ID, "forged"))
                .endMetadata()
                .withData(Map.of("client-secret", "Zm9yZ2Vk")));

        stage.startOperator();

        assertThat(stage.awaitCondition("web", "Ready", "False", "SecretConflict")
                        .getMessage())
                .contains("carries the marks", "another-tool");
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.secret("web")).isEqualTo(forged);

        // It has the operator's label, so its deletion causes an event.
        stage.deleteSecret("web");
        stage.awaitReady("web");
    }

    @Test
    void aForeignSecretUnderTheNewNameKeepsTheSecretUnderTheOldName() {
        stage.applyClient("web");
        stage.awaitReady("web");
        Map<String, String> before = stage.data("web");
        stage.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("taken")
                        .withNamespace(stage.namespace())
                        .endMetadata()
                        .build())
                .create();

        stage.applyClient("web", "appType: Confidential\nsecret: {name: taken}");

        stage.awaitCondition("web", "Ready", "False", "SecretConflict");
        assertThat(stage.data("web")).isEqualTo(before);
        assertThat(stage.status("web").secret().name()).isEqualTo("web");
    }

    @Test
    void aForeignSecretInThePlaceOfTheOwnersIsNotChangedAndTheClientReportsIt() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.stopOperator();
        stage.deleteSecret("web");
        Secret foreign = create(new SecretBuilder().withData(Map.of("password", "aHVudGVyMg==")));
        stage.forgetCalls();
        stage.startOperator();

        stage.awaitCondition("web", "Ready", "False", "SecretConflict");
        for (int i = 0; i < 4; i++) {
            stage.wake("web");
        }
        stage.awaitCondition("web", "Ready", "False", "SecretConflict");
        assertThat(stage.secret("web")).isEqualTo(foreign);
        assertThat(stage.calls())
                .as("calls for a Secret that cannot be written")
                .isEmpty();
        assertThat(stage.cognito()).hasSize(1);

        stage.deleteSecret("web");
        stage.wake("web");
        stage.awaitReady("web");
        assertThat(stage.data("web")).containsKey("client-secret");
    }

    @Test
    void theSecretOfAFormerObjectIsNotChangedAndTheMessageNamesItsAppClient() {
        stage.applyClient("web", "appType: Confidential\nsecret: {onDelete: Retain}");
        String formerId = stage.awaitReady("web").clientId();
        Map<String, String> former = stage.data("web");
        stage.applyClient("web", "appType: Confidential\ndeletionPolicy: Retain\nsecret: {onDelete: Retain}");
        stage.awaitReady("web");
        stage.delete("web");
        stage.awaitGone("web");
        stage.forgetCalls();

        stage.applyClient("web");

        assertThat(stage.awaitCondition("web", "Ready", "False", "RestoredObject")
                        .getMessage())
                .contains(Objects.requireNonNull(formerId), "does not change it");
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.data("web")).isEqualTo(former);

        stage.deleteSecret("web");
        assertThat(stage.awaitReady("web").clientId()).isNotEqualTo(formerId);
    }

    @Test
    void aQuotaThatForbidsTheSecretIsReportedBeforeTheCreateAndTheClientIsReadyAfterItsDeletion() {
        NoSecretsQuota quota = NoSecretsQuota.in(stage, stage.namespace());

        stage.applyClient("web");

        assertThat(stage.awaitCondition("web", "Ready", "False", "SecretRefused")
                        .getMessage())
                .contains("exceeded quota", "quota and admission policies");
        assertThat(stage.calls()).isEmpty();
        quota.delete();
        stage.wake("web");
        stage.awaitReady("web");
    }

    private Secret create(SecretBuilder secret) {
        Secret manifest = secret.editOrNewMetadata()
                .withName("web")
                .withNamespace(stage.namespace())
                .endMetadata()
                .build();
        return stage.admin().resource(manifest).fieldManager("another-tool").serverSideApply();
    }
}
