package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Truncated answers of Cognito. The operator treats such a call as failed, reports it and retries it. */
class BrokenAnswersIT extends OnStage {

    @Test
    void aCreateWithATruncatedAnswerLeavesOneClient() {
        reset("CreateUserPoolClient");

        stage.applyClient("web", WEB);

        clock.advance(settings().createSettlesAfter());
        stage.awaitReady("web");
        assertThat(stage.cognito()).hasSize(1);
        assertThat(stage.simulator().journal().of("CreateUserPoolClient")).hasSize(1);
        assertThat(stage.data("web")).containsKey("client-secret");
    }

    @Test
    void aDescribeAndAnUpdateWithTruncatedAnswersAreRetriedUntilTheClientIsSynced() {
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        Map<String, String> before = stage.data("web");

        reset("DescribeUserPoolClient");
        stage.deleteSecret("web");
        stage.eventually().untilAsserted(() -> assertThat(stage.data("web")).isEqualTo(before));

        reset("UpdateUserPoolClient");
        stage.applyClient("web", WEB.replace("/callback", "/other"));
        stage.awaitReady("web");
        assertThat(stage.inCognito("web", "CallbackURLs")).contains("/other");
        assertThat(stage.events("web")).contains("CognitoUnreachable");
    }

    private void reset(String operation) {
        stage.simulator().faults().on(operation).times(1).resetInAnswer();
    }
}
