package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * T3 and T17: a client in a shared pool has a callback URL of the attacker, or scopes, flows, token lifetimes or attributes that give it the
 * rights of another application. {@code UrlPatternTest} attacks the URL patterns with many more texts.
 */
class T03SettingsIT extends OnTenants {

    /** Within every limit of the pool, with the namespace for NS. */
    private static final String PERMITTED = """
            appType: Confidential
            allowedOAuthFlows: [code]
            allowedOAuthScopes: [openid, NS/read]
            callbackURLs: ["https://NS.apps.example.com/callback"]
            readAttributes: [email]
            writeAttributes: [name]
            """;

    private static final String MACHINE = "appType: MachineToMachine\nallowedOAuthFlows: [client_credentials]\n";

    @BeforeEach
    void restrictThePool() {
        stage.simulator().pool("eu-west-1_Shop").resourceServer(attacker(), "read", "write");
        changePool(limits());
    }

    private String limits() {
        return """
                tenancy: Restricted
                namespaces: {from: All}
                allow:
                  callbackURLs: ["https://${namespace}.apps.example.com/*"]
                  oauthScopes: [openid, "${namespace}/read"]
                  readAttributes: [email, name]
                  writeAttributes: [name]
                """;
    }

    @Test
    void aClientWithinTheLimitsWorks() {
        apply(attacker(), client("web", here(PERMITTED)));

        awaitClient(attacker(), "web", "Synced");
    }

    @Test
    void noOtherHostReceivesTheCodesOfUsers() {
        List<String> urls = List.of(
                "https://attacker.example.com/callback",
                "https://NS.apps.example.com.attacker.example/callback",
                "https://NS.apps.example.com@attacker.example/callback",
                "https://attacker.example/NS.apps.example.com/callback",
                "https://NS-admin.apps.example.com/callback",
                "https://admin.NS.apps.example.com/callback",
                "https://apps.example.com/callback",
                "https://NSapps.example.com/callback",
                "https://NS.apps.example.com:8443/callback",
                "https://NS.apps.example.com./callback",
                "https://NS.apps.example.com%2eattacker.example/callback",
                "https://NS.apps.example.com/a/../../other",
                "https://NS.apps.example.com/%2e%2e/other",
                "https://NS.apps.example.com/a%2fb",
                "https://NS.apps.example.com/a?next=https://attacker.example",
                "https://*.apps.example.com/callback",
                "https://NS.apps.ex\u0430mple.com/callback",
                "https://xn--n-0ta.apps.example.com/callback",
                "http://NS.apps.example.com/callback",
                "com.attacker.app://NS.apps.example.com/callback");
        Map<String, String> attacks = new LinkedHashMap<>();
        for (String url : urls) {
            attacks.put(url, PERMITTED.replace("https://NS.apps.example.com/callback", url));
        }

        assertRefused(attacks, "callbackURLs");
    }

    @Test
    void noOtherSettingExceedsItsLimit() {
        Map<String, String> attacks = new LinkedHashMap<>();
        for (String scope : List.of("aws.cognito.signin.user.admin", "orders/read", "NS/write", "NS-admin/read")) {
            attacks.put("scope " + scope, PERMITTED.replace("NS/read", scope));
        }
        attacks.put("implicit flow", PERMITTED.replace("[code]", "[code, implicit]"));
        attacks.put("machine to machine", MACHINE + "allowedOAuthScopes: [orders/write]");
        attacks.put("passwords", PERMITTED + "explicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]");
        attacks.put("passwords of administrators", PERMITTED + "explicitAuthFlows: [ALLOW_ADMIN_USER_PASSWORD_AUTH]");
        attacks.put("passwords by choice", PERMITTED + "explicitAuthFlows: [ALLOW_USER_AUTH]");
        attacks.put("another provider", PERMITTED + "supportedIdentityProviders: [Attacker]");
        attacks.put("access tokens", PERMITTED + "accessTokenValidity: 24h");
        attacks.put("id tokens", PERMITTED + "idTokenValidity: 24h");
        attacks.put("refresh tokens", PERMITTED + "refreshTokenValidity: 3650d");
        attacks.put("user existence", PERMITTED + "preventUserExistenceErrors: LEGACY");
        attacks.put("no revocation", PERMITTED + "enableTokenRevocation: false");
        attacks.put("context data", PERMITTED + "enablePropagateAdditionalUserContextData: true");
        attacks.put("type without limits", PERMITTED.replace("Confidential", "Other") + "generateSecret: true");
        attacks.put("logout", PERMITTED + "logoutURLs: [\"https://attacker.example.com/\"]");
        attacks.put(
                "default redirect",
                PERMITTED.replace("callbackURLs: [", "callbackURLs: [\"https://attacker.example.com/\", ")
                        + "defaultRedirectURI: https://attacker.example.com/");

        assertRefused(attacks, "");
    }

