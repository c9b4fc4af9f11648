package dev.appclients.cognito.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TooManyRequestsException;

/** The simulator's own HTTP interface. */
class AdminTest extends WithSimulator {

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(simulator);
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR_BEFORE, InternalErrorException, false",
        "ERROR_AFTER, InternalErrorException, true",
        "DROP_BEFORE, DROPPED, false",
        "DROP_AFTER, DROPPED, true",
        "RESET_AFTER, RESET, true",
        "COMMIT_LATE, COMMITTED_LATE, true",
        "PAUSE, OK, true",
        "LATENCY, OK, true",
        "THROTTLE, TooManyRequestsException, false",
        "EXPIRED_CREDENTIALS, ExpiredTokenException, false"
    })
    void everyKindOfFaultCanBeArmed(String kind, String outcome, boolean committed) {
        var fault = wire.admin(
                "POST",
                "/_faults",
                "{\"operation\":\"CreateUserPoolClient\",\"kind\":\"" + kind + "\",\"delayMillis\":20}");
        assertThat(fault.statusCode()).isEqualTo(200);

        catchThrowable(() -> Sdk.create(cognito, r -> r));

        await().atMost(Duration.ofSeconds(60)).until(() -> simulator.journal().size() == 1);
        var entry = simulator.journal().entries().getFirst();
        assertThat(entry.outcome()).isEqualTo(outcome);
        assertThat(entry.committed()).isEqualTo(committed);
    }

    @Test
    void faultsAreListedReleasedAndCleared() {
        var id = wire.adminJson("POST", "/_faults", "{\"operation\":\"CreateUserPoolClient\",\"kind\":\"COMMIT_LATE\"}")
                .path("id")
                .asInt();
        assertThatThrownBy(() -> Sdk.create(cognito, r -> r)).isInstanceOf(SdkClientException.class);
        assertThat(wire.adminJson("GET", "/_faults", "").path(0).path("hits").asInt())
                .isEqualTo(1);

        wire.admin("POST", "/_faults/" + id + "/release", "");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> simulator.clients(Sdk.POOL).size() == 1);

        wire.admin("DELETE", "/_faults", "");
        assertThat(wire.adminJson("GET", "/_faults", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /_faults | {\"kind\":\"EARTHQUAKE\"} | kind is one of",
                "POST | /_faults | {\"kind\":\"THROTTLE\",\"operation\":\"Dance\"} | does not serve Dance",
                "POST | /_faults | {\"kind\":\"THROTTLE\",\"oparation\":\"*\"} | no member oparation",
                "POST | /_faults | {\"kind\":\"THROTTLE\",\"call\":0} | counted from 1",
                "POST | /_faults | nonsense | not a JSON object",
                "PUT | /_switches | {\"NO_SUCH\":true} | NO_SUCH",
                "POST | /_quotas | {\"scale\":0} | greater than 0",
                "POST | /_clients | {} | UserPoolId is missing",
                "POST | /_clients | {\"UserPoolId\":\"eu-west-1_Shop\"} | ClientId is missing",
                "POST | /_domains | {\"domain\":\"auth.example.com\"} | status is missing",
                "POST | /_domains | {\"domain\":\"auth.example.com\",\"status\":\"READY\"} | status is one of",
                "POST | /_roles | {} | arn is missing"
            })
    void aMalformedRequestIsRefusedWithAMessage(String method, String path, String body, String words) {
        simulator.pool(Sdk.POOL).customDomain("auth.example.com", "CREATING");
        var answer = wire.admin(method, path, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(words);
        assertThat(simulator.faults().all()).isEmpty();
    }

    @Test
    void anUnknownPathIsNotFound() {
        assertThat(wire.admin("GET", "/_nothing", "").statusCode()).isEqualTo(404);
        assertThat(wire.admin("DELETE", "/_faults/7", "").statusCode()).isEqualTo(404);
    }

    @Test
    void switchesAreReadWithTheirMeaningAndSet() {
        var set = wire.adminJson("PUT", "/_switches", "{\"LIST_LAGS\":true,\"lagMillis\":1500}");

        assertThat(set.path("LIST_LAGS").path("on").asBoolean()).isTrue();
        assertThat(set.path("LIST_LAGS").path("meaning").asText()).isNotBlank();
        assertThat(simulator.switches().lag()).isEqualTo(Duration.ofMillis(1500));
        assertThat(simulator.switches().isOn(Switch.LIST_LAGS)).isTrue();
    }

    @Test
    void quotasAreSwitchedOnAndOff() {
        wire.admin("POST", "/_quotas", "{\"enforced\":true,\"rates\":{\"USER_POOL_CLIENT_UPDATE\":0.000001}}");
        Sdk.create(cognito, r -> r);
        assertThatThrownBy(() -> Sdk.create(cognito, r -> r)).isInstanceOf(TooManyRequestsException.class);

        wire.admin("POST", "/_quotas", "{\"enforced\":false}");
        Sdk.create(cognito, r -> r);
    }

    @Test
    void aLoadedClientIsDescribedExactlyAsCognitoDescribedIt() {
        var answer = """
                {"UserPoolClient": {"UserPoolId": "eu-west-1_Shop", "ClientId": "0123abc", "ClientName": "loaded",
                 "ClientSecret": "not-a-real-secret", "CreationDate": "2025-07-02T10:11:12.345000+00:00",
                 "LastModifiedDate": 1726788459.464, "AllowedOAuthScopes": ["profile", "email"]}}
                """;

        wire.adminJson("POST", "/_clients", answer);

        var request = wire.clientRequest("0123abc");
        var described = wire.call("DescribeUserPoolClient", request).path("UserPoolClient");
        assertThat(described.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "UserPoolId",
                        "ClientId",
                        "ClientName",
                        "ClientSecret",
                        "CreationDate",
                        "LastModifiedDate",
                        "AllowedOAuthScopes");
        assertThat(described.path("CreationDate").asDouble()).isEqualTo(1751451072.345);
        assertThat(Json.list(described.path("AllowedOAuthScopes"))).containsExactly("profile", "email");
        assertThat(wire.admin("GET", "/_state", "").body()).doesNotContain("not-a-real-secret");
        wire.call("UpdateUserPoolClient", request);
        assertThat(wire.call("DescribeUserPoolClient", request)
                        .path("UserPoolClient")
                        .path("RefreshTokenValidity")
                        .asInt())
                .isEqualTo(30);
    }

    @Test
    void aCustomDomainBecomesActive() {
        simulator.pool(Sdk.POOL).customDomain("auth.example.com", "CREATING");

        wire.adminJson("POST", "/_domains", "{\"domain\":\"auth.example.com\",\"status\":\"ACTIVE\"}");

        var described = cognito.describeUserPoolDomain(r -> r.domain("auth.example.com"));
        assertThat(described.domainDescription().statusAsString()).isEqualTo("ACTIVE");
        assertThat(wire.admin("POST", "/_domains", "{\"domain\":\"other\",\"status\":\"ACTIVE\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theClockIsSkewed() {
        wire.admin("POST", "/_clock", "{\"skewMillis\":-86400000}");

        assertThat(simulator.clock().skew()).isEqualTo(Duration.ofDays(-1));
    }

    @Test
    void theStateShowsClientsWithoutTheirSecrets() {
        var client = Sdk.create(cognito, r -> r.generateSecret(true));

        var shown = wire.adminJson("GET", "/_state", "").path(0).path("clients").path(0);

        assertThat(shown.path("ClientName").asText()).isEqualTo("web");
        assertThat(shown.path("LiveSecretIds").path(0).asText()).startsWith(client.clientId() + "--");
        assertThat(shown.has("ClientSecret")).isFalse();
    }

    @Test
    void keysRolesAndPoliciesAreAddedOverHttp() {
        wire.admin("POST", "/_keys", "{\"accessKeyId\":\"AKIADUMMY\",\"account\":\"444444444444\"}");
        wire.admin(
                "POST",
                "/_roles",
                "{\"arn\":\"arn:aws:iam::123456789012:role/r\",\"externalId\":\"k8s\",\"tagSession\":false}");
        wire.admin(
                "POST",
                "/_policies",
                "{\"principal\":\"*:role/r\",\"document\":{\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\","
                        + "\"Resource\":\"*\"}}}");

        try (var sts = Sdk.sts(simulator, Sdk.key("AKIADUMMY"))) {
            assertThat(sts.getCallerIdentity().account()).isEqualTo("444444444444");
            assertThat(sts.assumeRole(r -> r.roleArn("arn:aws:iam::123456789012:role/r")
                                    .roleSessionName("x")
                                    .externalId("k8s"))
                            .assumedRoleUser()
                            .arn())
                    .endsWith("assumed-role/r/x");
        }
    }

    @Test
    void aResetRestoresTheInitialState() {
        Sdk.create(cognito, r -> r);
        simulator.faults().on("*").throttle();

        wire.admin("POST", "/_reset", "");

        assertThat(wire.adminJson("GET", "/_state", "")).isEmpty();
        assertThat(simulator.journal().size()).isZero();
        assertThat(simulator.faults().all()).isEmpty();
        assertThat(simulator.quotas().enforced()).isTrue();
    }
}
