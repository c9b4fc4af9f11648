package dev.appclients.cognito.crash;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One API seen from one operator: a loopback port that passes every call on, unless a strike says otherwise. */
final class Wire {

    /** Opens a connection to the API itself. */
    @FunctionalInterface
    interface Dial {
        Socket open() throws IOException;
    }

    private final Border border;
    private final Function<Message, Call> reading;
    private final Dial dial;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    Wire(Border border, Function<Message, Call> reading, Dial dial) {
        this.border = border;
        this.reading = reading;
        this.dial = dial;
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("wire").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Ends every connection. The port stays taken, so that what is left of the operator can never reach another one. */
    void cut() {
        open.forEach(Wire::quietlyClose);
    }

    void close() {
        quietlyClose(server);
        cut();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket operator = server.accept();
                if (border.isClosed()) {
                    operator.close();
                } else {
                    open.add(operator);
                    Thread.ofVirtual().name("wire-connection").start(() -> serve(operator));
                }
            } catch (IOException e) {
                // Closed, or a connection that was gone before it was accepted.
            }
        }
    }

    private void serve(Socket operator) {
        try (operator;
                Socket api = dial.open()) {
            open.add(api);
            operator.setTcpNoDelay(true);
            api.setTcpNoDelay(true);
            var fromOperator = new BufferedInputStream(operator.getInputStream());
            var fromApi = new BufferedInputStream(api.getInputStream());
            boolean goesOn = true;
            while (goesOn && !border.isClosed()) {
                Message request = Message.read(fromOperator);
                goesOn = request != null
                        && pass(request, fromOperator, operator.getOutputStream(), fromApi, api.getOutputStream());
            }
            open.remove(api);
        } catch (IOException e) {
            // One of the two has gone away, as in life.
        } finally {
            open.remove(operator);
        }
    }

    /** Passes one call; false when the connection has served its purpose. */
    private boolean pass(
            Message request, InputStream fromOperator, OutputStream toOperator, InputStream fromApi, OutputStream toApi)
            throws IOException {
        Call call = reading.apply(request);
        for (Strike strike : border.arrived(call, request)) {
            return befall(strike, request, toOperator, fromApi, toApi);
        }
        if (border.isClosed()) {
            return false;
        }
        request.writeTo(toApi);
        if (call.isWatch()) {
            tunnel(call, fromOperator, toApi, fromApi, toOperator);
            return false;
        }
        return relay(Message.read(fromApi), toOperator);
    }

    private boolean befall(
            Strike strike, Message request, OutputStream toOperator, InputStream fromApi, OutputStream toApi)
            throws IOException {
        try {
            return switch (strike.deed()) {
                case Strike.Deed.DieBefore() -> {
                    border.die();
                    yield false;
                }
                case Strike.Deed.DieAfter() -> {
                    request.writeTo(toApi);
                    Message.read(fromApi);
                    border.die();
                    yield false;
                }
                case Strike.Deed.LoseAnswer() -> {
                    request.writeTo(toApi);
                    Message.read(fromApi);
                    yield false;
                }
                case Strike.Deed.Break() -> false;
                case Strike.Deed.ArriveLate(Duration after) -> {
                    CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS)
                            .execute(() -> deliver(request));
                    yield false;
                }
                case Strike.Deed.Say(Message answer) -> relay(answer, toOperator);
                case Strike.Deed.SayAfter(Message answer) -> {
                    request.writeTo(toApi);
                    Message.read(fromApi);
                    yield relay(answer, toOperator);
                }
                case Strike.Deed.First(Runnable action) -> {
                    action.run();
                    request.writeTo(toApi);
                    yield relay(Message.read(fromApi), toOperator);
                }
                case Strike.Deed.Then(Runnable action) -> {
                    request.writeTo(toApi);
                    Message answer = Message.read(fromApi);
                    action.run();
                    yield relay(answer, toOperator);
                }
            };
        } finally {
            strike.struck();
        }
    }

    /** Over a connection of its own; nobody is left to hear the answer. */
    private void deliver(Message request) {
        if (border.isClosed()) {
            return;
        }
        try (Socket api = dial.open()) {
            request.writeTo(api.getOutputStream());
            Message.read(new BufferedInputStream(api.getInputStream()));
        } catch (IOException e) {
            // The API has ended meanwhile, and the call with it.
        }
    }

    private boolean relay(@Nullable Message answer, OutputStream toOperator) throws IOException {
        if (answer == null || border.isClosed()) {
            return false;
        }
        answer.writeTo(toOperator);
        return !"close".equalsIgnoreCase(answer.headers().get("connection"));
    }

    /** From now on bytes in both directions, until either side ends. */
    private void tunnel(
            Call watch, InputStream fromOperator, OutputStream toApi, InputStream fromApi, OutputStream toOperator)
            throws IOException {
        Thread.ofVirtual().name("wire-tunnel").start(() -> {
            try (toApi) {
                pump(fromOperator, toApi, () -> {});
            } catch (IOException e) {
                // Ended by the other side.
            }
        });
        if (border.mood().equals(Mood.GOOD)) {
            pump(fromApi, toOperator, () -> border.awaitEvents(watch));
            return;
        }
        Message switched = Message.readHead(fromApi);
        if (switched == null || !switched.word(1).equals("101")) {
            throw new IOException("The watch is no WebSocket.");
        }
        switched.writeTo(toOperator);
        new WatchFeed(border.mood(), () -> !border.isClosed()).pass(fromApi, toOperator);
    }

    /** As InputStream.transferTo, but each piece goes at once. */
    private void pump(InputStream in, OutputStream out, Runnable beforeEach) throws IOException {
        byte[] piece = new byte[8192];
        for (int length = in.read(piece); length >= 0 && !border.isClosed(); length = in.read(piece)) {
            beforeEach.run();
            out.write(piece, 0, length);
            out.flush();
        }
    }

    private static void quietlyClose(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is closed, or about to be.
        }
    }
}
