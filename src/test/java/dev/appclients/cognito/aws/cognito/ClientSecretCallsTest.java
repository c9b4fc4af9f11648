package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.CognitoAppClientsTest.failure;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.access;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.AddedSecret;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.simulator.Switch;
import dev.appclients.cognito.status.FailureText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The secrets of a client, through the SDK and the simulator. */
class ClientSecretCallsTest {

    private static final ClientSecret SUPPLIED = new ClientSecret("canarysecretvalue0123456789abcdefABCDEF0123456789");

    private final SimulatedCognito cognito = new SimulatedCognito();
    private final AppClients appClients = cognito.appClients;
    private String id;
    private String original;

    @BeforeEach
    void createClient() {
        id = appClients
                .create(access("shop"), settings("web.0123456789"), true, () -> true)
                .clientId();
        original = list().secrets().getFirst().id();
        cognito.simulator.journal().clear();
    }

    @AfterEach
    void close() {
        cognito.close();
    }

    @Test
    void aGeneratedValueIsReturnedOnce() {
        AddedSecret added = add(null);

        assertThat(cognito.simulator.authenticate(id, added.generated().reveal()))
                .isTrue();
        assertThat(list().secrets())
                .extracting(SecretId::id)
                .contains(added.secret().id());
        assertThat(calls()).containsExactly("AddUserPoolClientSecret", "ListUserPoolClientSecrets");
    }

