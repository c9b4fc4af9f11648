package dev.appclients.cognito.simulator;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AccessDeniedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ClientSecretDescriptorType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ConcurrentModificationException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitExceededException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;

/** Both sides of each fact about secrets that is not established. */
class SecretSwitchesTest extends WithSimulator {

    private static final String SUPPLIED = "chosen_by_the_caller_0123456789";
    private static final Duration LAG = Duration.ofSeconds(30);

    private String clientId;
    private String original;

    @BeforeEach
    void createClient() {
        simulator.switches().lag(LAG);
        var created = Sdk.create(cognito, r -> r.generateSecret(true));
        clientId = created.clientId();
        original = created.clientSecret();
        simulator.clock().advance(LAG.multipliedBy(2));
    }

    @Test
    void aSuppliedValueIsAcceptedUnlessItsSwitchIsOn() {
        on(Switch.SUPPLIED_SECRETS_REFUSED);

        assertThatThrownBy(() -> add(SUPPLIED))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Value '" + SUPPLIED + "' at 'clientSecret'");
        assertThat(add(null).clientSecretValue()).isNotBlank();
    }

    @Test
    void aFormerValueIsAcceptedAgainUnlessItsSwitchIsOn() {
        delete(add(SUPPLIED));
        delete(add(SUPPLIED));
        on(Switch.SECRET_VALUES_ARE_UNIQUE);

        assertThatThrownBy(() -> add(SUPPLIED))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(SUPPLIED);
        assertThat(add("another_value_of_the_caller_0123").clientSecretId()).isNotBlank();
    }

    @Test
    void anAddRightAfterADeleteIsAcceptedUnlessItsSwitchIsOn() {
        delete(add(null));
        delete(add(null));
        on(Switch.ADD_AFTER_DELETE_LIMITED);
        simulator.clock().advance(LAG);
        var added = add(null);
        simulator.clock().advance(LAG);
        delete(added);

        assertThatThrownBy(() -> add(null))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("Client secrets cannot exceed limit of 2 secrets.");
        simulator.clock().advance(LAG.minusSeconds(10));
        assertThatThrownBy(() -> add(null)).isInstanceOf(LimitExceededException.class);
        simulator.clock().advance(Duration.ofSeconds(11));
        add(null);
    }

    @Test
    void aListShowsAdditionsAndDeletionsAtOnceUnlessItsSwitchIsOn() {
        var first = list().getFirst();
        var second = add(null).clientSecretId();
        assertThat(list()).contains(second);
        simulator.clock().advance(LAG);
        on(Switch.SECRET_LIST_LAGS);
        delete(second);
        var third = add(null).clientSecretId();

        assertThat(list()).containsExactlyInAnyOrder(first, second);
        simulator.clock().advance(LAG.plusSeconds(1));
        assertThat(list()).containsExactlyInAnyOrder(first, third);
    }

    @Test
    void withItsSwitchTheListOfANewClientIsEmptyAtFirst() {
        on(Switch.SECRET_LIST_LAGS);
        clientId = Sdk.create(cognito, r -> r.generateSecret(true)).clientId();

        assertThat(list()).isEmpty();
        simulator.clock().advance(LAG.plusSeconds(1));
        assertThat(list()).hasSize(1);
    }

    @Test
    void aListHasOnePageUnlessItsSwitchIsOn() {
        add(null);
        assertThat(pages()).containsExactly(2);
        on(Switch.SECRETS_ONE_PER_PAGE);

        assertThat(pages()).containsExactly(1, 0, 1);
        assertThat(list()).hasSize(2).doesNotHaveDuplicates();
        simulator.switches().set(Switch.EMPTY_LIST_PAGES, false);
        assertThat(pages()).containsExactly(1, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "CUSTOM_SECRET_ECHOED, original, none",
        "NEWEST_SECRET_DESCRIBED, none, none",
        "REMAINING_SECRET_DESCRIBED, original, none",
        "NEWEST_SECRET_DESCRIBED CUSTOM_SECRET_ECHOED, supplied, supplied",
        "REMAINING_SECRET_DESCRIBED CUSTOM_SECRET_ECHOED, original, supplied"
    })
    void aDescriptionWithASuppliedSecret(String switches, String withTwo, String afterOriginal) {
        turnOn(switches);
        add(SUPPLIED);
        assertThat(described()).isEqualTo(withTwo);

        simulator.removeSecret(Sdk.POOL, clientId, first());

        assertThat(described()).isEqualTo(afterOriginal);
    }

    @ParameterizedTest
    @CsvSource({
        "'', original, none",
        "NEWEST_SECRET_DESCRIBED, generated, generated",
        "REMAINING_SECRET_DESCRIBED, original, generated"
    })
    void aDescriptionWithAGeneratedSecret(String switches, String withTwo, String afterOriginal) {
        turnOn(switches);
        add(null);
        assertThat(described()).isEqualTo(withTwo);

        simulator.removeSecret(Sdk.POOL, clientId, first());

        assertThat(described()).isEqualTo(afterOriginal);
    }

