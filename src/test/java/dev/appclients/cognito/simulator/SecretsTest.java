package dev.appclients.cognito.simulator;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AccessDeniedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ClientSecretDescriptorType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitExceededException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TooManyRequestsException;

/** The secrets of a client: added, listed, deleted, and described. */
class SecretsTest extends WithSimulator {

    private static final String SUPPLIED = "chosen_by_the_caller_0123456789";

    private String clientId;
    private String original;

    @BeforeEach
    void createClient() {
        var created = Sdk.create(cognito, r -> r.generateSecret(true));
        clientId = created.clientId();
        original = created.clientSecret();
    }

    @Test
    void aGeneratedValueIsReturnedOnceAndNeverListed() {
        var added = add(null);

        assertThat(added.clientSecretValue()).isNotBlank().isNotEqualTo(original);
        assertThat(added.clientSecretId()).startsWith(clientId + "--");
        assertThat(added.clientSecretCreateDate()).isAfter(Instant.now().minusSeconds(60));
        assertThat(list())
                .hasSize(2)
                .allSatisfy(listed -> assertThat(listed.clientSecretValue()).isNull())
                .extracting(ClientSecretDescriptorType::clientSecretId)
                .contains(added.clientSecretId());
    }

    @Test
    void aSuppliedValueIsAcceptedAndNeverReturned() {
        var added = add(SUPPLIED);

        assertThat(added.clientSecretValue()).isNull();
        assertThat(simulator.authenticate(clientId, SUPPLIED)).isTrue();
    }

    @Test
    void theIdIsTheClientIdAndTheSecondOfItsCreation() {
        var now = Instant.parse("2026-11-29T10:00:00.900Z");
        try (var still = Simulator.start(0, () -> now);
                var sdk = Sdk.cognito(still)) {
            still.quotas().off();
            still.pool(Sdk.POOL);
            var id = Sdk.create(sdk, r -> r.generateSecret(true)).clientId();
            var prefix = id + "--" + now.getEpochSecond();

            var second = added(sdk, id);
            sdk.deleteUserPoolClientSecret(
                    r -> r.userPoolId(Sdk.POOL).clientId(id).clientSecretId(second));
            var third = added(sdk, id);

            assertThat(still.client(Sdk.POOL, id).secrets())
                    .extracting(LiveSecret::id)
                    .containsExactly(prefix, third);
            assertThat(List.of(second, third)).containsExactly(prefix + "-2", prefix + "-3");
        }
    }

    @Test
    void aThirdSecretExceedsTheLimit() {
        add(null);

        assertThatThrownBy(() -> add(null))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("Client secrets cannot exceed limit of 2 secrets.");
    }

    @Test
    void onlyOneOfManySimultaneousAddsSucceeds() {
        var adds = IntStream.range(0, 8)
                .mapToObj(i -> supplyAsync(() -> add(null)).exceptionally(e -> null))
                .toList();

        assertThat(adds.stream().map(CompletableFuture::join).filter(Objects::nonNull))
                .hasSize(1);
        assertThat(list()).hasSize(2);
    }

    @Test
    void anIdIsNotGivenAgainWhenTheClockIsSetBack() {
        var ids = new HashSet<String>();
        for (int minute = 10; minute >= 0; minute--) {
            simulator.clock().skew(Duration.ofMinutes(minute % 2));
            var added = add(null);
            ids.add(added.clientSecretId());
            delete(added.clientSecretId());
        }

        assertThat(ids).hasSize(11).doesNotContain(idOf(0));
    }

    @Test
    void theLastSecretCannotBeDeleted() {
        assertThatThrownBy(() -> delete(idOf(0)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("last");
        assertThat(simulator.authenticate(clientId, original)).isTrue();
    }

    @Test
    void bothSecretsWorkUntilOneIsDeleted() {
        var added = add(SUPPLIED);
        assertThat(simulator.authenticate(clientId, original)).isTrue();
        assertThat(simulator.authenticate(clientId, SUPPLIED)).isTrue();

        var first = idOf(0);
        delete(first);

        assertThat(simulator.authenticate(clientId, original)).isFalse();
        assertThat(simulator.authenticate(clientId, SUPPLIED)).isTrue();
        assertThat(list())
                .extracting(ClientSecretDescriptorType::clientSecretId)
                .containsExactly(added.clientSecretId());
        assertThat(simulator.authentications().refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.clientId()).isEqualTo(clientId);
            assertThat(refusal.secretId()).isEqualTo(first);
        });
    }

