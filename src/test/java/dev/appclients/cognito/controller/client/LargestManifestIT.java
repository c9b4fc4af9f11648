package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.model.EchoedRequest;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests at their limits: the API server accepts the status of each, and reconciliation settles. */
class LargestManifestIT extends OnStage {

    private static final String KEY = "\uD83D\uDD11";

    @Test
    void aLoginUrlThatIsTooLongIsOmitted() {
        stage.applyClient("web", """
                appType: Confidential
                allowedOAuthFlows: [code]
                allowedOAuthScopes: [openid]
                callbackURLs: ["https://shop.example.com/%s"]
                """.formatted("ü".repeat(999)));
        stage.applyClient("wide", """
                appType: Confidential
                allowedOAuthFlows: [code]
                allowedOAuthScopes: [openid]
                callbackURLs: ["https://shop.example.com/%s"]
                """.formatted(KEY.repeat(999)));

        assertThat(stage.awaitReady("wide").loginURL()).isNull();
        assertThat(stage.awaitReady("web").loginURL()).hasSizeLessThanOrEqualTo(8192);
        assertSettled("wide");
    }

    @Test
    void theStatusOfTheLongestListsIsAccepted() {
        stage.applyClient("web", """
                appType: Confidential
                allowedOAuthFlows: [code]
                allowedOAuthScopes: [openid]
                callbackURLs: %s
                logoutURLs: %s
                """.formatted(urls(100), urls(100)));

        stage.awaitReady("web");
        assertSettled("web");
    }

    @Test
    void theDriftOfAnObservedClientIsTruncatedAndSettles() {
        stage.applyClient("web", WEB);
        String id = Objects.requireNonNull(stage.awaitReady("web").clientId());
        stage.applyClient("web", """
                appType: Confidential
                mode: Observe
                allowedOAuthFlows: [code]
                allowedOAuthScopes: [openid]
                callbackURLs: %s
                logoutURLs: %s
                """.formatted(urls(100), urls(100)));

        stage.awaitCondition("web", "Drifted", "True", "Drifted");
        assertThat(stage.awaitReady("web").drift()).allSatisfy(field -> {
            assertThat(field.desired().codePointCount(0, field.desired().length()))
                    .isLessThanOrEqualTo(1024);
        });
        assertThat(stage.status("web").clientId()).isEqualTo(id);
        assertSettled("web");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_024, 1_100, 60_000})
    void aRequestOfAnyLengthIsHandledOnce(int length) {
        String request = KEY.repeat(length);
        stage.applyClient("web");
        stage.awaitReady("web");
        stage.forgetCalls();

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, request);
        stage.annotatePool(POOL, Annotations.RECONCILE_REQUESTED_AT, request);

        stage.eventually().untilAsserted(() -> {
            assertThat(stage.status("web").lastHandledReconcileAt()).isEqualTo(EchoedRequest.of(request));
            assertThat(stage.pool().getStatus().lastHandledReconcileAt()).isEqualTo(EchoedRequest.of(request));
        });
        assertThat(stage.calls())
                .containsExactlyInAnyOrder("DescribeUserPoolClient", "DescribeUserPool", "DescribeUserPoolDomain");
        assertSettled("web");

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, request + "2");
        stage.eventually().until(() -> stage.calls().contains("DescribeUserPoolClient"));
    }

    /** Asserts that a reconciliation without a change causes no call and no status write. */
    private void assertSettled(String name) {
        stage.wake(name);
        String version = stage.client(name).getMetadata().getResourceVersion();
        stage.forgetCalls();

        stage.wake(name);

        assertThat(stage.calls()).isEmpty();
        assertThat(stage.client(name).getMetadata().getResourceVersion()).isEqualTo(version);
    }

    private static String urls(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"https://shop.example.com/" + KEY.repeat(900) + i + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
