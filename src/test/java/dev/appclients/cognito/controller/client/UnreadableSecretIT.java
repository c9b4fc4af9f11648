package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnAdoptionStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.Fault;
import dev.appclients.cognito.simulator.LiveSecret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The original secret of a client was deleted in Cognito, because a person rotated it. Cognito then tells no value. */
class UnreadableSecretIT extends OnAdoptionStage {

    private static final String DESCRIBE = "DescribeUserPoolClient";
    private static final String LIST = "ListUserPoolClientSecrets";

    @Test
    void aRotatedClientIsAdoptedAndTheOperatorAsksForARotation() {
        AppClient legacy = rotated();
        permit(legacy, "Manage");

        stage.applyClient("web", WEB + adopt(legacy));

        assertThat(stage.awaitCondition("web", "Stalled", "True", "SecretUnreadable")
                        .getMessage())
                .contains(legacy.clientId(), "annotate this object with " + Annotations.ROTATE_REQUESTED_AT)
                .doesNotContain("mode: Manage");
        stage.awaitCondition("web", "SecretSynced", "False", "SecretUnreadable");
        assertThat(stage.condition("web", "ClientSynced").orElseThrow().getStatus())
                .isEqualTo("True");
        assertThat(stage.status("web").clientId()).isEqualTo(legacy.clientId());
        assertThat(stage.secret("web")).isNull();
        assertThat(stage.calls()).containsExactly(DESCRIBE, LIST, "UpdateUserPoolClient");
    }

    @Test
    void anUnreadableSecretCostsOneCallInAnHour() {
        AppClient legacy = rotated();
        permit(legacy, "Observe");
        stage.applyClient("web", WEB + "mode: Observe\n" + adopt(legacy));
        assertThat(stage.awaitCondition("web", "Stalled", "True", "SecretUnreadable")
                        .getMessage())
                .contains("set mode: Manage and annotate");
        assertThat(stage.calls()).containsExactly(DESCRIBE, LIST);
        stage.forgetCalls();

        stage.wake("web");
        stage.wake("web");
        assertThat(stage.calls()).isEmpty();

        clock.advance(Duration.ofHours(1));
        stage.wake("web");
        stage.wake("web");
        assertThat(stage.calls()).containsExactly(DESCRIBE);
        stage.forgetCalls();

        stage.restartOperator();
        stage.wake("web");
        stage.wake("web");
        // The status does not hold the settings of an observed client that differs, so the operator reads them once.
        assertThat(stage.calls()).containsOnlyOnce(DESCRIBE).doesNotContain(LIST);
        stage.forgetCalls();
        stage.awaitCondition("web", "Stalled", "True", "SecretUnreadable");

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.eventually().until(() -> "now".equals(stage.status("web").lastHandledReconcileAt()));
        assertThat(stage.calls()).containsOnlyOnce(DESCRIBE).doesNotContain(LIST);
    }

    @Test
    void theTypeOfAnAdoptedClientIsJudgedByItsListedSecrets() {
        AppClient legacy = rotated();
        permit(legacy, "Manage");
        stage.applyClient("spa", "appType: Public\n" + adopt(legacy));
        assertThat(stage.awaitCondition("spa", "Stalled", "True", "AppTypeMismatch")
                        .getMessage())
                .contains("has one");
        assertThat(stage.calls()).containsExactly(DESCRIBE, LIST);
    }

    @Test
    void aPublicClientIsNotAdoptedAsAConfidentialOne() {
        AppClient open = publicClient();
        permit(open, "Manage");

        stage.applyClient("web", WEB + adopt(open));

        assertThat(stage.awaitCondition("web", "Stalled", "True", "AppTypeMismatch")
                        .getMessage())
                .contains("has none");
        assertThat(stage.calls()).containsExactly(DESCRIBE, LIST);
        stage.wake("web");
        assertThat(stage.calls()).containsExactly(DESCRIBE, LIST);
    }

