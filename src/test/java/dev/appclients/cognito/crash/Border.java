package dev.appclients.cognito.crash;

import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.SocketFactory;

/**
 * Where everything passes that one operator says to Kubernetes and to Cognito. What passes is written down; at a chosen call
 * the border can close, and from then on nothing of that operator reaches anybody: to both APIs that is what SIGKILL looks
 * like.
 */
final class Border implements AutoCloseable {

    private final List<Call> calls = new ArrayList<>();
    private final List<Strike> strikes = new CopyOnWriteArrayList<>();
    private final Mood mood;
    private final Wire kubernetes;
    private final Wire cognito;
    private volatile CountDownLatch namespaces = new CountDownLatch(0);
    private volatile Runnable death = () -> {};
    private volatile boolean closed;

    Border(URI simulator, Mood mood) {
        this.mood = mood;
        Config config = TestCluster.operatorConfig();
        URI server = URI.create(config.getMasterUrl());
        SocketFactory tls = tls(config);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        kubernetes = new Wire(this, Call::onKubernetes, () -> tls.createSocket(loopback, server.getPort()));
        cognito = new Wire(this, Call::onCognito, () -> new Socket(loopback, simulator.getPort()));
    }

    /** How the operator reaches Kubernetes. */
    Config kubernetesConfig() {
        return new ConfigBuilder(TestCluster.operatorConfig())
                .withMasterUrl(kubernetesUri().toString())
                .withHttp2Disable(true)
                .build();
    }

    URI kubernetesUri() {
        return URI.create("http://127.0.0.1:" + kubernetes.port() + "/");
    }

    /** How the operator reaches Cognito. */
    URI cognito() {
        return URI.create("http://127.0.0.1:" + cognito.port());
    }

    Mood mood() {
        return mood;
    }

    /** What else is done when the operator is to die, before anything else: to a process, SIGKILL. */
    void onDeath(Runnable action) {
        death = action;
    }

    Strike arm(Strike strike) {
        strikes.add(strike);
        return strike;
    }

    /** No strike comes any more. */
    void forgive() {
        strikes.clear();
    }

    /** A scenario begins: what has passed before is forgotten. */
    void begin() {
        synchronized (calls) {
            calls.clear();
        }
    }

    int passed() {
        synchronized (calls) {
            return calls.size();
        }
    }

    /** Every call of the scenario, in the order in which they came. */
    List<Moment> moments() {
        Map<Call, Integer> counted = new HashMap<>();
        synchronized (calls) {
            return calls.stream()
                    .map(call -> new Moment(call, counted.merge(call, 1, Integer::sum)))
                    .toList();
        }
    }

    /** From now on the operator hears nothing of namespaces. */
    void holdNamespaces() {
        namespaces = new CountDownLatch(1);
    }

    /** The operator hears of namespaces again, and of what it missed. */
    void releaseNamespaces() {
        namespaces.countDown();
    }

    /** Waits as long as the events of this watch are held. */
    void awaitEvents(Call watch) {
        if (watch.what().equals("watch namespaces")) {
            try {
                namespaces.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The end: whatever comes from now on, and every answer still under way, reaches nobody. */
    void die() {
        closed = true;
        namespaces.countDown();
        death.run();
        kubernetes.cut();
        cognito.cut();
    }

    boolean isClosed() {
        return closed;
    }

    /** Writes a call down, and says what is to happen to it; at most one strike hits a call. */
    List<Strike> arrived(Call call, Message request) {
        if (call.isWatch()) {
            return List.of();
        }
        synchronized (calls) {
            calls.add(call);
            return strikes.stream().filter(strike -> strike.hits(call, request)).toList();
        }
    }

    @Override
    public void close() {
        closed = true;
        kubernetes.close();
        cognito.close();
    }

    private static SocketFactory tls(Config config) {
        try {
            return SSLUtils.sslContext(config).getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
