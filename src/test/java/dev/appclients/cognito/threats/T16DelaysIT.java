package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** T16: the namespace of one tenant refuses or delays each write, and so delays the copies of other tenants. */
class T16DelaysIT extends OnCopies {

    private static final int OTHERS = 5;

    private ValidatingWebhookConfiguration webhook;

    @AfterEach
    void removeTheWebhook() {
        if (webhook != null) {
            stage.admin().resource(webhook).delete();
        }
    }

    /** The webhook accepts connections and never answers, so each write there takes its timeout of ten seconds. */
    @Test
    void aNamespaceWithAHangingWebhookDoesNotDelayTheCopiesOfOthers() throws IOException {
        try (ServerSocket blackHole = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String slow = namespace(Map.of("webhook", attacker()));
            List<String> others = new ArrayList<>();
            for (int i = 0; i < OTHERS; i++) {
                others.add(namespace());
            }
            hang(blackHole.getLocalPort());
            Map<String, String> source = publish(attacker(), "web", offer(slow + ", " + String.join(", ", others)));
            for (int i = 0; i < OTHERS; i++) {
                apply(slow, claim("web-" + i, attacker(), "web", "{name: web-" + i + "}"));
            }
            stage.eventually().until(() -> isAsked(blackHole));

            others.forEach(name -> apply(name, claim("web", attacker(), "web", "{name: web-oidc}")));
            others.forEach(name -> awaitCopy(name, "web-oidc", source));
            assertThat(secretsIn(slow))
                    .as("copies that the webhook still holds up")
                    .isEmpty();

            // A changed value of the source reaches the others too.
            apply(attacker(), client("web", """
                    appType: Confidential
                    allowedOAuthFlows: [code]
                    allowedOAuthScopes: [openid]
                    callbackURLs: ["https://shop.example.com/callback"]
                    """ + offer(slow + ", " + String.join(", ", others))));
            for (String name : others) {
                stage.eventually()
                        .untilAsserted(() -> assertThat(data(name, "web-oidc"))
                                .containsEntry("redirect-uri", "https://shop.example.com/callback"));
            }
            assertThat(secretsIn(slow)).isEmpty();
            awaitClient(attacker(), "web", "Synced");
        }
    }

    private void hang(int port) {
        webhook = Serialization.unmarshal("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: hangs-%1$s}
                webhooks:
                - name: hangs.example.com
                  clientConfig: {url: "https://127.0.0.1:%2$d/"}
                  rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [secrets]}]
                  namespaceSelector: {matchLabels: {webhook: %1$s}}
                  admissionReviewVersions: [v1]
                  sideEffects: None
                  failurePolicy: Fail
                  timeoutSeconds: 10
                """.formatted(attacker(), port), ValidatingWebhookConfiguration.class);
        stage.admin().resource(webhook).create();
    }

    private static boolean isAsked(ServerSocket blackHole) throws IOException {
        blackHole.setSoTimeout(1);
        // Never closed and never answered.
        return blackHole.accept().isConnected();
    }
}