    @Test
    void aDeleteOfAnUnknownSecretIsNotFoundUnlessItsSwitchIsOn() {
        add(null);
        assertThatThrownBy(() -> delete(clientId + "--7")).isInstanceOf(ResourceNotFoundException.class);
        on(Switch.UNKNOWN_SECRET_IS_A_PARAMETER);

        assertThatThrownBy(() -> delete(clientId + "--7"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(clientId + "--7 does not exist");
    }

    @Test
    void aRepeatedDeleteIsNotFoundUnlessTheLastSecretIsCheckedFirst() {
        var added = add(null).clientSecretId();
        delete(added);
        assertThatThrownBy(() -> delete(added)).isInstanceOf(ResourceNotFoundException.class);
        on(Switch.LAST_SECRET_CHECKED_FIRST);

        assertThatThrownBy(() -> delete(added))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("last");
        add(null);
        assertThatThrownBy(() -> delete(added)).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void anAddToAPublicClientIsAParameterUnlessItsSwitchIsOn() {
        clientId = Sdk.create(cognito, r -> r).clientId();
        assertThatThrownBy(() -> add(null)).isInstanceOf(InvalidParameterException.class);
        assertThat(list()).isEmpty();
        on(Switch.INELIGIBLE_CLIENT_IS_ACCESS_DENIED);

        assertThatThrownBy(() -> add(null)).isInstanceOf(AccessDeniedException.class);
        assertThat(simulator.client(Sdk.POOL, clientId).confidential()).isFalse();
    }

    @Test
    void aDynamicallyRegisteredClientRefusesEverySecretOperationAlsoAfterAnUpdate() {
        simulator.changeClient(Sdk.POOL, clientId, Map.of("ClientType", "DCR"));
        Sdk.update(cognito, clientId, r -> r);
        var first = first();

        assertThatThrownBy(() -> add(null)).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(this::list).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> delete(first)).isInstanceOf(InvalidParameterException.class);
        on(Switch.INELIGIBLE_CLIENT_IS_ACCESS_DENIED);
        assertThatThrownBy(() -> add(null)).isInstanceOf(AccessDeniedException.class);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aChangeOfSecretsWaitsForNoOtherChangeUnlessItsSwitchIsOn(boolean exclusive) throws Exception {
        simulator.switches().set(Switch.SECRET_CHANGES_ARE_EXCLUSIVE, exclusive);
        var added = add(null).clientSecretId();
        var pause = simulator.faults().on("UpdateUserPoolClient").pause(Duration.ofSeconds(60));
        var updating = runAsync(() -> Sdk.update(cognito, clientId, r -> r));
        pause.awaitHit(Duration.ofSeconds(60));

        if (exclusive) {
            assertThatThrownBy(() -> delete(added)).isInstanceOf(ConcurrentModificationException.class);
            assertThat(list()).as("a read").hasSize(2);
        } else {
            delete(added);
        }

        pause.release();
        updating.get(60, TimeUnit.SECONDS);
        assertThat(list()).hasSize(exclusive ? 2 : 1);
    }

    private void on(Switch which) {
        simulator.switches().set(which, true);
    }

    private void turnOn(String switches) {
        if (!switches.isEmpty()) {
            List.of(switches.split(" ")).forEach(name -> on(Switch.valueOf(name)));
        }
    }

    private ClientSecretDescriptorType add(@Nullable String value) {
        return cognito.addUserPoolClientSecret(
                        r -> r.userPoolId(Sdk.POOL).clientId(clientId).clientSecret(value))
                .clientSecretDescriptor();
    }

    private void delete(ClientSecretDescriptorType added) {
        delete(added.clientSecretId());
    }

    private void delete(String secretId) {
        cognito.deleteUserPoolClientSecret(
                r -> r.userPoolId(Sdk.POOL).clientId(clientId).clientSecretId(secretId));
    }

    private List<String> list() {
        return listedPages().stream().flatMap(List::stream).toList();
    }

    private List<Integer> pages() {
        return listedPages().stream().map(List::size).toList();
    }

    private List<List<String>> listedPages() {
        var pages = new ArrayList<List<String>>();
        String token = null;
        do {
            var asked = token;
            var page = cognito.listUserPoolClientSecrets(
                    r -> r.userPoolId(Sdk.POOL).clientId(clientId).nextToken(asked));
            pages.add(page.clientSecrets().stream()
                    .map(ClientSecretDescriptorType::clientSecretId)
                    .toList());
            token = page.nextToken();
        } while (token != null);
        return pages;
    }

    /** The id of the oldest live secret. */
    private String first() {
        return simulator.client(Sdk.POOL, clientId).secrets().getFirst().id();
    }

    /** The origin of the secret that a description shows. */
    private String described() {
        var shown = Sdk.describe(cognito, clientId).clientSecret();
        if (shown == null) {
            return "none";
        }
        if (shown.equals(original)) {
            return "original";
        }
        return shown.equals(SUPPLIED) ? "supplied" : "generated";
    }
}
