package dev.appclients.cognito.simulator;

import static java.util.List.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;

/** The rules across settings, each with an input that breaks it and, for a switch, on both sides. */
class RulesTest extends WithSimulator {

    private static final String PARAMETER = "InvalidParameterException";
    private static final String FLOW = "InvalidOAuthFlowException";

    /** A create that is refused with this exception and text, or that succeeds if the exception is null. */
    record Row(
            String fact,
            UnaryOperator<CreateUserPoolClientRequest.Builder> settings,
            String exception,
            String words,
            Set<Switch> flipped) {
        @Override
        public String toString() {
            return fact;
        }
    }

    private static Row refused(
            String fact, String exception, String words, UnaryOperator<CreateUserPoolClientRequest.Builder> settings) {
        return new Row(fact, settings, exception, words, Set.of());
    }

    private static Row passes(
            String fact, UnaryOperator<CreateUserPoolClientRequest.Builder> settings, Switch... flipped) {
        return new Row(fact, settings, null, "", Set.of(flipped));
    }

    private static Row refusedWith(
            Switch flipped,
            String fact,
            String exception,
            UnaryOperator<CreateUserPoolClientRequest.Builder> settings) {
        return new Row(fact, settings, exception, "", Set.of(flipped));
    }

    static List<Row> oauth() {
        return of(
                refused(
                        "client_credentials must be the only flow",
                        FLOW,
                        "",
                        r -> machine(r)
                                .allowedOAuthFlowsWithStrings("client_credentials", "code")
                                .callbackURLs("https://a.example")),
                refused(
                        "client_credentials needs a secret",
                        FLOW,
                        "client_credentials flow can not be selected if client does not have a client secret.",
                        r -> machine(r).generateSecret(false)),
                refused(
                        "client_credentials needs custom scopes",
                        FLOW,
                        "",
                        r -> machine(r).allowedOAuthScopes("openid")),
                refusedWith(
                        Switch.CLIENT_CREDENTIALS_SCOPES_ARE_A_PARAMETER,
                        "client_credentials needs custom scopes, and the error may be InvalidParameterException",
                        PARAMETER,
                        r -> machine(r).allowedOAuthScopes("openid")),
                passes(
                        "client_credentials with OIDC scopes may be accepted",
                        r -> machine(r).allowedOAuthScopes("openid"),
                        Switch.CLIENT_CREDENTIALS_NEEDS_CUSTOM_SCOPES),
                passes("client_credentials with a custom scope and a secret", RulesTest::machine),
                refused(
                        "the OAuth flag needs flows",
                        PARAMETER,
                        "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use"
                                + " OAuth flows.",
                        r -> r.allowedOAuthFlowsUserPoolClient(true).allowedOAuthScopes("openid")),
                refused(
                        "the OAuth flag needs scopes",
                        PARAMETER,
                        "are required",
                        r -> r.allowedOAuthFlowsUserPoolClient(true)
                                .callbackURLs("https://a.example")
                                .allowedOAuthFlowsWithStrings("code")),
                refused(
                        "code needs a callback",
                        FLOW,
                        "CallbackUrls can not be empty when code flow or implicit flow is selected",
                        r -> r.allowedOAuthFlowsWithStrings("code")),
                refused(
                        "implicit needs a callback",
                        FLOW,
                        "CallbackUrls",
                        r -> r.allowedOAuthFlowsWithStrings("implicit")),
                passes(
                        "URLs are accepted while the OAuth flag is false",
                        r -> r.callbackURLs("https://a.example")
                                .logoutURLs("https://b.example")
                                .defaultRedirectURI("https://a.example")),
                refusedWith(
                        Switch.OAUTH_SETTINGS_NEED_THE_FLAG,
                        "URLs may be refused while the OAuth flag is false",
                        PARAMETER,
                        r -> r.callbackURLs("https://a.example")),
                passes("email without openid", r -> r.allowedOAuthScopes("email")),
                refusedWith(
                        Switch.OIDC_SCOPES_NEED_OPENID,
                        "email may need openid",
                        PARAMETER,
                        r -> r.allowedOAuthScopes("email")),
                refused(
                        "a custom scope must exist",
                        "ScopeDoesNotExistException",
                        "orders/delete",
                        r -> r.allowedOAuthScopes("orders/delete")),
                refused(
                        "a provider must exist",
                        PARAMETER,
                        "The provider Corp does not exist for User Pool eu-west-1_Shop",
                        r -> r.supportedIdentityProviders("Corp")),
                passes("COGNITO and a provider of the pool", r -> r.supportedIdentityProviders("Google", "COGNITO")));
    }

