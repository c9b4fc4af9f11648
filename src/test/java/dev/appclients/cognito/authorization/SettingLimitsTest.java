package dev.appclients.cognito.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.AwsAccess;
import dev.appclients.cognito.api.v1beta1.AwsIdentity;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolSpec;
import dev.appclients.cognito.api.v1beta1.PoolLimits;
import dev.appclients.cognito.api.v1beta1.Tenancy;
import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import dev.appclients.cognito.model.NamespaceSnapshot;
import dev.appclients.cognito.plan.DesiredClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of a Restricted pool on effective settings. */
class SettingLimitsTest {

    private static final NamespaceSnapshot SHOP = new NamespaceSnapshot("shop", Map.of());
    private static final String CALLBACK =
            "allowedOAuthFlows: [code], allowedOAuthScopes: [openid], callbackURLs: ['https://shop.example.com/cb']";

    /** Every row of the first column extends limits that permit the attributes and the URLs of most manifests. */
    @ParameterizedTest(name = "{1} under {0}: {2}")
    @CsvSource(delimiter = '|', nullValues = "allowed", textBlock = """
            {}                                          | appType: Public                                                    | allowed
            {}                                          | appType: Confidential                                              | allowed
            {}                                          | appType: MachineToMachine                                          | allowed
            {}                                          | appType: Other, explicitAuthFlows: [ALLOW_USER_SRP_AUTH]           | appType 'Other' (allow.appTypes)
            appTypes: [Other]                           | appType: Other, explicitAuthFlows: [ALLOW_USER_SRP_AUTH]           | allowed
            appTypes: [Other]                           | appType: Public                                                    | appType 'Public' (allow.appTypes)
            appTypes: []                                | appType: Public                                                    | appType 'Public' (allow.appTypes)
            appTypes: [Tomorrow]                        | appType: Public                                                    | appType 'Public' (allow.appTypes)
            appTypes: [Other]                           | appType: Other                                                     | explicitAuthFlows 'ALLOW_CUSTOM_AUTH in an empty list' (allow.authFlows)
            authFlows: [ALLOW_USER_SRP_AUTH]            | appType: Public                                                    | explicitAuthFlows 'ALLOW_REFRESH_TOKEN_AUTH' (allow.authFlows)
            authFlows: []                               | appType: MachineToMachine                                          | explicitAuthFlows 'ALLOW_REFRESH_TOKEN_AUTH' (allow.authFlows)
            {}                                          | appType: Public, explicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]     | explicitAuthFlows 'ALLOW_USER_PASSWORD_AUTH' (allow.authFlows)
            {}                                          | appType: Public, explicitAuthFlows: [ALLOW_CUSTOM_AUTH]            | explicitAuthFlows 'ALLOW_CUSTOM_AUTH' (allow.authFlows)
            {}                                          | appType: Public, explicitAuthFlows: [ALLOW_USER_AUTH]              | explicitAuthFlows 'ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH in ALLOW_USER_AUTH' (allow.authFlows)
            authFlows: [ALLOW_USER_AUTH, ALLOW_USER_SRP_AUTH] | appType: Public, explicitAuthFlows: [ALLOW_USER_AUTH]        | explicitAuthFlows 'ALLOW_USER_PASSWORD_AUTH in ALLOW_USER_AUTH' (allow.authFlows)
            authFlows: [ALLOW_USER_AUTH, ALLOW_USER_SRP_AUTH, ALLOW_USER_PASSWORD_AUTH] | appType: Public, explicitAuthFlows: [ALLOW_USER_AUTH] | allowed
            {}                                          | appType: Confidential, explicitAuthFlows: [ADMIN_NO_SRP_AUTH]      | explicitAuthFlows 'ALLOW_ADMIN_USER_PASSWORD_AUTH in ADMIN_NO_SRP_AUTH', 'ALLOW_CUSTOM_AUTH in ADMIN_NO_SRP_AUTH' (allow.authFlows)
            {}                                          | appType: Confidential, explicitAuthFlows: [USER_PASSWORD_AUTH]     | explicitAuthFlows 'ALLOW_USER_PASSWORD_AUTH in USER_PASSWORD_AUTH', 'ALLOW_CUSTOM_AUTH in USER_PASSWORD_AUTH' (allow.authFlows)
            {}                                          | appType: Confidential, explicitAuthFlows: [CUSTOM_AUTH_FLOW_ONLY]  | explicitAuthFlows 'ALLOW_CUSTOM_AUTH in CUSTOM_AUTH_FLOW_ONLY' (allow.authFlows)
            {}                                          | appType: Confidential, explicitAuthFlows: [ALLOW_TOMORROW]         | explicitAuthFlows 'ALLOW_TOMORROW' (allow.authFlows)
            {}                                          | appType: MachineToMachine, explicitAuthFlows: [ALLOW_USER_SRP_AUTH] | explicitAuthFlows 'ALLOW_USER_SRP_AUTH' (allow.authFlows)
            {}                                          | appType: Public, refreshTokenRotation: {feature: ENABLED, retryGracePeriod: 60s} | allowed
            authFlows: [ALLOW_USER_SRP_AUTH]            | appType: Public, refreshTokenRotation: {feature: ENABLED}          | refreshTokenRotation 'ENABLED' (allow.authFlows)
            {}                                          | appType: Public, accessTokenValidity: 61m                          | accessTokenValidity '61m' (allow.maxTokenValidity.access)
            {}                                          | appType: Public, accessTokenValidity: 60m                          | allowed
            {}                                          | appType: Public, idTokenValidity: 2h                               | idTokenValidity '2h' (allow.maxTokenValidity.id)
            {}                                          | appType: Public, refreshTokenValidity: 31d                         | refreshTokenValidity '31d' (allow.maxTokenValidity.refresh)
            maxTokenValidity: {access: 2h}              | appType: Public, accessTokenValidity: 120m                         | allowed
            maxTokenValidity: {access: 2h}              | appType: Public, idTokenValidity: 2h                               | idTokenValidity '2h' (allow.maxTokenValidity.id)
            maxTokenValidity: {refresh: 1d}             | appType: Public                                                    | refreshTokenValidity '30d' (allow.maxTokenValidity.refresh)
            maxTokenValidity: {refresh: 1d}             | appType: Public, refreshTokenValidity: 24h                         | allowed
            {}                                          | appType: Public, enableTokenRevocation: false                      | enableTokenRevocation 'false' (allow.settings)
            settings: [NoTokenRevocation]               | appType: Public, enableTokenRevocation: false                      | allowed
            {}                                          | appType: Public, preventUserExistenceErrors: LEGACY                | preventUserExistenceErrors 'LEGACY' (allow.settings)
            settings: [LegacyUserExistenceErrors]       | appType: Public, preventUserExistenceErrors: LEGACY                | allowed
            settings: [NoTokenRevocation]               | appType: Public, preventUserExistenceErrors: LEGACY                | preventUserExistenceErrors 'LEGACY' (allow.settings)
            {}                                          | appType: Confidential, enablePropagateAdditionalUserContextData: true | enablePropagateAdditionalUserContextData 'true' (allow.settings)
            settings: [ContextData]                     | appType: Confidential, enablePropagateAdditionalUserContextData: true | allowed
            {}                                          | appType: Public, allowedOAuthFlows: [implicit]                     | allowedOAuthFlows 'implicit' (allow.oauthFlows)
            {}                                          | appType: Public, allowedOAuthFlows: [code]                         | allowed
            {}                                          | appType: Confidential, allowedOAuthFlows: [client_credentials]     | allowedOAuthFlows 'client_credentials' (allow.oauthFlows)
            {}                                          | appType: MachineToMachine, allowedOAuthFlows: [code], supportedIdentityProviders: [Cognito] | allowedOAuthFlows 'code' (allow.oauthFlows), supportedIdentityProviders 'Cognito' (allow.identityProviders)
            oauthFlows: [implicit]                      | appType: Public, allowedOAuthFlows: [implicit]                     | allowed
            oauthFlows: []                              | appType: Public, allowedOAuthFlows: [code]                         | allowedOAuthFlows 'code' (allow.oauthFlows)
            oauthFlows: [code]                          | appType: MachineToMachine                                          | allowedOAuthFlows 'client_credentials' (allow.oauthFlows)
            {}                                          | appType: Public, allowedOAuthScopes: [openid, email, profile]      | allowed
            {}                                          | appType: Public, allowedOAuthScopes: [phone]                       | allowedOAuthScopes 'phone' (allow.oauthScopes)
            {}                                          | appType: Public, allowedOAuthScopes: [aws.cognito.signin.user.admin] | allowedOAuthScopes 'aws.cognito.signin.user.admin' (allow.oauthScopes)
            {}                                          | appType: MachineToMachine, allowedOAuthScopes: [orders/read]       | allowedOAuthScopes 'orders/read' (allow.oauthScopes)
            oauthScopes: [orders/read]                  | appType: MachineToMachine, allowedOAuthScopes: [orders/read]       | allowed
            oauthScopes: [orders/read]                  | appType: Public, allowedOAuthScopes: [openid]                      | allowedOAuthScopes 'openid' (allow.oauthScopes)
            oauthScopes: ['${namespace}/read']          | appType: MachineToMachine, allowedOAuthScopes: [shop/read]         | allowed
            oauthScopes: ['${namespace}/read']          | appType: MachineToMachine, allowedOAuthScopes: [bank/read]         | allowedOAuthScopes 'bank/read' (allow.oauthScopes)
            callbackURLs: ['https://shop.example.com/*'] | appType: Public, callbackURLs: ['https://shop.example.com/cb']    | allowed
            {}                                          | appType: Public, callbackURLs: ['https://shop.example.com/cb']     | callbackURLs 'https://shop.example.com/cb' (allow.callbackURLs)
            logoutURLs: ['https://shop.example.com/*']  | appType: Public, callbackURLs: ['https://shop.example.com/cb']     | callbackURLs 'https://shop.example.com/cb' (allow.callbackURLs)
            {}                                          | appType: Public, allowedOAuthFlowsUserPoolClient: false, callbackURLs: ['https://shop.example.com/cb'] | callbackURLs 'https://shop.example.com/cb' (allow.callbackURLs)
            {}                                          | appType: Public, logoutURLs: ['https://shop.example.com/']         | logoutURLs 'https://shop.example.com/' (allow.logoutURLs)
            callbackURLs: ['https://shop.example.com/*'] | appType: Public, logoutURLs: ['https://shop.example.com/']        | logoutURLs 'https://shop.example.com/' (allow.logoutURLs)
            logoutURLs: ['https://shop.example.com/']   | appType: Public, logoutURLs: ['https://shop.example.com/']         | allowed
            {}                                          | appType: Public, defaultRedirectURI: https://shop.example.com/cb   | defaultRedirectURI 'https://shop.example.com/cb' (allow.callbackURLs)
            callbackURLs: ['https://shop.example.com/*'] | appType: Public, defaultRedirectURI: https://shop.example.com/cb  | allowed
            callbackURLs: ['https://*']                 | appType: Public, callbackURLs: ['https://evil.com/cb']             | callbackURLs 'https://evil.com/cb' (allow.callbackURLs)
            {}                                          | appType: Public, supportedIdentityProviders: [COGNITO]             | allowed
            {}                                          | appType: Public, supportedIdentityProviders: [Google]              | supportedIdentityProviders 'Google' (allow.identityProviders)
            identityProviders: [Google]                 | appType: Public, supportedIdentityProviders: [Google]              | allowed
            identityProviders: [Google]                 | appType: Public, allowedOAuthFlows: [code]                         | supportedIdentityProviders 'COGNITO' (allow.identityProviders)
            {}                                          | appType: Public, analyticsConfiguration: {applicationARN: 'arn:a'} | analyticsConfiguration.applicationARN 'arn:a' (allow.analyticsARNs)
            analyticsARNs: ['arn:a']                    | appType: Public, analyticsConfiguration: {applicationARN: 'arn:a', userDataShared: true} | allowed
            analyticsARNs: ['arn:a']                    | appType: Public, analyticsConfiguration: {applicationARN: 'arn:b'} | analyticsConfiguration.applicationARN 'arn:b' (allow.analyticsARNs)
            analyticsARNs: ['arn:a']                    | appType: Public, analyticsConfiguration: {applicationId: abc, externalId: x, roleARN: 'arn:a'} | analyticsConfiguration.applicationId 'abc' (allow.analyticsARNs)
            """)
    void a_setting_is_allowed_only_by_its_own_limit(String limits, String manifest, String faults) {
        String attributes = "readAttributes: [email], writeAttributes: [name]";
        String allow = limits.equals("{}") ? attributes : attributes + ", " + limits;

        assertDecision(decide(allow, manifest), faults);
    }

