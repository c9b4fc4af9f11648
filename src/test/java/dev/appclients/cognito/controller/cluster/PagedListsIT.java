package dev.appclients.cognito.controller.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator lists in pages of the configured size. */
class PagedListsIT {

    private static final int PAGE = 2;

    private final Lists lists = new Lists();
    private Stage stage;

    @BeforeEach
    void open() {
        stage = Stage.withoutOperator(Stage.SETTINGS);
        try (RunningOperator first = stage.startOperator()) {
            stage.applyPool();
            for (String name : List.of("a", "b", "c", "d", "e")) {
                stage.applyClient(name);
            }
            List.of("a", "b", "c", "d", "e").forEach(stage::awaitReady);
        }
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void everyKindIsListedInPages() {
        try (RunningOperator operator = start()) {
            stage.applyClient("f");
            stage.awaitReady("f");
            assertThat(operator.remembered()).isPositive();
        }

        for (String kind : List.of("/userpoolclients", "/clusteruserpools", "/secrets", "/namespaces")) {
            assertThat(lists.of(kind))
                    .as("lists of %s", kind)
                    .isNotEmpty()
                    .allMatch(query -> query.contains("limit=2"));
        }
        // The Secrets of other tests may still be there, in namespaces that are being deleted.
        assertThat(lists.of("/userpoolclients")).filteredOn(Lists::isNextPage).hasSizeGreaterThanOrEqualTo(2);
        assertThat(lists.of("/secrets")).filteredOn(Lists::isNextPage).hasSizeGreaterThanOrEqualTo(2);
    }

    /** The API server compacted its history between two pages. The list restarts, and the operator starts. */
    @Test
    void anExpiredPageRestartsTheList() throws IOException {
        HttpServer gone = answering410();
        try {
            lists.expireOnce(
                    "/userpoolclients",
                    URI.create("http://localhost:" + gone.getAddress().getPort()));
            try (RunningOperator operator = start()) {
                stage.applyClient("f");
                stage.awaitReady("f");
                stage.applyClient("a", "appType: Confidential\naccessTokenValidity: 30m");
                stage.awaitReady("a");
                assertThat(operator.remembered()).isPositive();
            }
        } finally {
            gone.stop(0);
        }

        assertThat(lists.expired()).isTrue();
        assertThat(lists.of("/userpoolclients")).filteredOn(Lists::isNextPage).hasSizeGreaterThanOrEqualTo(3);
        assertThat(stage.inCognito("a", "AccessTokenValidity")).isEqualTo("30");
    }

    /** The operator asks the API server too, and reads no client of another pool. */
    @Test
    void deletingAPoolReadsOneClientAtMost() {
        stage.applyPool("unused", "namespaces: {from: All}");
        try (RunningOperator operator = start()) {
            stage.eventually().until(() -> operator.remembered() > 0);
            stage.eventually()
                    .until(() ->
                            !stage.pool("unused").getMetadata().getFinalizers().isEmpty());
            lists.clear();

            stage.admin().resources(ClusterUserPool.class).withName("unused").delete();

            stage.eventually()
                    .until(() -> stage.admin()
                                    .resources(ClusterUserPool.class)
                                    .withName("unused")
                                    .get()
                            == null);
        }

        assertThat(lists.of("/userpoolclients"))
                .isNotEmpty()
                .allMatch(query ->
                        query.contains("limit=1") && query.contains("fieldSelector=spec.userPoolRef.name=unused"));
    }

    private RunningOperator start() {
        return RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(Stage.SETTINGS)
                        .withHttp(http -> http.addOrReplaceInterceptor("lists", lists))
                        .withPageSize(PAGE));
    }

    private static HttpServer answering410() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = """
                    {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Expired","code":410,
                     "message":"The provided continue parameter is too old to display a consistent list result."}
                    """.getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(410, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** The list requests of the operator, without watches. */
    private static final class Lists implements Interceptor {

        private final ConcurrentLinkedQueue<URI> asked = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean expires = new AtomicBoolean();
        private volatile String expiring = "";
        private volatile URI gone = URI.create("http://localhost");

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            URI uri = request.uri();
            String query = String.valueOf(uri.getRawQuery());
            if (!request.method().equals("GET") || query.contains("watch=") || !isCollection(uri.getPath())) {
                return;
            }
            asked.add(uri);
            if (isNextPage(query)
                    && !expiring.isEmpty()
                    && uri.getPath().endsWith(expiring)
                    && expires.compareAndSet(true, false)) {
                builder.uri(gone);
            }
        }

        private static boolean isCollection(String path) {
            return path.matches(".*/(userpoolclients|clusteruserpools|secrets|namespaces)");
        }

        static boolean isNextPage(String query) {
            return query.contains("continue=");
        }

        void expireOnce(String kind, URI gone) {
            this.gone = gone;
            expiring = kind;
            expires.set(true);
        }

        boolean expired() {
            return !expires.get();
        }

        void clear() {
            asked.clear();
        }

        /** The queries, decoded. */
        List<String> of(String kind) {
            return asked.stream()
                    .filter(uri -> uri.getPath().endsWith(kind))
                    .map(uri -> URLDecoder.decode(String.valueOf(uri.getRawQuery()), UTF_8))
                    .toList();
        }
    }
}
