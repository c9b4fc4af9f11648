package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.JournalEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main path: a client is created, updated and deleted. */
class LifeOfAClientIT {

    private Stage stage;

    @BeforeEach
    void open() {
        stage = Stage.open();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void anAppliedClientBecomesReadyWithOneCallAndACompleteSecret() {
        stage.applyClient("web", """
                appType: Confidential
                allowedOAuthFlows: [code]
                allowedOAuthScopes: [openid, orders/read]
                callbackURLs: ["https://shop.example.com/callback"]
                """);

        UserPoolClientStatus status = stage.awaitReady("web");

        assertThat(stage.simulator().journal().entries())
                .extracting(JournalEntry::operation)
                .containsExactly("CreateUserPoolClient");
        assertThat(stage.cognito()).singleElement().satisfies(client -> {
            assertThat(client.clientId()).isEqualTo(status.clientId());
            assertThat(client.name()).startsWith(stage.namespace() + ".web.");
        });
        assertThat(stage.data("web"))
                .containsEntry("client-id", status.clientId())
                .containsEntry("domain", "shop.auth.eu-west-1.amazoncognito.com")
                .containsEntry("redirect-uri", "https://shop.example.com/callback")
                .containsEntry("scopes", "openid orders/read")
                .containsKeys("client-secret", "issuer", "token-uri", "authorization-uri", "jwks-uri");
    }

    @Test
    void anEditCausesOneUpdateAndChangesNothingElse() {
        stage.applyClient("web");
        String id = stage.awaitReady("web").clientId();
        String secret = stage.data("web").get("client-secret");
        stage.simulator().journal().clear();

        stage.applyClient("web", """
                appType: Confidential
                accessTokenValidity: 30m
                """);

        assertThat(stage.awaitReady("web").clientId()).isEqualTo(id);
        assertThat(stage.simulator().journal().of("UpdateUserPoolClient")).hasSize(1);
        assertThat(stage.simulator().journal().of("CreateUserPoolClient")).isEmpty();
        assertThat(stage.data("web")).containsEntry("client-secret", secret);
    }

    @Test
    void deletingAClientRemovesItFromCognitoAndItsSecretFromTheCluster() {
        stage.applyClient("web");
        stage.awaitReady("web");

        stage.delete("web");

        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
        stage.eventually().until(() -> stage.secret("web") == null);
    }
}