    @ParameterizedTest(name = "{1} under {0}: {2}")
    @CsvSource(delimiter = '|', nullValues = "allowed", textBlock = """
            readAttributes: [email], writeAttributes: [name] | appType: Public                                          | allowed
            readAttributes: [email], writeAttributes: [name] | appType: Public, readAttributes: [], writeAttributes: [] | allowed
            readAttributes: [email], writeAttributes: [name] | appType: Public, readAttributes: [email, phone]          | readAttributes 'phone' (allow.readAttributes)
            readAttributes: [email], writeAttributes: [name] | appType: Public, writeAttributes: ['custom:role']        | writeAttributes 'custom:role' (allow.writeAttributes)
            readAttributes: [email], writeAttributes: [name] | appType: Public, writeAttributes: [email]                | writeAttributes 'email' (allow.writeAttributes)
            readAttributes: [email]                          | appType: Public                                          | an absent writeAttributes, which means every mutable attribute of the pool (allow.writeAttributes)
            writeAttributes: [name]                          | appType: Public                                          | an absent readAttributes, which means all standard attributes (allow.readAttributes)
            readAttributes: [], writeAttributes: []          | appType: Public, readAttributes: [email]                 | readAttributes 'email' (allow.readAttributes), an absent writeAttributes, which means every mutable attribute of the pool (allow.writeAttributes)
            {}                                               | appType: Public, readAttributes: [email], writeAttributes: ['custom:any'] | allowed
            {}                                               | appType: MachineToMachine                                | allowed
            readAttributes: [], writeAttributes: []          | appType: MachineToMachine                                | allowed
            readAttributes: []                               | appType: MachineToMachine, readAttributes: [email]       | readAttributes 'email' (allow.readAttributes)
            """)
    void an_absent_attribute_list_is_filled_or_refused(String limits, String manifest, String faults) {
        assertDecision(decide(limits.equals("{}") ? "" : limits, manifest), faults);
    }

