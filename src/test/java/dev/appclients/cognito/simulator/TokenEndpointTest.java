package dev.appclients.cognito.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OAuthFlowType;

/** The token endpoint: client authentication, grants, and its journal. */
class TokenEndpointTest extends WithSimulator {

    private static final String GRANT = "grant_type=client_credentials";
    private static final String USER = "grant_type=" + TokenEndpoint.USER_GRANT;
    /** A value that reads differently when it is decoded as in a form. */
    private static final String PLUS = "plus+plus+0123456789012345";

    private Wire wire;
    private String id;
    private String secret;

    @BeforeEach
    void createMachineClient() {
        wire = new Wire(simulator);
        var client = Sdk.create(
                cognito,
                r -> r.generateSecret(true)
                        .allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(OAuthFlowType.CLIENT_CREDENTIALS)
                        .allowedOAuthScopes("orders/read", "orders/write"));
        id = client.clientId();
        secret = client.clientSecret();
    }

    @Test
    void aClientAuthenticatesInTheHeaderOrInTheForm() {
        var basic = wire.token(id + ":" + secret, GRANT);
        var post = wire.token(null, GRANT + "&client_id=" + id + "&client_secret=" + secret);

        assertThat(List.of(basic, post)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            var body = Wire.parse(answer.body());
            assertThat(body.path("access_token").asText()).isNotBlank();
            assertThat(body.path("token_type").asText()).isEqualTo("Bearer");
            assertThat(body.path("expires_in").asInt()).isEqualTo(3600);
            assertThat(body.has("refresh_token")).isFalse();
        });
        assertThat(simulator.authentications().accepted(id)).isEqualTo(Map.of(secretId(), 2L));
        assertThat(simulator.authentications().refused()).isZero();
    }

    @Test
    void aPlusSignInTheHeaderIsReadLiterallyAndAsInAForm() {
        simulator.addSecret(Sdk.POOL, id, PLUS);

        assertThat(wire.token(id + ":" + PLUS, GRANT).statusCode()).isEqualTo(200);
        assertThat(wire.token(id + ":" + PLUS.replace("+", "%2B"), GRANT).statusCode())
                .isEqualTo(200);
        assertThat(wire.token(null, GRANT + "&client_id=" + id + "&client_secret=" + PLUS.replace("+", "%2B"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anyLiveSecretIsAcceptedAndADeletedOneIsRefusedWithItsId() {
        var added = simulator.addSecret(Sdk.POOL, id, null);
        assertThat(wire.token(id + ":" + added.value(), GRANT).statusCode()).isEqualTo(200);
        assertThat(wire.token(id + ":" + secret, GRANT).statusCode()).isEqualTo(200);
        var deleted = secretId();

        simulator.removeSecret(Sdk.POOL, id, deleted);

        var refused = wire.token(id + ":" + secret, GRANT);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Basic");
        assertThat(Wire.parse(refused.body()).path("error").asText()).isEqualTo("invalid_client");
        assertThat(wire.token(id + ":" + added.value(), GRANT).statusCode()).isEqualTo(200);
        assertThat(simulator.authentications().refusals(id)).singleElement().satisfies(refusal -> {
            assertThat(refusal.secretId()).isEqualTo(deleted);
            assertThat(refusal.method()).isEqualTo("client_secret_basic");
            assertThat(refusal.error()).isEqualTo("invalid_client");
        });
        assertThat(simulator.authentications().accepted(id)).isEqualTo(Map.of(deleted, 1L, added.id(), 2L));
    }

    @Test
    void aValueThatTheClientNeverHadIsRefusedWithoutAnId() {
        assertThat(simulator.authenticate(id, "guessed")).isFalse();
        assertThat(simulator.authenticate("nobody", "guessed")).isFalse();

        assertThat(simulator.authentications().refusals())
                .extracting(AuthenticationRefusal::clientId)
                .containsExactly(id, "nobody");
        assertThat(simulator.authentications().refusals())
                .extracting(AuthenticationRefusal::secretId)
                .containsOnlyNulls();
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=password, unsupported_grant_type",
        "'', invalid_request",
        "grant_type=refresh_token, invalid_request",
        "grant_type=refresh_token&refresh_token=none, invalid_grant",
        "grant_type=client_credentials&scope=orders/read%20orders/none, invalid_scope",
        "grant_type=client_credentials&client_secret=also, invalid_request",
        "grant_type=client_credentials&client_id=other, invalid_request",
        "grant_type=client_credentials&scope=%zz, invalid_request"
    })
    void aRequestThatCannotBeServedIsRefusedAndRecorded(String form, String error) {
        var answer = wire.token(id + ":" + secret, form);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Wire.parse(answer.body()).path("error").asText()).isEqualTo(error);
        assertThat(simulator.authentications().refusals())
                .extracting(AuthenticationRefusal::error)
                .containsExactly(error);
        assertThat(simulator.authentications().accepted()).isZero();
    }

    @Test
    void someOfTheAllowedScopesCanBeAskedFor() {
        assertThat(wire.token(id + ":" + secret, GRANT + "&scope=orders/read").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aClientWithoutTheFlowIsUnauthorizedAlthoughItsSecretIsRight() {
        var web = Sdk.create(cognito, r -> r.generateSecret(true));

        var answer = wire.token(web.clientId() + ":" + web.clientSecret(), GRANT);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("unauthorized_client");
        assertThat(simulator.authentications().refusals(web.clientId()))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.secretId()).startsWith(web.clientId()));
    }

    @Test
    void aConfidentialClientMustAuthenticateAndAPublicClientHasNoSecret() {
        var open = Sdk.create(cognito, r -> r).clientId();

        assertThat(wire.token(null, USER + "&client_id=" + id).statusCode()).isEqualTo(401);
        assertThat(wire.token(null, USER).statusCode()).isEqualTo(401);
        assertThat(wire.token(open + ":guessed", USER).statusCode()).isEqualTo(401);
        assertThat(wire.token(null, GRANT + "&client_id=" + open).body()).contains("unauthorized_client");
        assertThat(wire.token(null, USER + "&client_id=" + open).statusCode()).isEqualTo(200);
        assertThat(simulator.authentications().accepted(open)).isEqualTo(Map.of(Authentications.NO_SECRET, 1L));
    }

    @Test
    void aDeletedClientIsRefused() {
        simulator.deleteClient(Sdk.POOL, id);

        assertThat(simulator.authenticate(id, secret)).isFalse();
    }

    @Test
    void onlyAFormThatIsPostedIsRead() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var uri = URI.create(simulator.endpoint() + TokenEndpoint.PATH);
            var get = http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            var json = http.send(
                    HttpRequest.newBuilder(uri)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(List.of(get.statusCode(), json.statusCode())).containsExactly(400, 400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Basic ???", "Basic bm9jb2xvbg=="})
    void aMalformedHeaderIsRefused(String header) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(simulator.endpoint() + TokenEndpoint.PATH))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Authorization", header)
                            .POST(HttpRequest.BodyPublishers.ofString(GRANT))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("invalid_request");
        }
    }

    @Test
    void aRefreshTokenOutlivesTheSecretThatItWasIssuedWith() {
        var token = issued(secret);
        var added = simulator.addSecret(Sdk.POOL, id, null);
        simulator.removeSecret(Sdk.POOL, id, secretId());

        assertThat(refresh(added.value(), token).statusCode()).isEqualTo(200);
        assertThat(refresh(secret, token).statusCode()).isEqualTo(401);
    }

    @Test
    void withItsSwitchARefreshTokenEndsWithTheSecretThatItWasIssuedWith() {
        simulator.switches().set(Switch.REFRESH_TOKENS_END_WITH_THEIR_SECRET, true);
        var early = issued(secret);
        var added = simulator.addSecret(Sdk.POOL, id, null);
        var later = simulator.refreshToken(id, added.value());
        assertThat(refresh(added.value(), early).statusCode()).isEqualTo(200);

        simulator.removeSecret(Sdk.POOL, id, secretId());

        assertThat(refresh(added.value(), early).body()).contains("invalid_grant");
        assertThat(refresh(added.value(), later).statusCode()).isEqualTo(200);
    }

    @Test
    void aRefreshTokenEndsWithItsLifetimeAndBelongsToItsClient() {
        var other = Sdk.create(cognito, r -> r.generateSecret(true));
        var token = issued(secret);
        assertThat(wire.token(
                                other.clientId() + ":" + other.clientSecret(),
                                "grant_type=refresh_token&refresh_token=" + token)
                        .body())
                .contains("invalid_grant");

        simulator.clock().advance(Duration.ofDays(30).minusSeconds(60));
        assertThat(refresh(secret, token).statusCode()).isEqualTo(200);
        simulator.clock().advance(Duration.ofSeconds(61));
        assertThat(refresh(secret, token).body()).contains("invalid_grant");
    }

    @Test
    void aRefusedSecretGetsNoRefreshToken() {
        assertThatThrownBy(() -> simulator.refreshToken(id, "guessed"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("guessed");
        assertThat(simulator.authentications().refused()).isEqualTo(1);
    }

    @Test
    void theEndpointTakesNoPartInQuotasAndTheJournalOfCalls() {
        simulator.quotas().reset();
        simulator.journal().clear();

        IntStream.range(0, 500)
                .forEach(i -> assertThat(simulator.authenticate(id, secret)).isTrue());
        IntStream.range(0, 100)
                .forEach(i -> assertThat(wire.token(id + ":" + secret, GRANT).statusCode())
                        .isEqualTo(200));

        assertThat(simulator.authentications().accepted()).isEqualTo(600);
        assertThat(simulator.journal().size()).isZero();
    }

    @Test
    void theDateOfAnAnswerFollowsTheServicesClock() {
        simulator.clock().skew(Duration.ofDays(-30));

        var date = wire.token(id + ":" + secret, GRANT)
                .headers()
                .firstValue("Date")
                .orElseThrow();

        assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .isBefore(Instant.now().minus(Duration.ofDays(29)));
    }

    @Test
    void theRefusalsAreReadAndClearedOverHttpWithoutValues() {
        simulator.authenticate(id, secret);
        simulator.authenticate(id, "guessed_by_a_stranger");
        simulator.addSecret(Sdk.POOL, id, null);
        var deleted = secretId();
        simulator.removeSecret(Sdk.POOL, id, deleted);
        simulator.authenticate(id, secret);

        var answer = wire.admin("GET", "/_authentications", "").body();

        var shown = Wire.parse(answer);
        assertThat(shown.path("accepted").asInt()).isEqualTo(1);
        assertThat(shown.path("refused").asInt()).isEqualTo(2);
        assertThat(shown.path("acceptedBySecretId").path(id).path(deleted).asInt())
                .isEqualTo(1);
        assertThat(shown.path("refusals").path(0).has("secretId")).isFalse();
        assertThat(shown.path("refusals").path(1).path("secretId").asText()).isEqualTo(deleted);
        assertThat(answer).doesNotContain(secret, "guessed_by_a_stranger");
        wire.admin("DELETE", "/_authentications", "");
        assertThat(wire.adminJson("GET", "/_authentications", "")
                        .path("refused")
                        .asInt())
                .isZero();
    }

    private String issued(String value) {
        return Wire.parse(wire.token(id + ":" + value, USER).body())
                .path("refresh_token")
                .asText();
    }

    private HttpResponse<String> refresh(String value, String token) {
        return wire.token(id + ":" + value, "grant_type=refresh_token&refresh_token=" + token);
    }

    /** The id of the oldest live secret. */
    private String secretId() {
        return simulator.client(Sdk.POOL, id).secrets().getFirst().id();
    }
}
