package dev.appclients.cognito.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Serves HTTP/1.1 on loopback, with one virtual thread per connection.
 *
 * <p>The JDK's server does not suffice: it sets the {@code Date} header from the machine's clock, and closes idle connections
 * after 30 seconds, which a client sees as a lost answer.
 */
final class HttpListener implements AutoCloseable {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final int MAX_BODY = 16 << 20;

    private final ServerSocket server;
    private final InstantSource clock;
    private final Function<Request, Answer> handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    HttpListener(int port, InstantSource clock, Function<Request, Answer> handler) throws IOException {
        this.clock = clock;
        this.handler = handler;
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1024);
        Thread.ofPlatform().daemon().name("simulator-accept").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().name("simulator-connection").start(() -> serve(socket));
            } catch (IOException e) {
                // The listener was closed, or the connection was closed before it was accepted.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream(), 8192);
            var out = socket.getOutputStream();
            while (true) {
                var request = read(in, out);
                if (request == null || !answer(request, socket)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client closed the connection. The call may have changed something or not, as in the real service.
        } finally {
            open.remove(socket);
        }
    }

    private boolean answer(Request request, Socket socket) throws IOException {
        var out = socket.getOutputStream();
        return switch (handler.apply(request)) {
            case Answer.Drop() -> false;
            case Answer.Reset(Answer.Reply reply) -> {
                write(reply, reply.body().length / 2, true, out);
                // A close without lingering resets the connection.
                socket.setSoLinger(true, 0);
                yield false;
            }
            case Answer.Reply reply -> {
                boolean keep = !"close".equalsIgnoreCase(request.header("connection"));
                write(reply, reply.body().length, keep, out);
                yield keep;
            }
        };
    }

    /** Writes the head and the first bytes of the body. */
    private void write(Answer.Reply reply, int bodyBytes, boolean keep, OutputStream out) throws IOException {
        var head = new StringBuilder(256)
                .append("HTTP/1.1 ")
                .append(reply.status())
                .append(reply.status() == 200 ? " OK" : " Error")
                .append("\r\nDate: ")
                .append(DATE.format(clock.instant()))
                .append("\r\nContent-Type: ")
                .append(reply.contentType())
                .append("\r\nContent-Length: ")
                .append(reply.body().length)
                .append(keep ? "\r\n" : "\r\nConnection: close\r\n");
        reply.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        var bytes = new ByteArrayOutputStream(head.length() + reply.body().length + 2);
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(reply.body(), 0, bodyBytes);
        bytes.writeTo(out);
        out.flush();
    }

    private static @Nullable Request read(InputStream in, OutputStream out) throws IOException {
        var start = line(in);
        if (start == null || start.isEmpty()) {
            return null;
        }
        var words = start.split(" ");
        if (words.length != 3) {
            throw new IOException("Not HTTP.");
        }
        var headers = new HashMap<String, String>();
        for (var line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
        }
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        return new Request(words[0], words[1], headers, body(in, headers));
    }

    private static byte[] body(InputStream in, HashMap<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks(in);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return exactly(in, length);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var all = new ByteArrayOutputStream();
        while (true) {
            var size = line(in);
            if (size == null) {
                throw new IOException("The body ended early.");
            }
            int length = Integer.parseInt(size.split(";")[0].trim(), 16);
            all.writeBytes(exactly(in, length));
            line(in);
            if (length == 0) {
                return all.toByteArray();
            }
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        if (length < 0 || length > MAX_BODY) {
            throw new IOException("The body is too large.");
        }
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("The body ended early.");
        }
        return bytes;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        var line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