    @Test
    void anUnknownSecretIsNotFound() {
        assertThatThrownBy(() -> delete(clientId + "--7")).isInstanceOf(ResourceNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"too_short", "with-hyphen-0123456789012345"})
    void aMalformedSuppliedValueIsRefusedAndRepeatedInTheMessage(String value) {
        assertThatThrownBy(() -> add(value))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Value '" + value + "' at 'clientSecret' failed to satisfy constraint");
    }

    @Test
    void aMissingClientIsNotFound() {
        simulator.deleteClient(Sdk.POOL, clientId);

        assertThatThrownBy(() -> add(null)).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(this::list)
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("User pool client " + clientId + " does not exist.");
        assertThatThrownBy(() -> delete(clientId + "--7")).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void changesOfSecretsShareTheQuotaOfClientUpdatesAndTheListThatOfReads() {
        simulator.quotas().on();
        simulator.quotas().rate(Category.USER_POOL_CLIENT_UPDATE, 1e-9);
        simulator.quotas().rate(Category.USER_POOL_CLIENT_READ, 1e-9);
        Sdk.update(cognito, clientId, r -> r);
        assertThatThrownBy(() -> add(null)).isInstanceOf(TooManyRequestsException.class);
        assertThatThrownBy(() -> delete(idOf(0))).isInstanceOf(TooManyRequestsException.class);

        Sdk.describe(cognito, clientId);
        assertThatThrownBy(this::list).isInstanceOf(TooManyRequestsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AddUserPoolClientSecret", "ListUserPoolClientSecrets", "DeleteUserPoolClientSecret"})
    void eachOperationNeedsItsOwnActionOnThePool(String operation) {
        simulator
                .access()
                .deny("*", "cognito-idp:" + operation, simulator.pool(Sdk.POOL).arn());
        var added = simulator.addSecret(Sdk.POOL, clientId, null);
        Map<String, ThrowingCallable> calls = Map.of(
                "AddUserPoolClientSecret", () -> add(null),
                "ListUserPoolClientSecrets", this::list,
                "DeleteUserPoolClientSecret", () -> delete(added.id()));

        assertThatThrownBy(calls.get(operation))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("cognito-idp:" + operation);
        assertThat(simulator.client(Sdk.POOL, clientId).secrets()).hasSize(2);
    }

    @Test
    void aLostAnswerOfAnAddLeavesTheSecret() {
        simulator.faults().on("AddUserPoolClientSecret").dropAfterCommit();

        assertThatThrownBy(() -> add(SUPPLIED)).isInstanceOf(SdkClientException.class);

        assertThat(simulator.authenticate(clientId, SUPPLIED)).isTrue();
        assertThat(simulator.journal().of("AddUserPoolClientSecret"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.outcome()).isEqualTo(JournalEntry.DROPPED);
                    assertThat(entry.committed()).isTrue();
                    assertThat(entry.secretId()).isEqualTo(idOf(1));
                });
    }

    @Test
    void aLateDeleteEndsTheSecretAfterTheCallerGaveUp() {
        var added = add(SUPPLIED);
        var late = simulator.faults().on("DeleteUserPoolClientSecret").commitWhenReleased();
        assertThatThrownBy(() -> delete(added.clientSecretId())).isInstanceOf(SdkClientException.class);
        assertThat(simulator.authenticate(clientId, SUPPLIED)).isTrue();

        late.release();

        await().atMost(Duration.ofSeconds(60)).until(() -> !simulator.authenticate(clientId, SUPPLIED));
    }

    @Test
    void anotherWriterCanTakeTheLastPlaceBeforeAnAdd() {
        simulator
                .faults()
                .on("AddUserPoolClientSecret")
                .runBeforeCommit(() -> simulator.addSecret(Sdk.POOL, clientId, null));

        assertThatThrownBy(() -> add(SUPPLIED)).isInstanceOf(LimitExceededException.class);
    }

    @Test
    void theJournalHasTheSecretIdsAndNoValues() {
        var added = add(SUPPLIED);
        delete(added.clientSecretId());
        var generated = add(null);
        catchThrowable(() -> add("malformed-value-of-the-caller"));
        list();

        var shown = new Wire(simulator).admin("GET", "/_journal", "").body();

        assertThat(simulator.journal().entries())
                .filteredOn(entry -> entry.secretId() != null)
                .extracting(entry -> entry.operation() + " " + entry.secretId())
                .containsExactly(
                        "AddUserPoolClientSecret " + added.clientSecretId(),
                        "DeleteUserPoolClientSecret " + added.clientSecretId(),
                        "AddUserPoolClientSecret " + generated.clientSecretId());
        assertThat(shown)
                .contains("\"secretId\":\"" + added.clientSecretId() + "\"")
                .doesNotContain(SUPPLIED, generated.clientSecretValue(), original, "malformed-value");
    }

    @Test
    void anotherWriterKeepsTheLimitsOfTheService() {
        assertThatThrownBy(() -> simulator.removeSecret(Sdk.POOL, clientId, idOf(0)))
                .isInstanceOf(IllegalStateException.class);
        var added = simulator.addSecret(Sdk.POOL, clientId, SUPPLIED);
        assertThatThrownBy(() -> simulator.addSecret(Sdk.POOL, clientId, null))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> simulator.removeSecret(Sdk.POOL, clientId, "none"))
                .isInstanceOf(NoSuchElementException.class);
        assertThat(added.toString()).doesNotContain(SUPPLIED);

        simulator.removeSecret(Sdk.POOL, clientId, idOf(0));

        assertThat(simulator.client(Sdk.POOL, clientId).secrets()).containsExactly(added);
        assertThat(simulator.journal().of("AddUserPoolClientSecret")).isEmpty();
    }

    @Test
    void anotherProcessAddsListsAndRemovesSecrets() {
        var wire = new Wire(simulator);
        var named = "{\"poolId\":\"" + Sdk.POOL + "\",\"clientId\":\"" + clientId + "\"";
        var query = "/_secrets?poolId=" + Sdk.POOL + "&clientId=" + clientId;

        var added = wire.adminJson("POST", "/_secrets", named + ",\"value\":\"" + SUPPLIED + "\"}");
        assertThat(wire.admin("POST", "/_secrets", named + "}").statusCode()).isEqualTo(400);
        var listed = wire.admin("GET", query, "").body();
        assertThat(wire.admin("DELETE", query + "&secretId=" + idOf(0), "").statusCode())
                .isEqualTo(200);

        assertThat(listed).doesNotContain(SUPPLIED, original);
        assertThat(Wire.parse(listed)).hasSize(2);
        assertThat(Wire.parse(listed).path(0).path("original").asBoolean()).isTrue();
        assertThat(Wire.parse(listed).path(1)).isEqualTo(added);
        assertThat(wire.adminJson("GET", query, "")).containsExactly(added);
        assertThat(wire.admin("DELETE", query + "&secretId=none", "").statusCode())
                .isEqualTo(404);
        assertThat(wire.admin("DELETE", query, "").body()).contains("secretId is missing");
    }

    private ClientSecretDescriptorType add(@Nullable String value) {
        return cognito.addUserPoolClientSecret(
                        r -> r.userPoolId(Sdk.POOL).clientId(clientId).clientSecret(value))
                .clientSecretDescriptor();
    }

    private List<ClientSecretDescriptorType> list() {
        var all = new ArrayList<ClientSecretDescriptorType>();
        String token = null;
        do {
            var asked = token;
            var page = cognito.listUserPoolClientSecrets(
                    r -> r.userPoolId(Sdk.POOL).clientId(clientId).nextToken(asked));
            all.addAll(page.clientSecrets());
            token = page.nextToken();
        } while (token != null);
        return all;
    }

    private void delete(String secretId) {
        cognito.deleteUserPoolClientSecret(
                r -> r.userPoolId(Sdk.POOL).clientId(clientId).clientSecretId(secretId));
    }

    private String idOf(int index) {
        return simulator.client(Sdk.POOL, clientId).secrets().get(index).id();
    }

    private static String added(CognitoIdentityProviderClient sdk, String clientId) {
        return sdk.addUserPoolClientSecret(r -> r.userPoolId(Sdk.POOL).clientId(clientId))
                .clientSecretDescriptor()
                .clientSecretId();
    }
}
