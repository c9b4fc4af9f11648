package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.controller.rotation.Workload.Reading;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.simulator.Simulator;
import dev.appclients.cognito.simulator.SimulatorClock;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Workloads that authenticate all the time, each with the value that it sees. Their time is the simulator's. It passes only between two
 * authentications, never in the middle of one.
 */
final class Fleet implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(5);

    /** One in so many authentications goes over HTTP. */
    private static final int HTTP_SAMPLE = 100;

    private final Simulator simulator;
    private final KubernetesClient kubernetes;
    private final Random random;
    private final List<Workload> workloads = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService running = Executors.newSingleThreadScheduledExecutor();
    private long authentications;
    private long overHttp;

    Fleet(Simulator simulator, KubernetesClient kubernetes, long seed) {
        this.simulator = simulator;
        this.kubernetes = kubernetes;
        this.random = new Random(seed);
        running.scheduleWithFixedDelay(
                this::authenticate, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Adds a workload that mounts a Secret with the key {@code client-secret}. It starts when its Secret exists. */
    Workload add(String clientId, String namespace, String secret) {
        return add(clientId, namespace, secret, "client-secret", Reading.FILES);
    }

    /** Adds a workload, which starts when its Secret exists. */
    synchronized Workload add(String clientId, String namespace, String secret, String key, Reading reading) {
        Workload workload = new Workload(clientId, namespace, secret, key, reading, new Random(random.nextLong()));
        workloads.add(workload);
        return workload;
    }

    /** Shows the workloads the Secrets that the API server has, and then lets this much time pass. */
    void pass(Duration time) {
        observe();
        authenticateOverHttp();
        synchronized (this) {
            simulator.clock().advance(time);
            authenticate();
        }
    }

    /** Shows the workloads the Secrets that the API server has. */
    void observe() {
        Map<String, Secret> live = new HashMap<>();
        kubernetes
                .secrets()
                .inAnyNamespace()
                .withLabel(Marks.CLIENT_UID)
                .list()
                .getItems()
                .forEach(secret -> live.put(
                        secret.getMetadata().getNamespace() + "/"
                                + secret.getMetadata().getName(),
                        secret));
        synchronized (this) {
            Instant now = simulator.clock().instant();
            for (Workload workload : workloads) {
                Secret secret = live.get(workload.namespace() + "/" + workload.secret());
                if (secret != null) {
                    workload.stores(secret, now);
                }
            }
        }
    }

    synchronized List<Workload> of(String clientId) {
        return workloads.stream()
                .filter(workload -> workload.clientId().equals(clientId))
                .toList();
    }

    /** Moves a workload to another node. */
    synchronized void move(Workload workload) {
        workload.move();
    }

    synchronized boolean haveStarted() {
        return workloads.stream().allMatch(Workload::hasStarted);
    }

    synchronized int size() {
        return workloads.size();
    }

    synchronized long authentications() {
        return authentications;
    }

    synchronized long overHttp() {
        return overHttp;
    }

    synchronized Duration longestLag(Reading reading) {
        return workloads.stream()
                .filter(workload -> workload.reading() == reading)
                .map(Workload::longestLag)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private synchronized void authenticate() {
        SimulatorClock clock = simulator.clock();
        for (Workload workload : workloads) {
            if (workload.hasStarted()) {
                simulator.authenticate(workload.clientId(), workload.mountedValue(clock.instant()));
                authentications++;
            }
        }
    }

    /** Holds the lock, so that no time passes between the read of the files and the answer. */
    private synchronized void authenticateOverHttp() {
        Workload workload = workloads.get(random.nextInt(workloads.size()));
        if (authentications < HTTP_SAMPLE * overHttp || !workload.hasStarted()) {
            return;
        }
        String value = workload.mountedValue(simulator.clock().instant());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.endpoint() + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded");
        String grant = "grant_type=client_credentials";
        if (overHttp % 2 == 0) {
            String credentials = workload.clientId() + ":" + value;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        } else {
            grant += "&client_id=" + workload.clientId() + "&client_secret="
                    + URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
        send(request.POST(HttpRequest.BodyPublishers.ofString(grant)).build());
        authentications++;
        overHttp++;
    }

    private void send(HttpRequest request) {
        try {
            http.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        running.shutdownNow();
        http.close();
    }
}
