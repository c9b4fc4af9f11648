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

/** Forwards the calls of one operator to one API, from a loopback port, and applies injected faults. */
final class ApiProxy {

    /** Opens a connection to the API itself. */
    @FunctionalInterface
    interface Dial {
        Socket open() throws IOException;
    }

    private final FaultProxy proxy;
    private final Function<Message, Call> reading;
    private final Dial dial;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    ApiProxy(FaultProxy proxy, Function<Message, Call> reading, Dial dial) {
        this.proxy = proxy;
        this.reading = reading;
        this.dial = dial;
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("fault-proxy").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Ends every connection. The port stays bound, so that a crashed operator cannot reach another server on it. */
    void cut() {
        open.forEach(ApiProxy::quietlyClose);
    }

    void close() {
        quietlyClose(server);
        cut();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket operator = server.accept();
                if (proxy.isClosed()) {
                    operator.close();
                } else {
                    open.add(operator);
                    Thread.ofVirtual().name("fault-proxy-connection").start(() -> serve(operator));
                }
            } catch (IOException e) {
                // The listener was closed, or the connection was closed before it was accepted.
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
            boolean keepOpen = true;
            while (keepOpen && !proxy.isClosed()) {
                Message request = Message.read(fromOperator);
                keepOpen = request != null
                        && pass(request, fromOperator, operator.getOutputStream(), fromApi, api.getOutputStream());
            }
            open.remove(api);
        } catch (IOException e) {
            // One side closed the connection.
        } finally {
            open.remove(operator);
        }
    }

    /** Forwards one call. Returns false if the connection must be closed. */
    private boolean pass(
            Message request, InputStream fromOperator, OutputStream toOperator, InputStream fromApi, OutputStream toApi)
            throws IOException {
        Call call = reading.apply(request);
        for (InjectedFault fault : proxy.received(call, request)) {
            return apply(fault, request, toOperator, fromApi, toApi);
        }
        if (proxy.isClosed()) {
            return false;
        }
        request.writeTo(toApi);
        if (call.isWatch()) {
            tunnel(call, fromOperator, toApi, fromApi, toOperator);
            return false;
        }
        return relay(Message.read(fromApi), toOperator);
    }

    private boolean apply(
            InjectedFault fault, Message request, OutputStream toOperator, InputStream fromApi, OutputStream toApi)
            throws IOException {
        try {
            return switch (fault.effect()) {
                case InjectedFault.Effect.CrashBefore() -> {
                    proxy.crash();
                    yield false;
                }
                case InjectedFault.Effect.CrashAfter() -> {
                    request.writeTo(toApi);
                    Message.read(fromApi);
                    proxy.crash();
                    yield false;
                }
                case InjectedFault.Effect.LoseAnswer() -> {
                    request.writeTo(toApi);
                    Message.read(fromApi);
                    yield false;
                }
                case InjectedFault.Effect.BreakConnection() -> false;
                case InjectedFault.Effect.DeliverLate(Duration after) -> {
                    CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS)
                            .execute(() -> deliver(request));
                    yield false;
                }
                case InjectedFault.Effect.Answer(Message answer) -> relay(answer, toOperator);
                case InjectedFault.Effect.AnswerAfter(Message answer) -> {
                    request.writeTo(toApi);
                    Message.read(fromApi);
                    yield relay(answer, toOperator);
                }
                case InjectedFault.Effect.RunBefore(Runnable action) -> {
                    action.run();
                    request.writeTo(toApi);
                    yield relay(Message.read(fromApi), toOperator);
                }
                case InjectedFault.Effect.RunAfter(Runnable action) -> {
                    request.writeTo(toApi);
                    Message answer = Message.read(fromApi);
                    action.run();
                    yield relay(answer, toOperator);
                }
            };
        } finally {
            fault.applied();
        }
    }

    /** Sends the request on a connection of its own. Nothing reads the answer. */
    private void deliver(Message request) {
        if (proxy.isClosed()) {
            return;
        }
        try (Socket api = dial.open()) {
            request.writeTo(api.getOutputStream());
            Message.read(new BufferedInputStream(api.getInputStream()));
        } catch (IOException e) {
            // The API was closed, and the call with it.
        }
    }

    private boolean relay(@Nullable Message answer, OutputStream toOperator) throws IOException {
        if (answer == null || proxy.isClosed()) {
            return false;
        }
        answer.writeTo(toOperator);
        return !"close".equalsIgnoreCase(answer.headers().get("connection"));
    }

    /** Copies bytes in both directions until either side ends. */
    private void tunnel(
            Call watch, InputStream fromOperator, OutputStream toApi, InputStream fromApi, OutputStream toOperator)
            throws IOException {
        Thread.ofVirtual().name("fault-proxy-tunnel").start(() -> {
            try (toApi) {
                pump(fromOperator, toApi, () -> {});
            } catch (IOException e) {
                // The other side ended the connection.
            }
        });
        if (proxy.watches().equals(WatchBehavior.NORMAL)) {
            pump(fromApi, toOperator, () -> proxy.awaitEvents(watch));
            return;
        }
        Message switched = Message.readHead(fromApi);
        if (switched == null || !switched.word(1).equals("101")) {
            throw new IOException("The watch is no WebSocket.");
        }
        switched.writeTo(toOperator);
        new WatchFeed(proxy.watches(), () -> !proxy.isClosed()).pass(fromApi, toOperator);
    }

    /** Copies as InputStream.transferTo does, but flushes each piece. */
    private void pump(InputStream in, OutputStream out, Runnable beforeEach) throws IOException {
        byte[] piece = new byte[8192];
        for (int length = in.read(piece); length >= 0 && !proxy.isClosed(); length = in.read(piece)) {
            beforeEach.run();
            out.write(piece, 0, length);
            out.flush();
        }
    }

    private static void quietlyClose(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is closed already.
        }
    }
}
