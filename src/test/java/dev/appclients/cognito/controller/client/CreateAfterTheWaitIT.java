package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;
import dev.appclients.cognito.simulator.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A create may wait for other calls. The operator then judges the newest version of the object and binds the intent to it. */
class CreateAfterTheWaitIT {

    private static final String ROLE = "arn:aws:iam::222222222222:role/cognito-sales";

    private Stage stage;
    private RunningOperator operator;
    private Fault session;

    /** The create of "web" waits for the credentials of its namespace. */
    @BeforeEach
    void letACreateWait() throws InterruptedException, TimeoutException {
        stage = Stage.withoutOperator(Stage.SETTINGS);
        stage.simulator().pool("eu-west-1_Sales").account("222222222222");
        stage.simulator().access().role(ROLE);
        operator = stage.startOperator();
        stage.applyPool();
        stage.applyPool("sales", """
                userPoolId: eu-west-1_Sales
                aws: {identity: AssumeRole, roleARN: "%s"}
                namespaces: {from: All}
                """.formatted(ROLE));
        stage.awaitPool("sales", "Ready", "True", "Synced");
        stage.forgetCalls();
        session = stage.simulator().faults().on("AssumeRole").pause();
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web}
                spec: {userPoolRef: {name: sales}, appType: Confidential}
                """);
        session.awaitHit(Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void changedLabelsDoNotStopTheCreate() {
        for (int i = 0; i < 3; i++) {
            String value = "v" + i;
            stage.edit("web", client -> {
                client.getMetadata().setLabels(Map.of("touched", value));
                return client;
            });
        }
        awaitSeen();

        session.release();

        stage.awaitReady("web");
        assertThat(stage.calls()).containsOnlyOnce("CreateUserPoolClient");
        assertThat(operator.failures().notWritten(ControllerNames.CLIENTS, NotWritten.CONFLICT))
                .as("intents that conflicted with a newer version")
                .isZero();
    }

    @Test
    void theIntentOfAnotherProcessIsNotOverwritten() {
        stage.forgeStatus("web", status -> status.put("pendingCreate", Map.of("since", "2026-01-02T03:04:05Z")));
        awaitSeen();

        session.release();

        stage.awaitReady("web");
        assertThat(stage.status("web").pendingCreate()).isNull();
        assertThat(stage.calls()).containsOnlyOnce("CreateUserPoolClient");
        assertThat(stage.calls().indexOf("ListUserPoolClients"))
                .as("position of the create, after a list")
                .isBetween(0, stage.calls().indexOf("CreateUserPoolClient"));
    }

    /** Waits until the operator's cache has the change. */
    private void awaitSeen() {
        stage.eventually().until(() -> operator.hasSeen(stage.client("web")));
    }
}
