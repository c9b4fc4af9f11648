package dev.appclients.cognito.controller.pool;

import static dev.appclients.cognito.controller.Stage.POOL;
import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.controller.CapturedLog;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.Fault;
import dev.appclients.cognito.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that errors of AWS about a pool are reported once, lose nothing, and are retried until AWS recovers. */
class PoolTroubleIT extends OnStage {

    private CapturedLog log;

    @BeforeEach
    void listen() {
        log = CapturedLog.begin();
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void aMissingPoolIsReportedOnceAndItsClientsReferToIt() {
        stage.applyPool("nope", "userPoolId: eu-west-1_Nope\nnamespaces: {from: All}");

        assertThat(stage.awaitPool("nope", "Ready", "False", "PoolNotFound").getMessage())
                .contains("eu-west-1_Nope does not exist", "spec.userPoolId");
        stage.awaitPool("nope", "Stalled", "True", "PoolNotFound");
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web}
                spec: {userPoolRef: {name: nope}, appType: Public}
                """);
        stage.awaitCondition("web", "Ready", "False", "PoolNotReady");
        assertLoggedOnce("PoolNotFound");

        stage.simulator().pool("eu-west-1_Nope");
        stage.annotatePool("nope", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.awaitReady("web");
    }

    @Test
    void aMalformedPoolIdIsRefusedAtApply() {
        assertThatThrownBy(() -> stage.applyPool("bad", "userPoolId: not a pool\nnamespaces: {from: All}"))
                .hasMessageContaining("spec.userPoolId");
    }

    @Test
    void deniedAccessNamesTheCallAndThePolicyAndRecovers() {
        stage.simulator().access().deny("*", "cognito-idp:DescribeUserPool", "*");
        stage.simulator().pool("eu-west-1_Shut");
        stage.applyPool("shut", "userPoolId: eu-west-1_Shut\nnamespaces: {from: All}");

        assertThat(stage.awaitPool("shut", "Ready", "False", "AccessDenied").getMessage())
                .contains("cognito-idp:DescribeUserPool", "deploy/iam");
        assertLoggedOnce("AccessDenied");
        stage.simulator().access().withoutPolicies();
        stage.annotatePool("shut", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.awaitPool("shut", "Ready", "True", "Synced");
    }

    @Test
    void expiredCredentialsAreReportedAndRetried() {
        stage.applyClient("ready");
        stage.awaitReady("ready");
        Fault expired = stage.simulator().faults().on("*").always().expireCredentials();

        stage.applyClient("web");

        assertThat(stage.awaitCondition("web", "Ready", "False", "CredentialsRejected")
                        .getMessage())
                .contains("security token");
        assertThat(stage.condition("web", "Reconciling")).isPresent();
        assertLoggedOnce("CredentialsRejected");
        stage.awaitReady("ready");
        expired.remove();
        stage.wake("web");
        stage.awaitReady("web");
        assertThat(stage.cognito()).hasSize(2);
    }

    @Test
    void aRoleThatCannotBeAssumedIsReportedWithTheRemedy() {
        String role = "arn:aws:iam::222222222222:role/shop";
        stage.simulator().pool("eu-west-1_Theirs").account("222222222222");
        stage.applyPool("theirs", """
                userPoolId: eu-west-1_Theirs
                aws: {identity: AssumeRole, roleARN: "%s", externalId: k8s}
                namespaces: {from: All}
                """.formatted(role));

        assertThat(stage.awaitPool("theirs", "Ready", "False", "RoleDenied").getMessage())
                .contains(role, "trust policy", "external id");
        assertLoggedOnce("RoleDenied");
        stage.simulator().access().role(role).externalId("k8s");
        // The operator caches a refusal of STS, so that a thousand clients do not send a thousand requests.
        clock.advance(Duration.ofMinutes(5));
        stage.annotatePool("theirs", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.awaitPool("theirs", "Ready", "True", "Synced");
    }

    @Test
    void anUnreachableEndpointIsReportedAndTheClientIsCreatedAfterwards() throws IOException {
        // A bound socket that does not listen refuses connections, and keeps the port from other processes.
        Socket reserved = new Socket();
        reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        int port = reserved.getLocalPort();
        stage.stopOperator();
        stage.removePoolByForce(POOL);
        stage.startOperator(URI.create("http://127.0.0.1:" + port));
        stage.applyPool();
        stage.applyClient("web");

        assertThat(stage.awaitPool(POOL, "Ready", "False", "CognitoUnreachable").getMessage())
                .contains("network, DNS");
        stage.awaitPool(POOL, "Reconciling", "True", "CognitoUnreachable");
        stage.awaitCondition("web", "Ready", "False", "PoolNotReady");
        assertLoggedOnce("CognitoUnreachable");

        reserved.close();
        try (Simulator late = Simulator.start(port)) {
            late.pool(POOL_ID);
            stage.awaitReady("web");
            stage.stopOperator();
        }
    }

    @Test
    void aTransientErrorKeepsAUsablePoolUsable() {
        stage.applyClient("web");
        stage.awaitReady("web");
        Fault sleepy = stage.simulator()
                .faults()
                .on("DescribeUserPool")
                .always()
                .failBeforeCommit("InternalErrorException", 500, "sleepy");
        String before = stage.client("web").getMetadata().getResourceVersion();

        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.eventually().until(() -> sleepy.hits() > 0);

        stage.applyClient("late");
        stage.awaitReady("late");
        stage.awaitPool(POOL, "Ready", "True", "Synced");
        assertThat(stage.client("web").getMetadata().getResourceVersion()).isEqualTo(before);
    }

    /** The operator logs the line after it writes the status. */
    private void assertLoggedOnce(String reason) {
        stage.eventually()
                .untilAsserted(() -> assertThat(log.warnings())
                        .filteredOn(line -> line.contains(reason))
                        .hasSize(1));
        assertThat(log.stackTraces()).isEmpty();
    }
}
