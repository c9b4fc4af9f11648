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

/** A loopback port that passes every byte on to another, until the way is cut. It sees nothing of what is said, so TLS goes through. */
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

    /** Every connection ends, and new ones are refused. */
    public void cut() {
        close();
    }

    /** New connections are served again. */
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
                    // Cut, or a connection that was gone before it was accepted.
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
                // One of the two has gone away, as in life.
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
            // It is gone either way.
        }
    }

    @Override
    public void close() {
        quietlyClose(server);
        open.forEach(Relay::quietlyClose);
    }
}
