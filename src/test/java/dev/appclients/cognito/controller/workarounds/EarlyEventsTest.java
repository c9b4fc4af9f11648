package dev.appclients.cognito.controller.workarounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server sends events as soon as a web socket is open, and the thread that requested it is late. */
class EarlyEventsTest {

    private final Vertx vertx = Vertx.vertx();
    /** The client answers a ping when it arrives, so the events before it have arrived too. */
    private final CountDownLatch arrived = new CountDownLatch(1);

    private HttpServer server;

    @BeforeEach
    void serve() throws InterruptedException {
        CountDownLatch listens = new CountDownLatch(1);
        server = vertx.createHttpServer().webSocketHandler(socket -> {
            socket.writeTextMessage("first");
            socket.writeTextMessage("second");
            socket.textMessageHandler(request -> socket.writeTextMessage("third"));
            socket.pongHandler(answer -> arrived.countDown());
            socket.writePing(Buffer.buffer("arrived?"));
        });
        server.listen(0, "127.0.0.1").onSuccess(started -> listens.countDown());
        await(listens);
    }

    @AfterEach
    void close() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        vertx.close().onComplete(done -> closed.countDown());
        await(closed);
    }

    @Test
    void aLateReceiverGetsEveryEvent() throws InterruptedException {
        List<String> received = new CopyOnWriteArrayList<>();
        Future<WebSocket> connected = connect(EarlyEvents.kept(vertx));
        await(arrived);

        connected.onSuccess(socket -> socket.textMessageHandler(received::add));

        Awaitility.await().untilAsserted(() -> assertThat(received).containsExactly("first", "second"));
    }

    /** The defect of Vert.x. When this test fails, {@link EarlyEvents} is no longer needed. */
    @Test
    void vertxAloneDropsTheEventsBeforeTheReceiver() throws InterruptedException {
        List<String> received = new CopyOnWriteArrayList<>();
        Future<WebSocket> connected = connect(vertx);
        await(arrived);

        connected.onSuccess(socket -> {
            socket.textMessageHandler(received::add);
            socket.writeTextMessage("more, please");
        });

        Awaitility.await().untilAsserted(() -> assertThat(received).containsExactly("third"));
    }

    @Test
    void aReceiverWithoutTheGuardIsAnError() {
        Future<WebSocket> connected = connect(EarlyEvents.kept(vertx));

        assertThatThrownBy(() -> connected.onComplete(result -> {}))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("onComplete");
    }

    @Test
    void aRefusedConnectionIsReported() throws InterruptedException {
        int port = server.actualPort();
        CountDownLatch closed = new CountDownLatch(1);
        server.close().onComplete(done -> closed.countDown());
        await(closed);
        AtomicReference<Throwable> failure = new AtomicReference<>();

        EarlyEvents.kept(vertx)
                .createHttpClient()
                .webSocket(new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port))
                .onSuccess(socket -> {})
                .onFailure(failure::set);

        Awaitility.await().untilAsserted(() -> assertThat(failure).doesNotHaveNullValue());
    }

    private Future<WebSocket> connect(Vertx with) {
        return with.createHttpClient()
                .webSocket(new WebSocketConnectOptions().setHost("127.0.0.1").setPort(server.actualPort()));
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    }
}
