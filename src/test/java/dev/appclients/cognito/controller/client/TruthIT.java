package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.simulator.Fault;
import dev.appclients.cognito.simulator.Switch;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** kubectl, kstatus and {@code kubectl wait} agree on the status at every moment. */
class TruthIT extends OnStage {

    private static final String INVALID = WEB.replace("openid", "email").strip();

    /** Cognito refuses a setting that causes only a warning in the operator. */
    @BeforeEach
    void refuseScopesWithoutOpenid() {
        stage.simulator().switches().set(Switch.OIDC_SCOPES_NEED_OPENID, true);
    }

    @Test
    void aNewObjectIsInProgressBeforeTheOperatorReconcilesIt() {
        stage.stopOperator();

        stage.applyClient("web");

        assertThat(stage.status("web").observedGeneration()).isEqualTo(-1);
        assertThat(kstatus("web")).isEqualTo("InProgress");
        assertThat(waitTimesOut("web")).isTrue();
        assertThat(row("web")).containsEntry("POOL", POOL).doesNotContainKeys("READY", "REASON");
    }

    @Test
    void aClientIsInProgressWhileItIsCreatedAndCurrentWhenItIsReady() throws Exception {
        Fault held = stage.simulator().faults().on("CreateUserPoolClient").pause();
        stage.applyClient("web");
        held.awaitHit(Duration.ofSeconds(30));

        assertThat(kstatus("web")).isEqualTo("InProgress");
        assertThat(stage.condition("web", "Reconciling")).isPresent();
        assertThat(stage.status("web").conditions())
                .extracting(Condition::getType)
                .contains("Ready", "Authorized", "ClientSynced", "SecretSynced");
        assertThat(row("web")).containsEntry("READY", "False").containsEntry("REASON", "Creating");
        assertThat(waitTimesOut("web")).isTrue();

        held.release();
        Kubectl.Output waited = kubectl("wait", "--for=condition=Ready", "upc/web", "--timeout=30s");
        assertThat(waited.exitCode()).as(waited.text()).isZero();
        assertThat(kstatus("web")).isEqualTo("Current");
        assertThat(row("web"))
                .containsEntry("READY", "True")
                .containsEntry("REASON", "Synced")
                .containsEntry("CLIENT-ID", stage.status("web").clientId())
                .containsEntry("TYPE", "Confidential")
                .containsEntry("SECRET", "web");
        assertThat(stage.status("web").conditions())
                .extracting(Condition::getType)
                .containsExactlyInAnyOrder("Ready", "Authorized", "ClientSynced", "SecretSynced");
    }

    @Test
    void theReadyOfAnEarlierGenerationIsIgnored() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.stopOperator();

        stage.applyClient("web", "appType: Confidential\nauthSessionValidity: 5m");

