package dev.appclients.cognito.controller.guards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A change that is made while we write the status: the framework takes its event for our own, and never tells us. */
class LostChangeIT {

    @Test
    void aSpecThatIsEditedWhileItsStatusIsBeingWrittenIsNotLost() {
        Stage stage = Stage.withoutOperator(Stage.SETTINGS);
        var meddler = new Meddler();
        try (stage;
                RunningOperator operator = RunningOperator.start(
                        stage.simulator().endpoint(),
                        RunningOperator.SetUp.of(Stage.SETTINGS)
                                .withHttp(http -> http.addOrReplaceInterceptor("meddler", meddler)))) {
            stage.applyPool();
            stage.applyClient("web");
            stage.awaitReady("web");

            meddler.beforeTheNextStatusIsWritten(
                    () -> stage.applyClient("web", "appType: Confidential\naccessTokenValidity: 20m"));
            stage.applyClient("web", "appType: Confidential\naccessTokenValidity: 30m");

            // Waits for the status of the generation that is there: the one that was made in the window.
            stage.eventually().until(() -> stage.client("web").getMetadata().getGeneration() == 3);
            stage.awaitReady("web");
            assertThat(stage.inCognito("web", "AccessTokenValidity")).isEqualTo("20");
            assertThat(operator.tenure().holds()).isTrue();
        }
    }

    @Test
    void aDeletionPolicyThatIsWrittenWhileTheStatusOfADeletionIsBeingWrittenIsHeededAtOnce() {
        Stage stage = Stage.withoutOperator(Stage.SETTINGS);
        var meddler = new Meddler();
        try (stage;
                RunningOperator operator = RunningOperator.start(
                        stage.simulator().endpoint(),
                        RunningOperator.SetUp.of(Stage.SETTINGS)
                                .withHttp(http -> http.addOrReplaceInterceptor("meddler", meddler)))) {
            stage.applyPool();
            stage.applyClient("web");
            stage.awaitReady("web");
            // A refusal that is tried again after minutes: longer than this test waits.
            stage.simulator()
                    .faults()
                    .on("DescribeUserPoolClient")
                    .always()
                    .failBeforeCommit("InvalidParameterException", 400, "Not today.");

            meddler.beforeTheNextStatusIsWritten(
                    () -> stage.applyClient("web", "appType: Confidential\ndeletionPolicy: Retain"));
            stage.delete("web");

            stage.awaitGone("web");
            assertThat(stage.cognito()).hasSize(1);
            assertThat(operator.tenure().holds()).isTrue();
        }
    }

    /** Stands between the operator and the API server. */
    private static final class Meddler implements Interceptor {

        private final AtomicReference<Runnable> edit = new AtomicReference<>();

        void beforeTheNextStatusIsWritten(Runnable meddling) {
            edit.set(meddling);
        }

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (request.method().equals("PATCH") && request.uri().getPath().endsWith("/userpoolclients/web/status")) {
                Runnable meddling = edit.getAndSet(null);
                if (meddling != null) {
                    meddling.run();
                }
            }
        }
    }
}