    @Test
    void aSuppliedValueIsAcceptedAndNotReturned() {
        AddedSecret added = add(SUPPLIED);

        assertThat(added.generated()).isNull();
        assertThat(added.secret().created()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(cognito.simulator.authenticate(id, SUPPLIED.reveal())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListHasAllPagesOldestFirst(boolean onePerPage) {
        cognito.simulator.clock().advance(Duration.ofMinutes(1));
        String second = add(SUPPLIED).secret().id();
        cognito.simulator.switches().set(Switch.SECRETS_ONE_PER_PAGE, onePerPage);

        assertThat(list().secrets()).extracting(SecretId::id).containsExactly(original, second);
        assertThat(cognito.simulator.journal().received("ListUserPoolClientSecrets"))
                .isGreaterThanOrEqualTo(onePerPage ? 2 : 1);
    }

    @Test
    void aListIsDatedByTheClockOfTheService() {
        cognito.simulator.clock().skew(Duration.ofDays(3));

        Instant at = list().at();

        assertThat(at)
                .isCloseTo(Instant.now().plus(Duration.ofDays(3)), within(1, ChronoUnit.MINUTES))
                .isEqualTo(at.truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void aDeletedSecretNoLongerAuthenticates() {
        add(SUPPLIED);

        delete(original);

        assertThat(list().secrets()).hasSize(1).extracting(SecretId::id).doesNotContain(original);
        assertThat(cognito.simulator.authenticate(id, SUPPLIED.reveal())).isTrue();
    }

    @Test
    void aThirdSecretIsALimitOfTheClientAndNotOfThePool() {
        add(null);

        assertThat(failure(() -> add(SUPPLIED)))
                .isEqualTo(new Failure(
                        FailureKind.SECRET_LIMIT,
                        "AddUserPoolClientSecret",
                        "Client secrets cannot exceed limit of 2 secrets."));
    }

    static Stream<ClientSecret> refusedValues() {
        return Stream.of(new ClientSecret("tooshort"), new ClientSecret("with-hyphen-0123456789012345"), SUPPLIED);
    }

    @ParameterizedTest
    @MethodSource("refusedValues")
    void aRefusedValueIsNotQuoted(ClientSecret value) {
        cognito.simulator.switches().set(Switch.SUPPLIED_SECRETS_REFUSED, true);

        Failure failure = failure(() -> add(value));

        assertThat(failure)
                .isEqualTo(new Failure(
                        FailureKind.SECRET_NOT_ADDED,
                        "AddUserPoolClientSecret",
                        "InvalidParameterException: Cognito refuses the value of the secret, or allows this client no"
                                + " second secret"));
        assertThat(failure.mayHaveTakenEffect()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPublicClientGetsNoSecret(boolean accessDenied) {
        cognito.simulator.switches().set(Switch.INELIGIBLE_CLIENT_IS_ACCESS_DENIED, accessDenied);
        String open = appClients
                .create(access("shop"), settings("spa"), false, () -> true)
                .clientId();

        Failure failure = failure(() -> appClients.addSecret(access("shop"), open, SUPPLIED, () -> true));

        assertThat(failure.kind()).isEqualTo(accessDenied ? FailureKind.ACCESS_DENIED : FailureKind.SECRET_NOT_ADDED);
        assertThat(failure.message()).contains("allows this client no second secret");
    }

    @ParameterizedTest
    @EnumSource(
            value = Switch.class,
            names = {"UNKNOWN_SECRET_IS_A_PARAMETER", "LAST_SECRET_CHECKED_FIRST"})
    void aMissingSecretIsNotFound(Switch disputed) {
        for (boolean side : List.of(false, true)) {
            cognito.simulator.switches().set(disputed, side);
            assertThat(failure(() -> delete(id + "--7")).kind())
                    .as("%s %s", disputed, side)
                    .isEqualTo(FailureKind.SECRET_NOT_FOUND);
        }
    }

    @Test
    void aMessageThatSaysThatTheSecretDoesNotExistNeedsNoList() {
        failure(() -> delete(id + "--7"));

        assertThat(calls()).containsExactly("DeleteUserPoolClientSecret");
    }

    @Test
    void theLastSecretStays() {
        assertThat(failure(() -> delete(original)).kind()).isEqualTo(FailureKind.LAST_SECRET);
        assertThat(list().secrets()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidParameterException", "ResourceNotFoundException"})
    void aRefusedDeleteOfAListedSecretDoesNotPassForADeletion(String code) {
        add(SUPPLIED);
        refuse("DeleteUserPoolClientSecret", code, "Not possible for this client.");

        assertThat(failure(() -> delete(original)))
                .isEqualTo(new Failure(
                        FailureKind.UNKNOWN_REFUSAL, "DeleteUserPoolClientSecret", "Not possible for this client."));
    }

    @Test
    void aRefusedDeleteStaysUndecidedIfTheSecretsCannotBeListed() {
        refuse("DeleteUserPoolClientSecret", "ResourceNotFoundException", "Not here.");
        deny("ListUserPoolClientSecrets");

        Failure failure = failure(() -> delete(original));

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure.operation()).isEqualTo("DeleteUserPoolClientSecret");
        assertThat(failure.message())
                .startsWith(
                        "Not here. Whether the secret exists is unknown, because ListUserPoolClientSecrets failed:");
    }

    @Test
    void aMissingPoolIsReportedByEachCall() {
        PoolAccess nowhere = new PoolAccess(new PoolId("eu-west-1_Nowhere"), null, null, "shop");

        assertThat(failures(nowhere, id)).extracting(Failure::kind).containsOnly(FailureKind.POOL_NOT_FOUND);
    }

    @Test
    void aMissingClientIsReportedByEachCall() {
        appClients.delete(access("shop"), id, () -> true);

        assertThat(failures(access("shop"), id)).extracting(Failure::kind).containsOnly(FailureKind.CLIENT_NOT_FOUND);
    }

    @Test
    void anAmbiguousNotFoundIsResolvedByReadingThePool() {
        PoolAccess nowhere = new PoolAccess(new PoolId("eu-west-1_Nowhere"), null, null, "shop");
        refuse("AddUserPoolClientSecret", "ResourceNotFoundException", "Not here.");
        refuse("ListUserPoolClientSecrets", "ResourceNotFoundException", "Not here.");
        refuse("DeleteUserPoolClientSecret", "ResourceNotFoundException", "Not here.");

        assertThat(failures(access("shop"), id)).extracting(Failure::kind).containsOnly(FailureKind.CLIENT_NOT_FOUND);
        assertThat(failures(nowhere, id)).extracting(Failure::kind).containsOnly(FailureKind.POOL_NOT_FOUND);
    }

    @Test
    void aDeniedCallNamesItsAction() {
        List.of("AddUserPoolClientSecret", "ListUserPoolClientSecrets", "DeleteUserPoolClientSecret")
                .forEach(this::deny);

        assertThat(failures(access("shop"), id)).hasSize(3).allSatisfy(failure -> {
            assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
            assertThat(FailureText.message(failure, SHOP.value()))
                    .contains("cognito-idp:" + failure.operation(), "Allow this action on the pool");
        });
    }

    @Test
    void withoutTheActionsEveryOtherCallWorks() {
        List.of("AddUserPoolClientSecret", "ListUserPoolClientSecrets", "DeleteUserPoolClientSecret")
                .forEach(this::deny);

        appClients.update(access("shop"), id, settings("renamed"), () -> true);
        assertThat(appClients.describe(access("shop"), id, Priority.USER).secret())
                .isNotNull();
        appClients.delete(access("shop"), id, () -> true);
    }

    @Test
    void anAdditionWithoutAnAnswerMayHaveTakenEffectAndIsNotRepeated() {
        cognito.simulator.faults().on("AddUserPoolClientSecret").times(1).dropAfterCommit();

        assertThat(failure(() -> add(SUPPLIED)).mayHaveTakenEffect()).isTrue();

        assertThat(cognito.simulator.journal().of("AddUserPoolClientSecret")).hasSize(1);
        assertThat(list().secrets()).hasSize(2);
    }

    @Test
    void onlyAFaultOfTheServiceMayHaveTakenEffect() {
        refuse("AddUserPoolClientSecret", "InternalServerException", 500, "Value '" + SUPPLIED.reveal() + "'");
        assertThat(failure(() -> add(SUPPLIED)))
                .satisfies(failure -> assertThat(failure.mayHaveTakenEffect()).isTrue())
                .satisfies(failure -> assertThat(failure.message()).doesNotContain("Value"));

        for (String code : List.of("TooManyRequestsException", "ConcurrentModificationException")) {
            cognito.simulator.faults().clear();
            refuse("AddUserPoolClientSecret", code, "Slow down.");
            assertThat(failure(() -> add(SUPPLIED)).mayHaveTakenEffect())
                    .as(code)
                    .isFalse();
        }
    }

    @Test
    void aCallThatIsNoLongerWantedIsNotMade() {
        assertThatThrownBy(() -> appClients.addSecret(access("shop"), id, SUPPLIED, () -> false))
                .isInstanceOf(CallCancelled.class);
        assertThatThrownBy(() -> appClients.deleteSecret(access("shop"), id, original, () -> false))
                .isInstanceOf(CallCancelled.class);
        assertThat(calls()).isEmpty();
    }

    @Test
    void theOperationsCountAgainstTheQuotasOfClientsAndAreNotExclusiveInThePool() {
        assertThat(List.of(Operation.ADD_SECRET, Operation.LIST_SECRETS, Operation.DELETE_SECRET))
                .noneMatch(Operation::isExclusiveInPool)
                .extracting(Operation::category)
                .containsExactly(
                        Operation.Category.CLIENT_UPDATE,
                        Operation.Category.CLIENT_READ,
                        Operation.Category.CLIENT_UPDATE);
    }

    private AddedSecret add(@Nullable ClientSecret value) {
        return appClients.addSecret(access("shop"), id, value, () -> true);
    }

    private SecretListing list() {
        return appClients.listSecrets(access("shop"), id, Priority.USER);
    }

    private void delete(String secretId) {
        appClients.deleteSecret(access("shop"), id, secretId, () -> true);
    }

    private List<Failure> failures(PoolAccess access, String clientId) {
        return Stream.<ThrowingCallable>of(
                        () -> appClients.addSecret(access, clientId, SUPPLIED, () -> true),
                        () -> appClients.listSecrets(access, clientId, Priority.USER),
                        () -> appClients.deleteSecret(access, clientId, original, () -> true))
                .map(CognitoAppClientsTest::failure)
                .toList();
    }

    private void refuse(String operation, String code, String text) {
        refuse(operation, code, 400, text);
    }

    private void refuse(String operation, String code, int status, String text) {
        cognito.simulator.faults().on(operation).always().failBeforeCommit(code, status, text);
    }

    private void deny(String action) {
        cognito.simulator.access().deny("*", "cognito-idp:" + action, "*");
    }

    private List<String> calls() {
        return cognito.simulator.journal().entries().stream()
                .map(entry -> entry.operation())
                .toList();
    }
}
