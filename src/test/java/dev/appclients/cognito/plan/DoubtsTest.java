package dev.appclients.cognito.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubtsTest {

    @Test
    void whatEveryTypeFillsInRaisesNone() {
        assertThat(about("appType: Public")).isEmpty();
        assertThat(about("appType: Confidential")).isEmpty();
        assertThat(about("appType: MachineToMachine, allowedOAuthScopes: [orders/read]"))
                .isEmpty();
        assertThat(about("appType: Other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            appType: Public, allowedOAuthFlows: [code], callbackURLs: ["https://a"], allowedOAuthScopes: [email] | without openid
            appType: Public, enablePropagateAdditionalUserContextData: true | needs a client secret
            appType: MachineToMachine, allowedOAuthScopes: [openid] | client_credentials without a scope
            appType: Public, explicitAuthFlows: [ALLOW_USER_SRP_AUTH] | no ALLOW_REFRESH_TOKEN_AUTH
            appType: Public, callbackURLs: ["https://a"] | allowedOAuthFlowsUserPoolClient is false
            appType: Public, allowedOAuthFlows: [code], callbackURLs: ["http://localhost:3000"], allowedOAuthScopes: [openid] | callbackURLs has plain http
            """)
    void eachDoubtIsOneSentenceThatNamesTheField(String spec, String expected) {
        assertThat(about(spec)).singleElement().asString().contains(expected);
    }

    @Test
    void rotationNeedsNoRefreshFlow() {
        assertThat(about("appType: Public, refreshTokenRotation: {feature: ENABLED}"))
                .isEmpty();
    }

    private static List<String> about(String spec) {
        UserPoolClient client = Serialization.unmarshal(
                "--- {apiVersion: cognito.appclients.dev/v1beta1, kind: UserPoolClient, metadata: {name: web}, spec: {userPoolRef:"
                        + " {name: p}, " + spec + "}}",
                UserPoolClient.class);
        return Doubts.about(DesiredClient.of(client.getSpec(), "shop", "web", "0f3b0138-19e4-4aa4-b8e9-7a2390c57c96"));
    }
}
