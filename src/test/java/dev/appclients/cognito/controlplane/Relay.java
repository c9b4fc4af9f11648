package dev.appclients.cognito.controlplane;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Forwards every byte from one loopback port to another until {@link #cut}. It does not read the bytes, so TLS works. */
public final class Relay implements AutoCloseable {

    private final int target;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket server;

    private Relay(int target, ServerSocket server) {
        this.target = target;
        this.server = server;
        this.port = server.getLocalPort();
    }

    /** @param target port on loopback */
    public static Relay to(int target) {
        Relay relay = new Relay(target, listen(0));
        relay.accept();
        return relay;
    }

    public int port() {
        return port;
    }

    /** Closes every connection and refuses new ones. */
    public void cut() {
        close();
    }

    /** Accepts new connections again. */
    public void restore() {
        server = listen(port);
        accept();
    }

    private void accept() {
        ServerSocket listening = server;
        Thread.ofVirtual().name("relay").start(() -> {
            while (!listening.isClosed()) {
                try {
                    serve(listening.accept());
                } catch (IOException e) {
                    // The relay was cut, or the client closed the connection before it was accepted.
                }
            }
        });
    }

    private void serve(Socket client) throws IOException {
        Socket other = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(other);
        client.setTcpNoDelay(true);
        other.setTcpNoDelay(true);
        pump(client, other);
        pump(other, client);
        if (server.isClosed()) {
            quietlyClose(client);
            quietlyClose(other);
        }
    }

    private void pump(Socket from, Socket to) {
        Thread.ofVirtual().name("relay-connection").start(() -> {
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                in.transferTo(out);
            } catch (IOException e) {
                // One side closed the connection.
            } finally {
                open.remove(from);
                open.remove(to);
            }
        });
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void quietlyClose(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // The socket is closed either way.
        }
    }

    @Override
    public void close() {
        quietlyClose(server);
        open.forEach(Relay::quietlyClose);
    }
}
