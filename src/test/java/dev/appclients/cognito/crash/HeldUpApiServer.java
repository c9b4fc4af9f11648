package dev.appclients.cognito.crash;

import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/**
 * Proxies the API server on a loopback port and can hold requests. While it holds them, a request passes only on a connection that
 * was open before and has carried only requests of the leader election. Every other request waits, including lease requests.
 */
public final class HeldUpApiServer implements AutoCloseable {

    private final SocketFactory tls;
    private final int apiPort;
    private final ServerSocket server;
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger leaseRequestsToSwallow = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private HeldUpApiServer() {
        Config config = TestCluster.operatorConfig();
        apiPort = URI.create(config.getMasterUrl()).getPort();
        try {
            tls = SSLUtils.sslContext(config).getSocketFactory();
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().name("held-up-api-server").start(this::accept);
    }

    /** Opens the proxy. It holds no request yet. */
    public static HeldUpApiServer open() {
        return new HeldUpApiServer();
    }

    /** Writes a kubeconfig with the operator's identity and this port. */
    public Path writeKubeconfig(Path file) {
        try {
            return Files.writeString(
                    file,
                    Files.readString(TestCluster.operatorKubeconfig())
                            .replace(
                                    TestCluster.operatorConfig().getMasterUrl().replaceAll("/$", ""),
                                    "http://127.0.0.1:" + server.getLocalPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds requests from now on, as the class describes. */
    public void hold() {
        gate = new CountDownLatch(1);
    }

    /** Lets the held requests continue. */
    public void release() {
        gate.countDown();
    }

    /** The number of held requests. */
    public int held() {
        return held.get();
    }

    /** Leaves the next lease request without an answer. */
    public void swallowALeaseRequest() {
        leaseRequestsToSwallow.set(1);
    }

    /** Whether {@link #swallowALeaseRequest} has taken effect. */
    public boolean hasSwallowed() {
        return leaseRequestsToSwallow.get() == 0;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket operator = server.accept();
                Thread.ofVirtual().name("held-up-connection").start(() -> serve(operator));
            } catch (IOException e) {
                // The listener was closed.
            }
        }
    }

    private void serve(Socket operator) {
        try (operator;
                Socket api = tls.createSocket(InetAddress.getLoopbackAddress(), apiPort)) {
            operator.setTcpNoDelay(true);
            api.setTcpNoDelay(true);
            InputStream fromOperator = new BufferedInputStream(operator.getInputStream());
            InputStream fromApi = new BufferedInputStream(api.getInputStream());
            boolean leaderElectionOnly = gate.getCount() == 0;
            for (Message request = Message.read(fromOperator); request != null; request = Message.read(fromOperator)) {
                Call call = Call.onKubernetes(request);
                leaderElectionOnly &= isOfTheLeaderElection(call);
                if (call.operation().endsWith(" leases") && leaseRequestsToSwallow.getAndSet(0) == 1) {
                    // Sends nothing until the operator closes the connection.
                    fromOperator.transferTo(OutputStream.nullOutputStream());
                    return;
                }
                if (!leaderElectionOnly) {
                    awaitRelease();
                }
                request.writeTo(api.getOutputStream());
                if (call.isWatch()) {
                    tunnel(fromOperator, api.getOutputStream(), fromApi, operator.getOutputStream());
                    return;
                }
                Message answer = Message.read(fromApi);
                if (answer == null) {
                    return;
                }
                answer.writeTo(operator.getOutputStream());
            }
        } catch (IOException e) {
            // One of the two sides has closed the connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isOfTheLeaderElection(Call call) {
        return call.operation().endsWith(" leases") || call.operation().endsWith(" selfsubjectrulesreviews");
    }

    private void awaitRelease() throws InterruptedException {
        held.incrementAndGet();
        try {
            gate.await();
        } finally {
            held.decrementAndGet();
        }
    }

    private static void tunnel(
            InputStream fromOperator, OutputStream toApi, InputStream fromApi, OutputStream toOperator)
            throws IOException {
        Thread.ofVirtual().name("held-up-tunnel").start(() -> {
            try (toApi) {
                fromOperator.transferTo(toApi);
            } catch (IOException e) {
                // The other side closed the connection.
            }
        });
        byte[] piece = new byte[8192];
        for (int length = fromApi.read(piece); length >= 0; length = fromApi.read(piece)) {
            toOperator.write(piece, 0, length);
            toOperator.flush();
        }
    }

    @Override
    public void close() {
        release();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