        assertThat(kstatus("web")).isEqualTo("InProgress");
        assertThat(waitTimesOut("web")).isTrue();
    }

    @Test
    void anErrorThatNeedsAUserIsFailedAndNamesTheAction() {
        stage.applyClient("web", INVALID);
        stage.awaitCondition("web", "Ready", "False", "InvalidSettings");

        assertThat(kstatus("web")).isEqualTo("Failed");
        assertThat(stage.condition("web", "Reconciling")).isEmpty();
        assertThat(row("web")).containsEntry("READY", "False").containsEntry("REASON", "InvalidSettings");
        assertThat(kubectl("get", "upc", "web", "-o", "wide").text()).contains("Change the manifest");
    }

    @Test
    void anErrorThatIsRetriedIsInProgressAndNamesTheTimeOfTheRetry() {
        Fault down =
                stage.simulator().faults().on("CreateUserPoolClient").always().throttle();
        stage.applyClient("web");
        stage.awaitCondition("web", "Ready", "False", "Throttled");

        assertThat(kstatus("web")).isEqualTo("InProgress");
        assertThat(stage.condition("web", "Stalled")).isEmpty();
        assertThat(stage.condition("web", "Reconciling"))
                .hasValueSatisfying(
                        condition -> assertThat(condition.getMessage()).contains("within a minute"));
        down.remove();
        stage.awaitReady("web");
        assertThat(kstatus("web")).isEqualTo("Current");
        stage.awaitEvents("web", "Throttled", "Synced");
    }

    @Test
    void aPausedObjectReportsThePauseAndChangesNothingUntilItResumes() {
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.forgetCalls();

        stage.annotate("web", Annotations.PAUSED, "true");
        stage.awaitCondition("web", "Ready", "False", "Paused");
        stage.applyClient("web", "appType: Confidential\nauthSessionValidity: 5m");
        stage.deleteSecret("web");
        stage.awaitCondition("web", "Ready", "False", "Paused");

        assertThat(stage.condition("web", "Reconciling")).isEmpty();
        assertThat(stage.condition("web", "Stalled")).isEmpty();
        assertThat(row("web")).containsEntry("READY", "False").containsEntry("REASON", "Paused");
        assertThat(waitTimesOut("web")).isTrue();
        assertThat(stage.calls()).isEmpty();
        assertThat(stage.secret("web")).isNull();

        stage.annotate("web", Annotations.PAUSED, "false");
        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "AuthSessionValidity")).isEqualTo("5");
        assertThat(stage.data("web")).containsKey("client-secret");
    }

    @Test
    void aDeletingObjectIsTerminatingAndNamesTheErrorThatHoldsItUp() {
        stage.applyClient("web");
        stage.awaitReady("web");
        Fault down = stage.simulator()
                .faults()
                .on("DeleteUserPoolClient")
                .always()
                .failBeforeCommit("InternalErrorException", 500, "sleepy");

        stage.delete("web");

        stage.awaitCondition("web", "Ready", "False", "Deleting");
        assertThat(kstatus("web")).isEqualTo("Terminating");
        assertThat(row("web")).containsEntry("REASON", "Deleting");
        assertThat(kubectl("get", "upc", "web", "-o", "wide").text()).contains("sleepy");
        down.remove();
        // The retry may be up to 45 s away. The object may go at any moment, the namespace does not.
        stage.labelNamespace("woken-at", "now");
        assertThat(kubectl("wait", "--for=delete", "upc/web", "--timeout=30s").exitCode())
                .isZero();
    }

    @Test
    void aReconciliationThatChangesNothingWritesNothingAndCreatesNoEvent() {
        stage.applyClient("ready", WEB);
        stage.applyClient("stalled", INVALID);
        stage.awaitReady("ready");
        stage.awaitCondition("stalled", "Ready", "False", "InvalidSettings");
        stage.wake("ready");
        stage.wake("stalled");
        Map<String, String> before = versions("ready", "stalled");
        String pool = stage.pool().getMetadata().getResourceVersion();
        List<String> events = stage.events("stalled");

        stage.wake("ready");
        stage.wake("stalled");
        stage.restartOperator();
        stage.wake("ready");
        stage.wake("stalled");

        assertThat(versions("ready", "stalled")).isEqualTo(before);
        assertThat(stage.pool().getMetadata().getResourceVersion()).isEqualTo(pool);
        assertThat(stage.events("ready")).isEmpty();
        assertThat(stage.events("stalled")).isEqualTo(events);
    }

    @Test
    void theOperatorWritesNeitherSpecNorLabelsNorAnnotations() {
        stage.applyClient("web");
        stage.awaitReady("web");

        UserPoolClient client = stage.client("web");

        assertThat(client.getMetadata().getLabels()).isNullOrEmpty();
        assertThat(client.getMetadata().getAnnotations()).isNullOrEmpty();
        assertThat(client.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(client.getMetadata().getFinalizers()).containsExactly(ControllerNames.CLIENT_FINALIZER);
        assertThat(kubectl("get", "upc", "web", "-o", "jsonpath={.spec}").text())
                .isEqualTo("{\"appType\":\"Confidential\",\"userPoolRef\":{\"name\":\"customers\"}}");
    }

    @Test
    void aPoolHasTheSameStatusEverywhere() {
        Kubectl.Output waited = kubectl("wait", "--for=condition=Ready", "cup/customers", "--timeout=30s");

        assertThat(waited.exitCode()).as(waited.text()).isZero();
        assertThat(kubectl("get", "cup", "customers").text())
                .contains("READY", "POOL-ID", "TENANCY", "True", Stage.POOL_ID, "Trusted");
    }

    /** The result of kstatus, by its own rules. */
    private String kstatus(String name) {
        UserPoolClient client = stage.client(name);
        if (client.isMarkedForDeletion()) {
            return "Terminating";
        }
        if (!Objects.equals(
                client.getStatus().observedGeneration(), client.getMetadata().getGeneration())) {
            return "InProgress";
        }
        if (is(name, "Reconciling")) {
            return "InProgress";
        }
        if (is(name, "Stalled")) {
            return "Failed";
        }
        return is(name, "Ready") ? "Current" : "InProgress";
    }

    private boolean is(String name, String condition) {
        return stage.condition(name, condition)
                .filter(found -> "True".equals(found.getStatus()))
                .isPresent();
    }

    private boolean waitTimesOut(String name) {
        return kubectl("wait", "--for=condition=Ready", "upc/" + name, "--timeout=100ms")
                        .exitCode()
                != 0;
    }

    /** The columns of kubectl that have a value. */
    private Map<String, String> row(String name) {
        List<String> lines =
                kubectl("get", "upc", name, "-o", "wide").text().lines().toList();
        String header = lines.getFirst();
        String values = lines.get(1);
        List<String> columns = List.of(header.trim().split(" +"));
        return columns.stream()
                .filter(column -> !cell(header, values, columns, column).isEmpty())
                .collect(Collectors.toMap(Function.identity(), column -> cell(header, values, columns, column)));
    }

    private static String cell(String header, String values, List<String> columns, String column) {
        int from = header.indexOf(column);
        int next = columns.indexOf(column) + 1;
        int to = next < columns.size() ? header.indexOf(columns.get(next), from) : values.length();
        return from >= values.length()
                ? ""
                : values.substring(from, Math.min(to, values.length())).trim();
    }

    private Map<String, String> versions(String... names) {
        return List.of(names).stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        name -> stage.client(name).getMetadata().getResourceVersion()));
    }

    private Kubectl.Output kubectl(String... arguments) {
        return new Kubectl(stage.namespace()).run(arguments);
    }
}
