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
import java.util.function.Consumer;
import javax.net.SocketFactory;

/**
 * Proxies all traffic of one operator to Kubernetes and Cognito, and records its calls. At a chosen call the proxy can close.
 * From then on, no data of the operator reaches either API, as after SIGKILL.
 */
final class FaultProxy implements AutoCloseable {

    private final List<Call> calls = new ArrayList<>();
    private final List<InjectedFault> faults = new CopyOnWriteArrayList<>();
    private final WatchBehavior watches;
    private final ApiProxy kubernetes;
    private final ApiProxy cognito;
    private volatile CountDownLatch namespaces = new CountDownLatch(0);
    private volatile Runnable onCrash = () -> {};
    private volatile Consumer<Message> onSecretDeletion = request -> {};
    private volatile boolean closed;

    FaultProxy(URI simulator, WatchBehavior watches) {
        this.watches = watches;
        Config config = TestCluster.operatorConfig();
        URI server = URI.create(config.getMasterUrl());
        SocketFactory tls = tls(config);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        kubernetes = new ApiProxy(this, Call::onKubernetes, () -> tls.createSocket(loopback, server.getPort()));
        cognito = new ApiProxy(this, Call::onCognito, () -> new Socket(loopback, simulator.getPort()));
    }

    /** The operator's connection to Kubernetes. */
    Config kubernetesConfig() {
        return new ConfigBuilder(TestCluster.operatorConfig())
                .withMasterUrl(kubernetesUri().toString())
                .withHttp2Disable(true)
                .build();
    }

    URI kubernetesUri() {
        return URI.create("http://127.0.0.1:" + kubernetes.port() + "/");
    }

    /** The operator's endpoint for Cognito. */
    URI cognito() {
        return URI.create("http://127.0.0.1:" + cognito.port());
    }

    WatchBehavior watches() {
        return watches;
    }

    /** Sets an action that runs first when the operator crashes, such as SIGKILL of its process. */
    void onCrash(Runnable action) {
        onCrash = action;
    }

    /** Sets an action that runs before Cognito receives a request to delete a client secret. */
    void onSecretDeletion(Consumer<Message> action) {
        onSecretDeletion = action;
    }

    InjectedFault arm(InjectedFault fault) {
        faults.add(fault);
        return fault;
    }

    /** Removes all faults. */
    void clearFaults() {
        faults.clear();
    }

    /** The number of faults that have hit a call and were not removed. */
    int faultsHit() {
        return (int) faults.stream().filter(InjectedFault::hasHit).count();
    }

    /** Clears the recorded calls. */
    void clearCalls() {
        synchronized (calls) {
            calls.clear();
        }
    }

    int callCount() {
        synchronized (calls) {
            return calls.size();
        }
    }

    /** The calls since {@link #clearCalls}, in the order in which they were received. */
    List<NthCall> calls() {
        Map<Call, Integer> counted = new HashMap<>();
        synchronized (calls) {
            return calls.stream()
                    .map(call -> new NthCall(call, counted.merge(call, 1, Integer::sum)))
                    .toList();
        }
    }

    /** Holds back all namespace events from now on. */
    void holdNamespaces() {
        namespaces = new CountDownLatch(1);
    }

    /** Delivers the held namespace events. */
    void releaseNamespaces() {
        namespaces.countDown();
    }

    /** Blocks while the events of this watch are held. */
    void awaitEvents(Call watch) {
        if (watch.operation().equals("watch namespaces")) {
            try {
                namespaces.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Crashes the operator: no later call and no answer in flight is delivered. */
    void crash() {
        closed = true;
        namespaces.countDown();
        onCrash.run();
        kubernetes.cut();
        cognito.cut();
    }

    boolean isClosed() {
        return closed;
    }

    /** Records a call, and returns the faults that hit it; at most one. */
    List<InjectedFault> received(Call call, Message request) {
        if (call.isWatch()) {
            return List.of();
        }
        if (call.operation().equals("DeleteUserPoolClientSecret")) {
            onSecretDeletion.accept(request);
        }
        synchronized (calls) {
            calls.add(call);
            return faults.stream().filter(fault -> fault.hits(call, request)).toList();
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
