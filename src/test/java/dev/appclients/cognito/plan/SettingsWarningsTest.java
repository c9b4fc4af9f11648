package dev.appclients.cognito.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.PoolAttributes;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsWarningsTest {

    private static final String LOGIN =
            "allowedOAuthFlows: [code], allowedOAuthScopes: [openid], callbackURLs: [\"https://a\"]";

    private static final PoolAttributes POOL = PoolAttributes.of(
            List.of("custom:role", "custom:tenant", "email", "name", "sub"),
            List.of("email", "sub"),
            List.of("custom:role", "custom:tenant", "email", "name"));

    @Test
    void theDefaultsOfEveryTypeRaiseNoWarning() {
        assertThat(about("appType: Public")).isEmpty();
        assertThat(about("appType: Confidential")).isEmpty();
        assertThat(about("appType: Confidential, " + LOGIN)).isEmpty();
        assertThat(about("appType: MachineToMachine, allowedOAuthScopes: [orders/read]"))
                .isEmpty();
        assertThat(about("appType: Other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            appType: Public, allowedOAuthFlows: [code], callbackURLs: ["https://a"], allowedOAuthScopes: [email] | without openid
            appType: Public, enablePropagateAdditionalUserContextData: true | needs a client secret
            appType: MachineToMachine, allowedOAuthScopes: [orders] | no scope of a resource server
            appType: Public, explicitAuthFlows: [ALLOW_USER_SRP_AUTH] | no ALLOW_REFRESH_TOKEN_AUTH
            appType: Public, callbackURLs: ["https://a"] | allowedOAuthFlowsUserPoolClient is false
            appType: Public, allowedOAuthFlows: [code], callbackURLs: ["http://localhost:3000"], allowedOAuthScopes: [openid] | callbackURLs has a URL with http
            appType: Public, allowedOAuthFlows: [code], callbackURLs: ["javascript:alert(1)"], allowedOAuthScopes: [openid] | callbackURLs has a URL with the scheme javascript
            appType: Public, allowedOAuthFlows: [code], callbackURLs: ["DATA:text/html,x"], allowedOAuthScopes: [openid] | callbackURLs has a URL with the scheme javascript
            appType: Public, allowedOAuthFlows: [code], callbackURLs: ["https://a"], logoutURLs: ["VBScript:x"], allowedOAuthScopes: [openid] | logoutURLs has a URL with the scheme javascript
            appType: Other, allowedOAuthFlows: [code], callbackURLs: ["https://a"], allowedOAuthScopes: [openid] | supportedIdentityProviders is empty
            appType: Other, allowedOAuthFlows: [implicit], callbackURLs: ["https://a"], allowedOAuthScopes: [openid], supportedIdentityProviders: [] | supportedIdentityProviders is empty
            """)
    void eachWarningAppearsOnceAndNamesTheField(String spec, String expected) {
        assertThat(about(spec)).singleElement().asString().contains(expected);
    }

    @Test
    void aMissingRefreshFlowIsAWarningAboutItsEffectOnUsers() {
        assertThat(about("appType: Public, explicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]"))
                .containsExactly(
                        "explicitAuthFlows has no ALLOW_REFRESH_TOKEN_AUTH, so users must sign in again when their"
                                + " access token expires. Add the flow, or enable refreshTokenRotation");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://Internal-IDP-ALB-123.eu-west-1.elb.amazonaws.com/oauth2/idpresponse | https://internal-idp-alb-123.eu-west-1.elb.amazonaws.com/oauth2/idpresponse
            HTTPS://Shop.example.com:8443/Callback?State=A | HTTPS://shop.example.com:8443/Callback?State=A
            https://Me:Pass@SHOP.example.com/ | https://Me:Pass@shop.example.com/
            http://LOCALHOST:3000/CB | http://localhost:3000/CB
            https://BÖSE.example/Ü | https://böse.example/Ü
            """)
    void aCapitalLetterInTheHostIsAWarningWithTheCorrectSpelling(String url, String lowerCase) {
        String urls = LOGIN.replace("https://a", url) + ", logoutURLs: [\"" + url + "\"], defaultRedirectURI: \"" + url
                + "\"";

        assertThat(about("appType: Public, " + urls).stream().filter(warning -> warning.contains("capital letter")))
                .hasSize(3)
                .allSatisfy(warning -> assertThat(warning).endsWith("Write the host in lower case: " + lowerCase))
                .satisfiesExactly(
                        warning -> assertThat(warning).startsWith("callbackURLs"),
                        warning -> assertThat(warning).startsWith("logoutURLs"),
                        warning -> assertThat(warning).startsWith("defaultRedirectURI"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://a/Callback", "https://a?X=Y", "HTTPS://a", "MyApp://Callback", "myapp:Host", "Https:A"})
    void aCapitalLetterElsewhereIsNoWarning(String url) {
        assertThat(about("appType: Public, " + LOGIN.replace("https://a", url))).isEmpty();
    }

    @Test
    void aWarningAboutManyUrlsIsShort() {
        String urls = IntStream.range(0, 100)
                .mapToObj(i -> "\"https://A" + "b".repeat(1000) + i + "\"")
                .collect(Collectors.joining(", "));

        assertThat(about("appType: Public, " + LOGIN.replace("\"https://a\"", urls)))
                .singleElement()
                .satisfies(
                        warning -> assertThat(warning).endsWith("… and 90 more").hasSizeLessThan(3_500));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "appType: Public",
                "appType: Public, writeAttributes: []",
                "appType: Other",
                "appType: Other, explicitAuthFlows: [USER_PASSWORD_AUTH]",
                "appType: Public, explicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]"
            })
    void withoutWriteAttributesTheWarningNamesTheMutableCustomAttributes(String spec) {
        assertThat(about(spec, POOL))
                .containsExactly(
                        "writeAttributes is absent, so users can change every mutable attribute through this client,"
                                + " custom ones too. List the attributes that users may change. Mutable custom attributes of the"
                                + " pool: custom:role, custom:tenant");
    }

    @Test
    void noWarningNamesCustomAttributesThatUsersCannotChange() {
        PoolAttributes immutable = PoolAttributes.of(POOL.names(), POOL.required(), List.of("email", "name"));

        assertThat(about("appType: Public, writeAttributes: [name]", POOL)).isEmpty();
        assertThat(about("appType: Public", immutable)).isEmpty();
        assertThat(about("appType: Public", null)).as("unknown attributes").isEmpty();
        assertThat(about("appType: MachineToMachine, allowedOAuthScopes: [orders/read]", POOL))
                .as("no user signs in")
                .isEmpty();
    }

    @Test
    void rotationNeedsNoRefreshFlow() {
        assertThat(about("appType: Public, refreshTokenRotation: {feature: ENABLED}"))
                .isEmpty();
    }

    private static List<String> about(String spec) {
        return about(spec, null);
    }

    private static List<String> about(String spec, @Nullable PoolAttributes pool) {
        UserPoolClient client = Serialization.unmarshal(
                "--- {apiVersion: cognito.appclients.dev/v1beta1, kind: UserPoolClient, metadata: {name: web}, spec: {userPoolRef:"
                        + " {name: p}, " + spec + "}}",
                UserPoolClient.class);
        return SettingsWarnings.about(
                DesiredClient.of(client.getSpec(), "shop", "web", "0f3b0138-19e4-4aa4-b8e9-7a2390c57c96"), pool);
    }
}
