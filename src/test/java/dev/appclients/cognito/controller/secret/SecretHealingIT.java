package dev.appclients.cognito.controller.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.model.Marks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Another writer changes or deletes the Secret. The operator restores it within seconds, and calls Cognito only if it must. */
class SecretHealingIT extends OnStage {

    private static final String DESCRIBE = "DescribeUserPoolClient";
    private static final String LIST = "ListUserPoolClientSecrets";

    @Test
    void aDeletedSecretIsRestoredAndAWarningReportsIt() {
        Map<String, String> before = published("web", WEB);

        stage.deleteSecret("web");

        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).isEqualTo(before));
        assertThat(stage.calls()).containsExactly(DESCRIBE, LIST);
        stage.awaitEvents("web", "SecretRestored");
        stage.awaitReady("web");
    }

    @Test
    void anEditedValueIsRestoredFromCognito() {
        Map<String, String> before = published("web", WEB);

        stage.editSecret("web", secret -> secret.getData().put("client-secret", "Zm9yZ2Vk"));

        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).isEqualTo(before));
        assertThat(stage.calls()).containsExactly(DESCRIBE, LIST);
    }

    @Test
    void anEditedPublicValueIsRestoredWithoutACall() {
        Map<String, String> before = published("web", WEB);

        stage.editSecret("web", secret -> secret.getData().put("issuer", "Zm9yZ2Vk"));
        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).isEqualTo(before));
        stage.editSecret("web", secret -> secret.getData().remove("token-uri"));
        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).isEqualTo(before));

        assertThat(stage.calls()).isEmpty();
    }

    @Test
    void aKeyThatAnotherWriterAddsStays() {
        Map<String, String> before = published("web", WEB);

        stage.editSecret("web", secret -> secret.getData().put("cookie-secret", "Y29va2ll"));
        stage.wake("web");

        assertThat(stage.data("web")).containsAllEntriesOf(before).containsEntry("cookie-secret", "cookie");
        assertThat(stage.events("web")).isEmpty();
        assertThat(stage.calls()).isEmpty();
    }

    @Test
    void aValueWrittenAsStringDataByAnotherManagerIsRestored() {
        Map<String, String> before = published("web", WEB);

        stage.applySecretAs("another-tool", "web", "stringData: {client-secret: forged}");

        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).isEqualTo(before));
        stage.wake("web");
        assertThat(stage.eventsAbout("web"))
                .singleElement()
                .satisfies(event -> assertThat(event.getMessage()).contains("another-tool", "client-secret"));
    }

    @Test
    void editedMetadataIsRestoredWithoutACall() {
        published("web", WEB);

        stage.editSecret("web", secret -> {
            secret.getMetadata().getAnnotations().put(Marks.CLIENT_ID, "forged");
            secret.getMetadata().getLabels().put(Marks.MANAGED_BY, "another-tool");
            secret.getMetadata().setOwnerReferences(List.of());
        });

        stage.eventually().untilAsserted(() -> {
            var meta = Objects.requireNonNull(stage.secret("web")).getMetadata();
            assertThat(meta.getAnnotations())
                    .containsEntry(Marks.CLIENT_ID, stage.status("web").clientId());
            assertThat(meta.getLabels()).containsEntry(Marks.MANAGED_BY, Marks.FIELD_MANAGER);
            assertThat(meta.getOwnerReferences()).hasSize(1);
        });
        stage.wake("web");
        assertThat(stage.data("web"))
                .containsEntry("client-id", stage.status("web").clientId());
        stage.awaitReady("web");
    }

    @Test
    void aRemovedUidLabelIsRestored() {
        Map<String, String> before = published("web", WEB);

        stage.editSecret("web", secret -> secret.getMetadata().getLabels().remove(Marks.CLIENT_UID));

        stage.eventually()
                .untilAsserted(() -> assertThat(Objects.requireNonNull(stage.secret("web"))
                                .getMetadata()
                                .getLabels())
                        .containsEntry(
                                Marks.CLIENT_UID,
                                stage.client("web").getMetadata().getUid()));
        assertThat(stage.data("web")).isEqualTo(before);
        stage.awaitReady("web");
    }

    @Test
    void changesWhileTheOperatorIsDownAreRestoredAfterItsStart() {
        Map<String, String> deleted = published("deleted", WEB);
        Map<String, String> edited = published("edited", WEB);
        Map<String, String> byString = published("by-string", WEB);
        stage.stopOperator();

        stage.deleteSecret("deleted");
        stage.editSecret("edited", secret -> secret.getData().put("client-secret", "Zm9yZ2Vk"));
        stage.applySecretAs("another-tool", "by-string", "stringData: {client-id: forged}");
        stage.startOperator();

        stage.eventually().untilAsserted(() -> {
            assertThat(stage.data("deleted")).isEqualTo(deleted);
            assertThat(stage.data("edited")).isEqualTo(edited);
            assertThat(stage.data("by-string")).isEqualTo(byString);
        });
        assertThat(stage.calls())
                .as("the pool is read once, because a deleted Secret does not confirm its facts")
                .containsExactlyInAnyOrder(
                        DESCRIBE, LIST, DESCRIBE, LIST, "DescribeUserPool", "DescribeUserPoolDomain");
    }

    @Test
    void theSecretOfAPublicClientIsRestoredWithoutACallWhileItNamesItsClient() {
        Map<String, String> before = published("spa", WEB.replace("Confidential", "Public"));
        assertThat(before).containsKey("client-id").doesNotContainKey("client-secret");

        stage.editSecret("spa", secret -> secret.getData().put("client-id", "Zm9yZ2Vk"));
        stage.eventually().untilAsserted(() -> assertThat(stage.data("spa")).isEqualTo(before));
        assertThat(stage.calls()).isEmpty();

        // Now only the status names the client, which is no proof.
        stage.deleteSecret("spa");
        stage.eventually().untilAsserted(() -> assertThat(stage.data("spa")).isEqualTo(before));
        assertThat(stage.calls()).containsExactly(DESCRIBE);
    }

    @Test
    void afterThreeRestoresTheOperatorReportsTheOtherManagerAndRestoresAgainAfterTheWindow() {
        Map<String, String> before = published("web", WEB);
        for (int i = 0; i < 3; i++) {
            stage.applySecretAs("another-tool", "web", "stringData: {client-secret: forged-" + i + "}");
            stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).isEqualTo(before));
        }
        stage.forgetCalls();

        stage.applySecretAs("another-tool", "web", "stringData: {client-secret: forged}");

        assertThat(stage.awaitCondition("web", "Ready", "False", "SecretContested")
                        .getMessage())
                .contains("another-tool");
        stage.applySecretAs("another-tool", "web", "stringData: {client-secret: forged-again}");
        stage.wake("web");
        stage.wake("web");
        assertThat(stage.data("web")).containsEntry("client-secret", "forged-again");
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.events("web")).containsOnlyOnce("SecretContested");

        clock.advance(Duration.ofMinutes(11));
        stage.wake("web");
        stage.awaitReady("web");
        assertThat(stage.data("web")).isEqualTo(before);
    }

    @Test
    void aSecretThatIsDeletedAgainAndAgainIsContestedWithoutACall() {
        published("web", WEB);
        for (int i = 0; i < 3; i++) {
            stage.deleteSecret("web");
            stage.eventually().until(() -> stage.secret("web") != null);
        }
        stage.eventually().untilAsserted(() -> assertThat(stage.events("web")).hasSize(3));
        stage.forgetCalls();

        stage.deleteSecret("web");

        stage.awaitCondition("web", "Ready", "False", "SecretContested");
        stage.wake("web");
        assertThat(stage.calls()).isEmpty();
    }

    @Test
    void anImmutableSecretIsReportedWhenItMustChangeAndIsCreatedAgainAfterItsDeletion() {
        published("web", WEB);
        stage.editSecret("web", secret -> secret.setImmutable(true));
        stage.wake("web");
        stage.awaitReady("web");

        stage.applyClient("web", WEB.replace("/callback", "/other"));

        assertThat(stage.awaitCondition("web", "Ready", "False", "SecretImmutable")
                        .getMessage())
                .contains("Delete the Secret");
        assertThat(stage.inCognito("web", "CallbackURLs")).contains("/other");
        stage.deleteSecret("web");
        stage.awaitReady("web");
        assertThat(stage.data("web")).containsEntry("redirect-uri", "https://shop.example.com/other");
    }

    @Test
    void anotherSecretNameCreatesTheNewSecretAndDeletesTheOldOne() {
        Map<String, String> before = published("web", WEB);

        stage.applyClient("web", WEB + "secret: {name: web-oidc}\n");

        stage.eventually()
                .untilAsserted(() -> assertThat(stage.data("web-oidc")).isEqualTo(before));
        stage.eventually().until(() -> stage.secret("web") == null);
        assertThat(stage.awaitReady("web").binding().name()).isEqualTo("web-oidc");
        assertThat(stage.events("web")).doesNotContain("SecretRestored");
    }

    @Test
    void onlyARetainedSecretOutlivesItsClient() {
        published("keep", WEB + "secret: {onDelete: Retain}\n");
        published("switched", WEB);
        published("back", WEB + "secret: {onDelete: Retain}\n");

        stage.applyClient("switched", WEB + "secret: {onDelete: Retain}\n");
        stage.applyClient("back", WEB + "secret: {onDelete: Delete}\n");
        stage.eventually().untilAsserted(() -> {
            assertThat(Objects.requireNonNull(stage.secret("switched"))
                            .getMetadata()
                            .getOwnerReferences())
                    .isEmpty();
            assertThat(Objects.requireNonNull(stage.secret("back"))
                            .getMetadata()
                            .getOwnerReferences())
                    .hasSize(1);
        });
        assertThat(stage.calls()).isEmpty();
        List.of("keep", "switched", "back").forEach(name -> {
            stage.awaitReady(name);
            stage.delete(name);
            stage.awaitGone(name);
        });

        stage.eventually().until(() -> stage.secret("back") == null);
        assertThat(stage.secret("keep")).isNotNull();
        assertThat(stage.secret("switched")).isNotNull();
    }

    @Test
    void theSecretIsRestoredAlsoWhileCognitoRefusesTheSettings() {
        Map<String, String> before = published("spa", WEB.replace("Confidential", "Public"));
        stage.applyClient("spa", WEB.replace("Confidential", "Public") + "readAttributes: [custom:none]\n");
        stage.awaitCondition("spa", "Ready", "False", "DependencyMissing");
        stage.forgetCalls();

        stage.deleteSecret("spa");

        stage.eventually().untilAsserted(() -> assertThat(stage.data("spa")).isEqualTo(before));
        stage.wake("spa");
        stage.awaitCondition("spa", "Ready", "False", "DependencyMissing");
        assertThat(stage.calls()).containsExactly(DESCRIBE);
    }

    /** Publishes a client and waits until the operator is idle: later calls belong to the test. */
    private Map<String, String> published(String name, String settings) {
        stage.applyClient(name, settings);
        stage.awaitReady(name);
        stage.wake(name);
        stage.forgetCalls();
        return stage.data(name);
    }
}