    @Test
    void aPublicClientIsAdoptedWithoutTheRightToListItsSecrets() {
        AppClient open = publicClient();
        permit(open, "Manage");
        denyList();

        stage.applyClient("spa", "appType: Public\n" + adopt(open));

        stage.awaitReady("spa");
        stage.forgetCalls();
        stage.annotate("spa", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.eventually().until(() -> "now".equals(stage.status("spa").lastHandledReconcileAt()));
        assertThat(stage.calls()).containsExactly(DESCRIBE);
    }

    @Test
    void aMissingRightToListSecretsIsReportedWhereTheAnswerIsNeeded() {
        AppClient legacy = rotated();
        permit(legacy, "Manage");
        Fault denied = denyList();

        stage.applyClient("web", WEB + adopt(legacy));

        assertThat(stage.awaitCondition("web", "Ready", "False", "AccessDenied").getMessage())
                .contains(LIST);
        denied.remove();
        stage.wake("web");
        stage.awaitCondition("web", "Ready", "False", "SecretUnreadable");
    }

    @Test
    void anOwnClientThatWasRotatedByHandStaysInSyncWithoutAFurtherCall() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        rotate(stage.cognito().getFirst());
        Map<String, String> published = stage.data("web");
        stage.forgetCalls();

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.eventually().until(() -> "now".equals(stage.status("web").lastHandledReconcileAt()));
        stage.awaitReady("web");
        assertThat(stage.calls()).containsExactly(DESCRIBE);

        stage.applyClient("web", WEB.replace("/callback", "/other"));
        stage.eventually()
                .untilAsserted(() -> assertThat(stage.data("web"))
                        .containsEntry("redirect-uri", "https://shop.example.com/other")
                        .containsEntry("client-secret", Objects.requireNonNull(published.get("client-secret"))));
        stage.awaitReady("web");
        assertThat(stage.calls()).containsExactly(DESCRIBE, DESCRIBE, "UpdateUserPoolClient");
    }

    @Test
    void aLostValueOfAnOwnClientIsReplacedByANewSecretBesideTheOldOne() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        AppClient client = stage.cognito().getFirst();
        rotate(client);
        String old = secrets().getFirst().id();
        stage.forgetCalls();

        stage.deleteSecret("web");

        stage.eventually()
                .untilAsserted(() -> assertThat(stage.simulator()
                                .authenticate(
                                        client.clientId(), stage.data("web").get("client-secret")))
                        .isTrue());
        stage.awaitReady("web");
        assertThat(stage.calls()).containsOnlyOnce("AddUserPoolClientSecret");
        assertThat(secrets()).hasSize(2).first().extracting(LiveSecret::id).isEqualTo(old);
        assertThat(stage.secret("web").getMetadata().getAnnotations())
                .containsEntry(Marks.CLIENT_SECRET_ID, secrets().getLast().id());
    }

    private List<LiveSecret> secrets() {
        return stage.cognito().getFirst().secrets();
    }

    /** A client whose original secret was replaced by hand. */
    private AppClient rotated() {
        AppClient legacy = handMade();
        rotate(legacy);
        return legacy;
    }

    private void rotate(AppClient client) {
        stage.simulator().addSecret(Stage.POOL_ID, client.clientId(), null);
        stage.simulator()
                .removeSecret(
                        Stage.POOL_ID,
                        client.clientId(),
                        client.secrets().getFirst().id());
    }

    /** A public client that an earlier object created and left behind. */
    private AppClient publicClient() {
        stage.applyClient("former", "appType: Public\ndeletionPolicy: Retain\n");
        stage.awaitReady("former");
        stage.delete("former");
        stage.awaitGone("former");
        return stage.cognito().getFirst();
    }

    private Fault denyList() {
        return stage.simulator()
                .faults()
                .on(LIST)
                .always()
                .failBeforeCommit("AccessDeniedException", 400, "not authorized to perform: cognito-idp:" + LIST);
    }
}
