package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnAdoptionStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.LiveSecret;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client has two secrets. Cognito describes the original, which may not be the one in use. */
class TwoSecretsIT extends OnAdoptionStage {

    private static final String DESCRIBE = "DescribeUserPoolClient";
    private static final String LIST = "ListUserPoolClientSecrets";
    private static final String FORGED = "Zm9yZ2Vk";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEditedSecretIsNotRestoredBeforeThePersonDeletesOneOfTheSecrets(boolean operatorIsDown) {
        AppClient client = published();
        LiveSecret second = stage.simulator().addSecret(Stage.POOL_ID, client.clientId(), null);
        String original = client.secrets().getFirst().value();

        meanwhile(
                operatorIsDown,
                () -> stage.editSecret("web", secret -> secret.getData().put("client-secret", FORGED)));

        assertThat(stage.awaitCondition("web", "Stalled", "True", "ForeignSecret")
                        .getMessage())
                .contains(
                        client.secrets().getFirst().id(),
                        second.id(),
                        "aws cognito-idp delete-user-pool-client-secret --user-pool-id " + Stage.POOL_ID
                                + " --client-id " + client.clientId());
        assertThat(stage.data("web")).containsEntry("client-secret", "forged");
        assertThat(stage.calls()).containsExactly("CreateUserPoolClient", DESCRIBE, LIST);
        stage.forgetCalls();
        stage.wake("web");
        assertThat(stage.calls()).isEmpty();

        stage.simulator().removeSecret(Stage.POOL_ID, client.clientId(), second.id());
        clock.advance(Duration.ofMinutes(5));
        stage.wake("web");

        stage.awaitReady("web");
        assertThat(stage.data("web")).containsEntry("client-secret", original);
        assertThat(stage.calls()).containsExactly(DESCRIBE, LIST);
    }

    @Test
    void aDeletedSecretIsNotReplacedByTheOriginal() {
        AppClient client = published();
        stage.simulator().addSecret(Stage.POOL_ID, client.clientId(), null);

        stage.deleteSecret("web");

        stage.awaitCondition("web", "Stalled", "True", "ForeignSecret");
        assertThat(stage.secret("web")).isNull();
    }

    @Test
    void anAdoptedClientWithTwoSecretsIsNotPublished() {
        AppClient legacy = handMade();
        stage.simulator().addSecret(Stage.POOL_ID, legacy.clientId(), null);
        permit(legacy, "Observe");

        stage.applyClient("web", WEB + "mode: Observe\n" + adopt(legacy));

        stage.awaitCondition("web", "Stalled", "True", "ForeignSecret");
        assertThat(stage.secret("web")).isNull();
        assertThat(stage.calls()).containsExactly(DESCRIBE, LIST);
    }

    @Test
    void aRewriteKeepsThePublishedValueAndCostsNoList() {
        AppClient client = published();
        LiveSecret second = stage.simulator().addSecret(Stage.POOL_ID, client.clientId(), null);
        publishAsOperator(second);
        stage.forgetCalls();

        stage.applyClient("web", WEB.replace("/callback", "/other"));

        stage.eventually()
                .untilAsserted(() -> assertThat(stage.data("web"))
                        .containsEntry("redirect-uri", "https://shop.example.com/other")
                        .containsEntry("client-secret", second.value()));
        stage.awaitReady("web");
        assertThat(stage.calls()).containsExactly(DESCRIBE, "UpdateUserPoolClient");
    }

    @Test
    void theOriginalIsNotPublishedWhereTheSecretNamesAnotherThatIsGone() {
        AppClient client = published();
        LiveSecret second = stage.simulator().addSecret(Stage.POOL_ID, client.clientId(), null);
        publishAsOperator(second);
        stage.stopOperator();
        stage.simulator().removeSecret(Stage.POOL_ID, client.clientId(), second.id());
        patchAsOperator(
                "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(Marks.CLIENT_SECRET_ID, second.id()));
        stage.editSecret("web", secret -> secret.getData().put("client-secret", FORGED));

        stage.startOperator();

        assertThat(stage.awaitCondition("web", "Stalled", "True", "PublishedSecretGone")
                        .getMessage())
                .contains(second.id());
        assertThat(stage.data("web")).containsEntry("client-secret", "forged");

        stage.annotate("web", Annotations.ROTATE_REQUESTED_AT, "now");

        stage.eventually()
                .untilAsserted(() -> assertThat(stage.simulator()
                                .authenticate(
                                        client.clientId(), stage.data("web").get("client-secret")))
                        .isTrue());
        stage.awaitReady("web");
    }

    @Test
    void aNewClientIsPublishedWithoutAList() {
        published();

        assertThat(stage.calls()).isEqualTo(List.of("CreateUserPoolClient"));
    }

    private AppClient published() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        return stage.cognito().getFirst();
    }

    /** Publishes the value as a rotation does. */
    private void publishAsOperator(LiveSecret secret) {
        String encoded = Base64.getEncoder().encodeToString(secret.value().getBytes(StandardCharsets.UTF_8));
        patchAsOperator("{\"data\":{\"client-secret\":\"%s\"}}".formatted(encoded));
        stage.awaitSeen("web");
        stage.wake("web");
        assertThat(stage.data("web")).containsEntry("client-secret", secret.value());
    }

    private void patchAsOperator(String patch) {
        Objects.requireNonNull(stage.admin()
                .secrets()
                .inNamespace(stage.namespace())
                .withName("web")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(Marks.FIELD_MANAGER)
                                .build(),
                        patch));
    }
}
