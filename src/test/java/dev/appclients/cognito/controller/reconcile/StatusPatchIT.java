package dev.appclients.cognito.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.CapturedLog;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.PassListener.NotWritten;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator replaces the whole status of the version that it judged, in one request. */
class StatusPatchIT {

    private static final PatchContext AS_ANOTHER_MANAGER = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("another-manager")
            .withForce(true)
            .build();
    private static final String FORGED = """
            "conditions":[{"type":"Forged","status":"True","reason":"Forged","message":"forged",\
            "lastTransitionTime":"2020-01-01T00:00:00Z"}]""";

    private final Requests requests = new Requests();
    private final CapturedLog log = CapturedLog.begin();
    private Stage stage;
    private RunningOperator operator;

    @BeforeEach
    void open() {
        stage = Stage.withoutOperator(Stage.SETTINGS);
        operator = RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(Stage.SETTINGS)
                        .withHttp(http -> http.addOrReplaceInterceptor("requests", requests)));
        stage.applyPool();
        stage.applyClient("web");
        stage.awaitReady("web");
        // The event of the Secret may trigger one more reconciliation.
        requestReconciliation("zero");
        stage.forgetCalls();
        requests.seen.clear();
    }

    @AfterEach
    void close() {
        operator.close();
        log.close();
        stage.close();
    }

    @Test
    void conditionsAndFieldsOfAnotherManagerGoInOneRequest() {
        UserPoolClientStatus before = stage.status("web");
        patchStatus(FORGED + ",\"pendingCreate\":{\"since\":\"2020-01-01T00:00:00Z\"},\"drift\":[{\"field\":\"a\","
                + "\"desired\":\"b\",\"observed\":\"c\"}]");

        requestReconciliation("one");

        assertThat(stage.status("web"))
                .usingRecursiveComparison()
                .ignoringFields("lastHandledReconcileAt")
                .isEqualTo(before);
        assertThat(requests.seen).containsExactly("PATCH status");
        assertThat(stage.client("web").getMetadata().getManagedFields())
                .extracting(ManagedFieldsEntry::getManager)
                .doesNotContain("another-manager");
        stage.eventually()
                .untilAsserted(() -> assertThat(log.warnings()).anyMatch(line -> line.contains("conditions [Forged]")));
        assertNoneFailed();
    }

    @Test
    void theOperatorDoesNotReconcileItsOwnPatch() {
        String uid = stage.client("web").getMetadata().getUid();
        int before = operator.passes().started(uid);

        requestReconciliation("one");
        requestReconciliation("two");

        assertThat(operator.passes().started(uid)).isEqualTo(before + 2);
        assertThat(requests.seen).containsExactly("PATCH status", "PATCH status");
    }

    @Test
    void aLabelThatIsEditedMeanwhileCostsOneReadAndNoSecondReconciliation() {
        requests.beforeTheNextStatus(() -> stage.admin()
                .resource(stage.client("web"))
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"team\":\"a\"}}}"));

        requestReconciliation("one");

        assertThat(stage.client("web").getMetadata().getLabels()).containsEntry("team", "a");
        assertThat(requests.seen).containsExactly("PATCH status", "GET", "PATCH status");
        assertNoneFailed();
        assertThat(stage.calls()).as("one reconciliation").containsExactly("DescribeUserPoolClient");
    }

    @Test
    void aStatusThatAnotherWriterChangedMeanwhileIsJudgedFirst() {
        requests.beforeTheNextStatus(() -> patchStatus(FORGED));

        requestReconciliation("one");

        assertThat(stage.status("web").conditions())
                .extracting(Condition::getType)
                .doesNotContain("Forged");
        assertThat(operator.failures().notWritten(ControllerNames.CLIENTS, NotWritten.CONFLICT))
                .isEqualTo(1);
    }

    @Test
    void aStatusIsNotWrittenToAnotherObjectOfTheSameName() {
        requests.beforeTheNextStatus(() -> {
            UserPoolClient former = stage.client("web");
            stage.admin()
                    .resource(former)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
            stage.admin().resource(former).delete();
            stage.applyClient("web");
            assertThat(stage.client("web").getMetadata().getUid())
                    .isNotEqualTo(former.getMetadata().getUid());
        });

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "one");

        stage.eventually()
                .untilAsserted(
                        () -> assertThat(operator.failures().notWritten(ControllerNames.CLIENTS, NotWritten.CONFLICT))
                                .isEqualTo(1));
        stage.eventually().until(() -> stage.status("web").lastHandledReconcileAt() == null);
        assertThat(operator.failures().notWritten(ControllerNames.CLIENTS, NotWritten.FAILED))
                .isZero();
    }

    private void requestReconciliation(String token) {
        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, token);
        stage.eventually().until(() -> token.equals(stage.status("web").lastHandledReconcileAt()));
    }

    private void assertNoneFailed() {
        for (NotWritten why : NotWritten.values()) {
            assertThat(operator.failures().notWritten(ControllerNames.CLIENTS, why))
                    .as(why.name())
                    .isZero();
        }
    }

    private void patchStatus(String fields) {
        stage.admin()
                .resource(stage.client("web"))
                .subresource("status")
                .patch(
                        AS_ANOTHER_MANAGER,
                        "{\"apiVersion\":\"cognito.appclients.dev/v1beta1\",\"kind\":\"UserPoolClient\",\"status\":{"
                                + fields + "}}");
    }

    /** Records the operator's requests about the client, and calls another writer before one of them. */
    private static final class Requests implements Interceptor {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final AtomicReference<Runnable> edit = new AtomicReference<>();

        void beforeTheNextStatus(Runnable another) {
            edit.set(another);
        }

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            String path = request.uri().getPath();
            if (path.endsWith("/userpoolclients/web/status")) {
                seen.add(request.method() + " status");
                Runnable another = edit.getAndSet(null);
                if (another != null) {
                    another.run();
                }
            } else if (path.endsWith("/userpoolclients/web")) {
                seen.add(request.method());
            }
        }
    }
}
