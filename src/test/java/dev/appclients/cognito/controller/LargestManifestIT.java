package dev.appclients.cognito.controller;

import static dev.appclients.cognito.controller.Stage.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.EchoedRequest;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests at their bounds: each has a status that the API server takes, and comes to rest. */
class LargestManifestIT extends OnStage {

    private static final String KEY = "\uD83D\uDD11";

    @Test
    void aCallbackThatMakesTheLoginUrlTooLongLeavesItOut() {
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
        staysAtRest("wide");
    }

    @Test
    void theLongestListsHaveAStatus() {
        stage.applyClient("web", """
                appType: Confidential
                allowedOAuthFlows: [code]
                allowedOAuthScopes: [openid]
                callbackURLs: %s
                logoutURLs: %s
                """.formatted(urls(100), urls(100)));

        stage.awaitReady("web");
        staysAtRest("web");
    }

    @Test
    void theDriftOfAnObservedClientIsCutAndComesToRest() {
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
        staysAtRest("web");
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
        staysAtRest("web");

        stage.annotate("web", Annotations.RECONCILE_REQUESTED_AT, request + "2");
        stage.eventually().until(() -> stage.calls().contains("DescribeUserPoolClient"));
    }

    /** Woken without a change, neither the client nor its pool costs a call or another status. */
    private void staysAtRest(String name) {
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
