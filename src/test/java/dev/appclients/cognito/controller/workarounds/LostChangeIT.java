package dev.appclients.cognito.controller.workarounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A change that is made while the operator writes a status: the framework drops its event as the operator's own. */
class LostChangeIT {

    @Test
    void aSpecThatChangesDuringAStatusWriteIsReconciled() {
        Stage stage = Stage.withoutOperator(Stage.SETTINGS);
        var editor = new ConcurrentEditor();
        try (stage;
                RunningOperator operator = RunningOperator.start(
                        stage.simulator().endpoint(),
                        RunningOperator.SetUp.of(Stage.SETTINGS)
                                .withHttp(http -> http.addOrReplaceInterceptor("editor", editor)))) {
            stage.applyPool();
            stage.applyClient("web");
            stage.awaitReady("web");

            editor.beforeTheNextStatusIsWritten(
                    () -> stage.applyClient("web", "appType: Confidential\naccessTokenValidity: 20m"));
            stage.applyClient("web", "appType: Confidential\naccessTokenValidity: 30m");

            // awaitReady waits for the status of the generation that was made during the write.
            stage.eventually().until(() -> stage.client("web").getMetadata().getGeneration() == 3);
            stage.awaitReady("web");
            assertThat(stage.inCognito("web", "AccessTokenValidity")).isEqualTo("20");
            assertThat(operator.gate().holds()).isTrue();
        }
    }

    @Test
    void aDeletionPolicyThatChangesDuringAStatusWriteIsReconciledAtOnce() {
        Stage stage = Stage.withoutOperator(Stage.SETTINGS);
        var editor = new ConcurrentEditor();
        try (stage;
                RunningOperator operator = RunningOperator.start(
                        stage.simulator().endpoint(),
                        RunningOperator.SetUp.of(Stage.SETTINGS)
                                .withHttp(http -> http.addOrReplaceInterceptor("editor", editor)))) {
            stage.applyPool();
            stage.applyClient("web");
            stage.awaitReady("web");
            // The operator retries this error after minutes: longer than this test waits.
            stage.simulator()
                    .faults()
                    .on("DescribeUserPoolClient")
                    .always()
                    .failBeforeCommit("InvalidParameterException", 400, "Not today.");

            editor.beforeTheNextStatusIsWritten(
                    () -> stage.applyClient("web", "appType: Confidential\ndeletionPolicy: Retain"));
            stage.delete("web");

            stage.awaitGone("web");
            assertThat(stage.cognito()).hasSize(1);
            assertThat(operator.gate().holds()).isTrue();
        }
    }

    @Test
    void aFinalizerThatIsRemovedDuringAStatusWriteIsRestored() {
        Stage stage = Stage.withoutOperator(Stage.SETTINGS);
        var editor = new ConcurrentEditor();
        try (stage;
                RunningOperator operator = RunningOperator.start(
                        stage.simulator().endpoint(),
                        RunningOperator.SetUp.of(Stage.SETTINGS)
                                .withHttp(http -> http.addOrReplaceInterceptor("editor", editor)))) {
            stage.applyPool();
            stage.applyClient("web");
            stage.awaitReady("web");

            editor.beforeTheNextStatusIsWritten(() -> stage.admin()
                    .resource(stage.client("web"))
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}"));
            stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, "one");

            stage.eventually().until(() -> "one".equals(stage.status("web").lastHandledReconcileAt()));
            stage.eventually()
                    .untilAsserted(
                            () -> assertThat(stage.client("web").getMetadata().getFinalizers())
                                    .containsExactly(ControllerNames.CLIENT_FINALIZER));
            assertThat(operator.gate().holds()).isTrue();
        }
    }

    /** Edits an object when the operator writes its status. */
    private static final class ConcurrentEditor implements Interceptor {

        private final AtomicReference<Runnable> edit = new AtomicReference<>();

        void beforeTheNextStatusIsWritten(Runnable edited) {
            edit.set(edited);
        }

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (request.method().equals("PATCH") && request.uri().getPath().endsWith("/userpoolclients/web/status")) {
                Runnable edited = edit.getAndSet(null);
                if (edited != null) {
                    edited.run();
                }
            }
        }
    }
}