    @Test
    void without_limits_the_pool_permits_the_safe_minimum() {
        assertThat(decide(null, "appType: Public, readAttributes: [email], writeAttributes: [email]"))
                .isEqualTo(new Decision.Allowed());
        assertThat(decide(null, "appType: Public, readAttributes: [email], writeAttributes: [email], " + CALLBACK))
                .isInstanceOf(Decision.Denied.class);
    }

    @Test
    void a_refusal_names_five_fields_their_own_values_and_the_limits_but_no_entry_of_a_limit() {
        Decision decision = decide(
                "callbackURLs: ['https://bank.example.com/*'], oauthScopes: [bank/read], identityProviders: [Bank],"
                        + " authFlows: [ALLOW_USER_SRP_AUTH], readAttributes: ['custom:bank'], writeAttributes: [bank]",
                "appType: Confidential, accessTokenValidity: 2h, supportedIdentityProviders: [Google], " + CALLBACK
                        + ", logoutURLs: [" + "a:1, a:2, a:3, a:4, a:5]");

        assertThat(decision).isInstanceOfSatisfying(Decision.Denied.class, denied -> {
            assertThat(denied.field()).isEqualTo("spec.explicitAuthFlows");
            assertThat(denied.message())
                    .startsWith(
                            "ClusterUserPool 'customers' does not permit explicitAuthFlows 'ALLOW_REFRESH_TOKEN_AUTH'"
                                    + " (allow.authFlows), accessTokenValidity '2h' (allow.maxTokenValidity.access), ")
                    .contains(
                            "callbackURLs 'https://shop.example.com/cb' (allow.callbackURLs)",
                            "logoutURLs 'a:1', 'a:2', 'a:3' and 2 more (allow.logoutURLs)",
                            " and 1 more. ",
                            "platform team")
                    .doesNotContain("bank", "Bank");
        });
    }

