package dev.appclients.cognito.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolDomain;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.plan.DesiredClient;
import dev.appclients.cognito.status.LoginPage.Verdict;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether users have a page to sign in on, and the fault if they have none. */
class LoginPageTest {

    private static final String WEB = "appType: Confidential\nallowedOAuthFlows: [code]\n";
    private static final String WITHOUT_PROVIDER = "appType: Other\nallowedOAuthFlows: [code]\n";

    @ParameterizedTest
    @CsvSource({"1, AVAILABLE", "2, STYLE_NOT_CHECKED", ", VERSION_UNKNOWN", "3, VERSION_UNKNOWN"})
    void theLoginVersionOfTheDomainDecidesWhetherAStyleIsNeeded(@Nullable Integer version, Verdict verdict) {
        assertThat(page(WEB, new PoolDomain("auth.example.com", version)).verdict())
                .isEqualTo(verdict);
    }

    @Test
    void managedLoginNamesTheCommandThatCreatesAStyleAndTheMissingCheck() {
        assertThat(page(WEB, new PoolDomain("auth.example.com", 2)).message())
                .contains(
                        "managed login (version 2), which needs a style for this client.",
                        "The operator has not checked whether there is one.",
                        "aws cognito-idp create-managed-login-branding --user-pool-id eu-west-1_AbCdEf123 --client-id 3abc"
                                + " --use-cognito-provided-values");
    }

    @Test
    void withoutADomainThereIsNoPage() {
        assertThat(page(WEB, null))
                .satisfies(page -> assertThat(page.verdict()).isEqualTo(Verdict.NO_DOMAIN))
                .satisfies(page ->
                        assertThat(page.message()).contains("no active domain").doesNotContain("provider"));
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void withoutAProviderNoUserCanSignIn(Integer version) {
        assertThat(page(WITHOUT_PROVIDER, new PoolDomain("auth.example.com", version)))
                .satisfies(page -> assertThat(page.verdict()).isEqualTo(Verdict.NO_PROVIDER))
                .satisfies(page -> assertThat(page.message()).contains("supportedIdentityProviders"));
    }

    @Test
    void whereDomainAndProviderAreMissingBothAreNamed() {
        assertThat(page(WITHOUT_PROVIDER, null))
                .satisfies(page -> assertThat(page.verdict()).isEqualTo(Verdict.NO_DOMAIN))
                .satisfies(
                        page -> assertThat(page.message()).contains("no active domain", "supportedIdentityProviders"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "appType: Public",
                "appType: MachineToMachine",
                "appType: Public\nallowedOAuthFlows: [code]\nallowedOAuthFlowsUserPoolClient: false"
            })
    void aClientThatSendsNoUserToAPageNeedsNone(String spec) {
        assertThat(page(spec, null)).isEqualTo(LoginPage.NOT_REQUIRED);
    }

    private static LoginPage page(String spec, @Nullable PoolDomain domain) {
        DesiredClient client = DesiredClient.of(
                Serialization.unmarshal(spec, UserPoolClientSpec.class), "shop", "web", "0f1e2d3c4b5a");
        PoolFacts pool = new PoolFacts(
                new PoolArn("arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEf123"),
                "https://issuer",
                domain,
                "ESSENTIALS",
                null);
        return LoginPage.of(client.settings(), pool, "3abc");
    }
}