    static List<Row> urls() {
        return of(
                refused("a callback is absolute", PARAMETER, "", r -> r.callbackURLs("/callback")),
                refused("https needs a host", PARAMETER, "", r -> r.callbackURLs("https:///callback")),
                refused(
                        "a callback has no fragment",
                        PARAMETER,
                        "https://a.example/#x cannot use fragment",
                        r -> r.callbackURLs("https://a.example/#x")),
                refused("no wildcards", PARAMETER, "", r -> r.callbackURLs("https://*.example")),
                refused(
                        "plain http is only for loopback",
                        PARAMETER,
                        "http://a.example cannot use the HTTP protocol.",
                        r -> r.callbackURLs("http://a.example")),
                refused(
                        "a host that starts with localhost is not loopback",
                        PARAMETER,
                        "",
                        r -> r.callbackURLs("http://localhost.a.example")),
                refused("logout URLs have the same rules", PARAMETER, "", r -> r.logoutURLs("http://a.example")),
                passes("plain http for localhost", r -> r.callbackURLs("http://localhost:8080/x", "http://localhost")),
                passes(
                        "plain http for loopback addresses",
                        r -> r.callbackURLs("http://127.0.0.1:80/x", "http://[::1]:8080/x")),
                passes("own schemes", r -> r.callbackURLs("myapp://x", "com.example.app:/callback", "my_app://x")),
                passes("non-ASCII letters", r -> r.callbackURLs("https://bücher.example/ü")),
                refused(
                        "no spaces",
                        PARAMETER,
                        "1 validation error detected: Value 'https://a b' at"
                                + " 'callbackURLs.1.member' failed to satisfy constraint",
                        r -> r.callbackURLs("https://a b")),
                refused(
                        "the default redirect is a callback",
                        PARAMETER,
                        "DefaultRedirectURI",
                        r -> r.callbackURLs("https://a.example").defaultRedirectURI("https://b.example")),
                refused(
                        "at most 100 callbacks",
                        PARAMETER,
                        "less than or equal to 100",
                        r -> r.callbackURLs(IntStream.range(0, 101)
                                .mapToObj(i -> "https://a.example/" + i)
                                .toList())));
    }

    static List<Row> authFlows() {
        return of(
                refused(
                        "legacy names do not mix",
                        PARAMETER,
                        "",
                        r -> r.explicitAuthFlowsWithStrings("ADMIN_NO_SRP_AUTH", "ALLOW_USER_SRP_AUTH")),
                passes("legacy names alone", r -> r.explicitAuthFlowsWithStrings("ADMIN_NO_SRP_AUTH")),
                passes("ALLOW_USER_AUTH in the Essentials tier", r -> flows(r, "ALLOW_USER_AUTH")),
                passes("a set without the refresh flow", r -> flows(r, "ALLOW_USER_SRP_AUTH")),
                refused(
                        "rotation excludes the refresh flow",
                        PARAMETER,
                        "",
                        r -> flows(r, "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")
                                .refreshTokenRotation(x -> x.feature("ENABLED"))),
                refused(
                        "rotation excludes the refresh flow that an empty list means",
                        PARAMETER,
                        "",
                        r -> r.refreshTokenRotation(x -> x.feature("ENABLED"))),
                passes(
                        "rotation beside the refresh flow may be accepted",
                        r -> r.refreshTokenRotation(x -> x.feature("ENABLED")),
                        Switch.ROTATION_REFUSED_WITH_REFRESH_FLOW),
                passes(
                        "rotation without the refresh flow",
                        r -> flows(r, "ALLOW_USER_SRP_AUTH")
                                .refreshTokenRotation(x -> x.feature("ENABLED").retryGracePeriodSeconds(60))),
                refused("client token auth needs a secret", PARAMETER, "", r -> flows(r, "ALLOW_CLIENT_TOKEN_AUTH")),
                refused(
                        "client token auth stands alone",
                        PARAMETER,
                        "",
                        r -> flows(r, "ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH")
                                .generateSecret(true)),
                passes(
                        "client token auth, alone and with a secret",
                        r -> flows(r, "ALLOW_CLIENT_TOKEN_AUTH").generateSecret(true)),
                refusedWith(
                        Switch.CLIENT_TOKEN_AUTH_KNOWN,
                        "client token auth may be unknown",
                        PARAMETER,
                        r -> flows(r, "ALLOW_CLIENT_TOKEN_AUTH").generateSecret(true)),
                refused(
                        "context data needs a secret",
                        PARAMETER,
                        "",
                        r -> r.enablePropagateAdditionalUserContextData(true)),
                passes(
                        "context data without a secret may be accepted",
                        r -> r.enablePropagateAdditionalUserContextData(true),
                        Switch.CONTEXT_DATA_NEEDS_SECRET));
    }