    /** T17: with {@code custom:role} writable, a user of the client gives a role to himself, and another application trusts it. */
    @Test
    void noUserWritesAnAttributeThatAnotherApplicationTrusts() {
        stage.simulator().pool("eu-west-1_Shop").attribute("custom:role", true, false);
        Map<String, String> attacks = new LinkedHashMap<>();
        attacks.put(
                "write a role",
                PERMITTED.replace("writeAttributes: [name]", "writeAttributes: [name, \"custom:role\"]"));
        attacks.put(
                "read a role",
                PERMITTED.replace("readAttributes: [email]", "readAttributes: [email, \"custom:role\"]"));
        attacks.put(
                "analytics",
                PERMITTED
                        + "analyticsConfiguration: {applicationARN: \"arn:aws:mobiletargeting:us-east-1:123456789012:apps/0123456789abcdef0123456789abcdef\"}");
        assertRefused(attacks, "");
    }

    /** T17: without a list, and with an empty one, Cognito permits every attribute and three flows. */
    @Test
    void anAbsentOrEmptyListIsFilledWithTheLimitAndNotWithEverything() {
        apply(attacker(), client("absent", here(PERMITTED.replaceAll("(read|write)Attributes.*\n", ""))));
        apply(
                attacker(),
                client(
                        "empty",
                        here(PERMITTED.replaceAll("Attributes: .*\n", "Attributes: []\n") + "explicitAuthFlows: []")));

        for (String name : List.of("absent", "empty")) {
            awaitClient(attacker(), name, "Synced");
            assertThat(stage.inCognito(name, "WriteAttributes")).isEqualTo("[\"name\"]");
            assertThat(stage.inCognito(name, "ReadAttributes")).isEqualTo("[\"email\",\"name\"]");
            assertThat(stage.inCognito(name, "ExplicitAuthFlows"))
                    .contains("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH")
                    .doesNotContain("CUSTOM");
        }
    }

    /** T17: a pool that limits nothing else still lets no client write every attribute by leaving its lists out. */
    @Test
    void anAbsentListOfThePoolDemandsTheListOfTheClient() {
        changePool(limits().replaceAll("  (read|write)Attributes.*\n", ""));

        assertRefused(Map.of("no lists", PERMITTED.replaceAll("(read|write)Attributes.*\n", "")), "Attributes");
    }

    @Test
    void anAbsentLimitPermitsNoRedirectAndOnlyTheSafeScopes() {
        changePool("tenancy: Restricted\nnamespaces: {from: All}");

        assertRefused(Map.of("callback", PERMITTED.replace(", NS/read", "")), "callbackURLs");
    }

    /** The API server or the operator refuses each of these specs. Nothing reaches Cognito, and no message names an entry of the pool. */
    private void assertRefused(Map<String, String> attacks, String field) {
        stage.forgetCalls();
        Map<String, String> accepted = new LinkedHashMap<>();
        attacks.forEach((attack, spec) -> {
            String name = "attack-" + accepted.size();
            try {
                apply(attacker(), client(name, here(spec)));
                accepted.put(name, attack);
            } catch (KubernetesClientException refused) {
                assertThat(refused.getCode()).as(attack).isEqualTo(422);
            }
        });
        accepted.forEach((name, attack) -> assertThat(awaitClient(attacker(), name, "SettingNotAllowed"))
                .as(attack)
                .contains("allow.", field)
                .doesNotContain("${namespace}", "*.apps.example.com/*"));
        assertThat(stage.calls()).doesNotContain("CreateUserPoolClient");
        assertThat(secretsIn(attacker())).isEmpty();
    }

    private String here(String spec) {
        return spec.replace("NS", attacker());
    }
}
