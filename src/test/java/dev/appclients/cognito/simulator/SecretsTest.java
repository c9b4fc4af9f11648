package dev.appclients.cognito.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ClientSecretDescriptorType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitExceededException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;

/** The secrets of a client: added, listed, deleted, and described. */
class SecretsTest extends WithSimulator {

    static final String SUPPLIED = "chosen_by_the_caller_0123456789";

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

    private ClientSecretDescriptorType add(String value) {
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