    static List<Row> tokens() {
        var range = "Invalid range for token validity.";
        return of(
                refused(
                        "access of at least 5 minutes",
                        PARAMETER,
                        range,
                        r -> r.accessTokenValidity(299).tokenValidityUnits(u -> u.accessToken("seconds"))),
                passes(
                        "access of 5 minutes",
                        r -> r.accessTokenValidity(300).tokenValidityUnits(u -> u.accessToken("seconds"))),
                refused("access of at most a day", PARAMETER, range, r -> r.accessTokenValidity(25)),
                refused(
                        "id of at most a day",
                        PARAMETER,
                        range,
                        r -> r.idTokenValidity(2).tokenValidityUnits(u -> u.idToken("days"))),
                passes("id of a day", r -> r.idTokenValidity(1).tokenValidityUnits(u -> u.idToken("days"))),
                refused(
                        "refresh of at least an hour",
                        PARAMETER,
                        range,
                        r -> r.refreshTokenValidity(59).tokenValidityUnits(u -> u.refreshToken("minutes"))),
                refused("refresh of at most ten years", PARAMETER, range, r -> r.refreshTokenValidity(3651)),
                passes("refresh of ten years", r -> r.refreshTokenValidity(3650)),
                refused(
                        "access is not longer than refresh",
                        PARAMETER,
                        range,
                        r -> r.accessTokenValidity(3)
                                .refreshTokenValidity(2)
                                .tokenValidityUnits(u -> u.refreshToken("hours"))),
                refused(
                        "session of 3 minutes and more",
                        PARAMETER,
                        "authSessionValidity",
                        r -> r.authSessionValidity(2)),
                refused(
                        "session of 15 minutes at most",
                        PARAMETER,
                        "authSessionValidity",
                        r -> r.authSessionValidity(16)),
                refused(
                        "grace of 60 seconds at most",
                        PARAMETER,
                        "retryGracePeriodSeconds",
                        r -> r.refreshTokenRotation(x -> x.feature("DISABLED").retryGracePeriodSeconds(61))));
    }

    static List<Row> attributes() {
        var write = "Invalid write attributes specified while creating a client";
        return of(
                passes(
                        "standard and custom attributes",
                        r -> r.readAttributes("email", "email_verified", "custom:tenant")
                                .writeAttributes("email", "custom:tenant")),
                refused("a required attribute is written", PARAMETER, write, r -> r.writeAttributes("name")),
                refused("an attribute is known", PARAMETER, write, r -> r.writeAttributes("email", "shoe_size")),
                refused(
                        "a custom attribute has its prefix",
                        PARAMETER,
                        write,
                        r -> r.writeAttributes("email", "tenant")),
                refused(
                        "an immutable attribute is not written",
                        PARAMETER,
                        write,
                        r -> r.writeAttributes("email", "custom:fixed")),
                refused(
                        "a verification attribute is not written",
                        PARAMETER,
                        write,
                        r -> r.writeAttributes("email", "email_verified")),
                refused(
                        "a read attribute is known",
                        PARAMETER,
                        "Invalid read attributes specified while creating a client",
                        r -> r.readAttributes("shoe_size")),
                refused(
                        "analytics by id needs all its members",
                        PARAMETER,
                        "",
                        r -> r.analyticsConfiguration(a -> a.applicationId("abc"))),
                refused(
                        "analytics by ARN excludes the id",
                        PARAMETER,
                        "",
                        r -> r.analyticsConfiguration(a -> a.applicationId("abc")
                                .externalId("x")
                                .applicationArn("arn:aws:mobiletargeting:eu-west-1:1:apps/abc"))),
                refused("a name has no slash", PARAMETER, "Value 'a/b' at 'clientName'", r -> r.clientName("a/b")),
                refused("a name of at most 128", PARAMETER, "clientName", r -> r.clientName("x".repeat(129))),
                refused(
                        "a custom secret of at least 24",
                        PARAMETER,
                        "Value at 'clientSecret' failed",
                        r -> r.clientSecret("too-short")),
                refused(
                        "a custom secret or a generated one",
                        PARAMETER,
                        "",
                        r -> r.generateSecret(true).clientSecret("x".repeat(24))),
                refused(
                        "flows are of a closed set",
                        PARAMETER,
                        "Value 'password' at 'allowedOAuthFlows",
                        r -> r.allowedOAuthFlowsWithStrings("password")));
    }

