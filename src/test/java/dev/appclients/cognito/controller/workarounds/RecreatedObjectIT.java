package dev.appclients.cognito.controller.workarounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user re-creates an object before the operator has the answer to the request that removed the finalizer of its predecessor. */
class RecreatedObjectIT {

    private final HeldAnswer held = new HeldAnswer();
    private Stage stage;
    private RunningOperator operator;

    @BeforeEach
    void open() {
        stage = Stage.withoutOperator(Stage.SETTINGS);
        operator = RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(Stage.SETTINGS).withHttp(http -> http.addOrReplaceInterceptor("held", held)));
        stage.applyPool();
        stage.applyClient("web");
        stage.awaitReady("web");
    }

    @AfterEach
    void close() {
        held.release();
        operator.close();
        stage.close();
    }

    /** When this passes without {@link GoneObjects}, the framework keeps the states of the two objects apart. */
    @Test
    void itIsReconciled() {
        recreateDuringTheRelease();

        stage.awaitReady("web");
        assertThat(stage.cognito()).as("web and the later client").hasSize(2);
    }

    @Test
    void itIsDeleted() {
        recreateDuringTheRelease();
        stage.eventually()
                .until(() -> !stage.client("web").getMetadata().getFinalizers().isEmpty());

        stage.delete("web");

        stage.awaitGone("web");
    }

    private void recreateDuringTheRelease() {
        held.holdNext();
        stage.delete("web");
        stage.eventually().until(held::isHeld);
        stage.awaitGone("web");
        stage.applyClient("web");
        // One watch delivers both, so the framework has the event of the first when it reconciles the second.
        stage.applyClient("later");
        stage.awaitReady("later");
        held.release();
    }

    /** Keeps the answer to the request that removes the finalizer from the operator. */
    private static final class HeldAnswer implements Interceptor {

        private final CompletableFuture<Void> arrived = new CompletableFuture<>();
        private final CompletableFuture<Void> released = new CompletableFuture<>();
        private volatile boolean holding;

        void holdNext() {
            holding = true;
        }

        boolean isHeld() {
            return arrived.isDone();
        }

        void release() {
            released.complete(null);
        }

        @Override
        public AsyncBody.Consumer<List<ByteBuffer>> consumer(
                AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
            if (!holding
                    || !request.method().equals("PATCH")
                    || !request.uri().getPath().endsWith("/userpoolclients/web")) {
                return consumer;
            }
            return (part, body) -> {
                arrived.complete(null);
                released.thenRun(() -> consume(consumer, part, body));
            };
        }

        private static void consume(
                AsyncBody.Consumer<List<ByteBuffer>> consumer, List<ByteBuffer> part, AsyncBody body) {
            try {
                consumer.consume(part, body);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
