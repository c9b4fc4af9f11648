package dev.appclients.cognito.controller.pool;

import static dev.appclients.cognito.controller.Stage.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.simulator.Fault;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks when reconciliations of a pool may begin, that a shutdown waits for them, and how often they call Cognito. */
class PoolPassesIT {

    private Stage stage;
    private RunningOperator operator;
    private String uid;

    @BeforeEach
    void open() {
        stage = Stage.withoutOperator(Stage.SETTINGS);
        operator = stage.startOperator();
        stage.applyPool();
        stage.awaitPool(POOL, "Ready", "True", "Synced");
        uid = stage.pool().getMetadata().getUid();
        stage.forgetCalls();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shutdownWaitsForARunningReconciliation() throws InterruptedException, TimeoutException {
        Fault read = stage.simulator().faults().on("DescribeUserPool").pause();
        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, "now");
        read.awaitHit(Stage.PATIENCE);

        operator.gate().stop();

        assertThat(operator.gate().awaitIdle(Duration.ofMillis(100))).isFalse();
        read.release();
        assertThat(operator.gate().awaitIdle(Stage.PATIENCE)).isTrue();
        assertThat(stage.pool().getStatus().lastHandledReconcileAt()).isEqualTo("now");
    }

    @Test
    void noReconciliationBeginsWithoutLeadership() {
        operator.gate().lose();
        int before = operator.passes().finished(uid);
        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.eventually().until(() -> operator.passes().finished(uid) > before);
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.pool().getStatus().lastHandledReconcileAt()).isNull();

        int reconciled = operator.passes().finished(uid);
        stage.admin().resource(stage.pool()).delete();
        stage.eventually().until(() -> operator.passes().finished(uid) > reconciled);
        assertThat(stage.pool().hasFinalizer(ControllerNames.POOL_FINALIZER)).isTrue();
    }

    /** For a thousand clients run it with {@code -Dclients=1000}. */
    @Test
    void createdAndDeletedClientsDoNotEndTheBackOffOfAPoolWithoutAccess() {
        int count = Integer.getInteger("clients", 60);
        stage.simulator().access().deny("*", "cognito-idp:DescribeUserPool", "*");
        stage.simulator().pool("eu-west-1_Shut");
        stage.applyPool("shut", "userPoolId: eu-west-1_Shut\nnamespaces: {from: All}");
        stage.awaitPool("shut", "Ready", "False", "AccessDenied");
        stage.forgetCalls();
        long begun = System.nanoTime();

        for (int i = 0; i < count; i++) {
            applyShut("web-" + i);
        }
        for (int i = 0; i < count; i++) {
            stage.awaitCondition("web-" + i, "Ready", "False", "PoolNotReady");
        }
        for (int i = 0; i < count; i += 2) {
            stage.delete("web-" + i);
            stage.awaitGone("web-" + i);
        }

        long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        System.out.printf(
                "%d clients came and half of them went in %d s: %d calls%n",
                count, seconds, stage.calls().size());
        // At most one call per delay of the back-off.
        assertThat(stage.calls()).hasSizeLessThan(8 + (int) (seconds / 30));

        stage.forgetCalls();
        stage.annotatePool("shut", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.eventually().until(() -> stage.calls().contains("DescribeUserPool"));
        stage.simulator().access().withoutPolicies();
        stage.applyPool("shut", "userPoolId: eu-west-1_Shut\nnamespaces: {from: Names, names: [elsewhere]}");
        stage.awaitPool("shut", "Ready", "True", "Synced");
    }

    private void applyShut(String name) {
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s}
                spec: {userPoolRef: {name: shut}, appType: Public}
                """.formatted(name));
    }
}