    @Test
    void a_trusted_pool_has_no_limits() {
        assertThat(decide(Tenancy.TRUSTED, "appTypes: []", "appType: Other, " + CALLBACK))
                .isEqualTo(new Decision.Allowed());
    }

    @Test
    void a_pool_with_an_unknown_tenancy_permits_nothing() {
        assertThat(decide(Tenancy.UNKNOWN, "", "appType: Public, readAttributes: [email]"))
                .isInstanceOf(Decision.Denied.class);
    }

    private static void assertDecision(Decision decision, String faults) {
        if (faults == null) {
            assertThat(decision).isEqualTo(new Decision.Allowed());
            return;
        }
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Denied.class,
                        denied -> assertThat(denied.message())
                                .startsWith("ClusterUserPool 'customers' does not permit " + faults + ". "));
    }

    private static Decision decide(String limits, String manifest) {
        return decide(Tenancy.RESTRICTED, limits, manifest);
    }

    private static Decision decide(Tenancy tenancy, String limits, String manifest) {
        UserPoolClientSpec spec = Serialization.unmarshal(
                "---\n{userPoolRef: {name: customers}, " + manifest + "}", UserPoolClientSpec.class);
        PoolLimits allow = limits == null ? null : Serialization.unmarshal("---\n{" + limits + "}", PoolLimits.class);
        PoolSnapshot pool = new PoolSnapshot(
                "customers",
                new ClusterUserPoolSpec(
                        "eu-west-1_AbCdEf123",
                        new AwsAccess(AwsIdentity.OPERATOR, null, null),
                        tenancy,
                        null,
                        allow,
                        null,
                        null,
                        null,
                        null));
        DefaultAttributes defaults = DefaultAttributes.of(pool);
        DesiredClient desired = DesiredClient.of(spec, "shop", "web", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
                .withAbsentAttributes(defaults.read(), defaults.write());
        return Authorization.decideSettings(pool, SHOP, spec.appType(), desired.settings());
    }
}