    @ParameterizedTest
    @MethodSource({"oauth", "urls", "authFlows", "tokens", "attributes"})
    void aRuleHoldsAsDocumented(Row row) {
        flip(row.flipped());
        var thrown =
                catchThrowableOfType(CognitoIdentityProviderException.class, () -> Sdk.create(cognito, row.settings()));
        if (row.exception() == null) {
            assertThat(thrown).isNull();
        } else {
            assertThat(thrown).isNotNull();
            assertThat(thrown.statusCode()).isEqualTo(400);
            assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo(row.exception());
            assertThat(thrown.awsErrorDetails().errorMessage()).contains(row.words());
            assertThat(simulator.clients(Sdk.POOL)).isEmpty();
        }
    }

    @Test
    void choiceBasedSignInNeedsTheEssentialsTier() {
        simulator.pool(Sdk.POOL).tier("LITE");

        var thrown = catchThrowableOfType(
                CognitoIdentityProviderException.class, () -> Sdk.create(cognito, r -> flows(r, "ALLOW_USER_AUTH")));

        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("FeatureUnavailableInTierException");
    }

    @ParameterizedTest
    @CsvSource({"false, FeatureUnavailableInTierException", "true, InvalidParameterException"})
    void rotationNeedsTheEssentialsTier(boolean parameter, String exception) {
        simulator.pool(Sdk.POOL).tier("LITE");
        simulator.switches().set(Switch.ROTATION_ON_LITE_IS_A_PARAMETER, parameter);

        var thrown = catchThrowableOfType(
                CognitoIdentityProviderException.class,
                () -> Sdk.create(
                        cognito, r -> flows(r, "ALLOW_USER_SRP_AUTH").refreshTokenRotation(x -> x.feature("ENABLED"))));

        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo(exception);
        assertThat(thrown.awsErrorDetails().errorMessage())
                .startsWith("The following features need to be disabled for the LITE pricing tier configured:");
    }

    @ParameterizedTest
    @CsvSource({"true, name, false", "true, email name, true", "false, name, true", "false, email name, false"})
    void aRequiredImmutableAttributeIsRequiredInAWriteListOrRefusedThere(
            boolean demanded, String written, boolean accepted) {
        simulator.pool(Sdk.POOL).attribute("email", false, true);
        simulator.switches().set(Switch.REQUIRED_IMMUTABLE_ATTRIBUTES_WRITABLE, demanded);

        var thrown = catchThrowableOfType(
                CognitoIdentityProviderException.class,
                () -> Sdk.create(cognito, r -> r.writeAttributes(List.of(written.split(" ")))));

        assertThat(thrown == null).isEqualTo(accepted);
    }

    @Test
    void aDeletedScopeStaysOnTheClientAndTheNextFullUpdateFails() {
        var id = Sdk.create(cognito, RulesTest::machine).clientId();
        simulator.pool(Sdk.POOL).withoutResourceServer("orders");

        assertThat(Sdk.describe(cognito, id).allowedOAuthScopes()).containsExactly("orders/read");
        var thrown = catchThrowableOfType(
                CognitoIdentityProviderException.class,
                () -> Sdk.update(cognito, id, r -> r.allowedOAuthScopes("orders/read")));
        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("ScopeDoesNotExistException");
    }

    @Test
    void theErrorOfAnUpdateNamesTheUpdate() {
        var id = Sdk.create(cognito, r -> r).clientId();

        var thrown = catchThrowableOfType(
                CognitoIdentityProviderException.class,
                () -> Sdk.update(cognito, id, r -> r.writeAttributes("shoe_size")));

        assertThat(thrown.awsErrorDetails().errorMessage())
                .isEqualTo("Invalid write attributes specified while updating a client");
    }

    private static CreateUserPoolClientRequest.Builder machine(CreateUserPoolClientRequest.Builder r) {
        return r.generateSecret(true)
                .allowedOAuthFlowsUserPoolClient(true)
                .allowedOAuthFlowsWithStrings("client_credentials")
                .allowedOAuthScopes("orders/read");
    }

    private static CreateUserPoolClientRequest.Builder flows(CreateUserPoolClientRequest.Builder r, String... flows) {
        return r.explicitAuthFlowsWithStrings(Arrays.asList(flows));
    }
}
