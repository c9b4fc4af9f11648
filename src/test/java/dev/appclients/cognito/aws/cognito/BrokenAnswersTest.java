package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.CognitoAppClientsTest.failure;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.access;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.budget.Budget;
import dev.appclients.cognito.aws.budget.CircuitBreaker;
import dev.appclients.cognito.aws.call.Calls;
import dev.appclients.cognito.aws.call.FailureMapper;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolCatalog;
import dev.appclients.cognito.simulator.JournalEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** The connection is reset after half of an answer. */
class BrokenAnswersTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/shop";

    /** Without the delete: its answer is empty. */
    private static final List<String> WRITES =
            List.of("CreateUserPoolClient", "UpdateUserPoolClient", "AddUserPoolClientSecret");

    /** With one connection: a call that leaks it blocks the next. */
    private final SimulatedCognito cognito = new SimulatedCognito(
            new AwsConfiguration(Duration.ofSeconds(8), Duration.ofSeconds(3), 1, Quotas.UNLIMITED, null, null));

    private final AppClients appClients = cognito.appClients;

    @AfterEach
    void close() {
        cognito.close();
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                operation("CreateUserPoolClient", (calls, id) -> create(calls)),
                operation("DescribeUserPoolClient", (calls, id) -> calls.describe(access("a"), id, Priority.USER)),
                operation(
                        "UpdateUserPoolClient",
                        (calls, id) -> calls.update(access("a"), id, settings("b"), () -> true)),
                operation(
                        "ListUserPoolClients", (calls, id) -> calls.findByNameSuffix(access("a"), ".x", Instant.now())),
                operation("AddUserPoolClientSecret", (calls, id) -> addSecret(calls)),
                operation(
                        "ListUserPoolClientSecrets", (calls, id) -> calls.listSecrets(access("a"), id, Priority.USER)),
                operation("DescribeUserPool", (calls, id) -> calls.describePool(access("a"), null)),
                operation("ListResourceServers", (calls, id) -> contents(calls, PoolCatalog.SCOPES)),
                operation("ListIdentityProviders", (calls, id) -> contents(calls, PoolCatalog.PROVIDERS)),
                operation("GetCallerIdentity", (calls, id) -> calls.account(access("a"))),
                operation(
                        "AssumeRole",
                        (calls, id) -> calls.account(new PoolAccess(SHOP, ROLE, null, "a" + System.nanoTime()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void aTruncatedAnswerIsAFailureThatReleasesTheConnection(String operation, BiConsumer<AppClients, String> call) {
        cognito.simulator.access().role(ROLE);
        String id = create(appClients).clientId();
        cognito.heard.clear();
        cognito.simulator.faults().on(operation).times(2).resetInAnswer();

        for (int i = 0; i < 2; i++) {
            Failure failure = failure(() -> call.accept(appClients, id));
            assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(failure.operation()).isEqualTo(operation);
            assertThat(failure.mayHaveTakenEffect()).isEqualTo(WRITES.contains(operation));
            assertThat(failure.message()).doesNotContain("null", "ClientSecret", "{", "\n");
        }

        assertThat(cognito.heard)
                .filteredOn(heard -> heard.operation().equals(operation))
                .hasSize(2)
                .allSatisfy(heard -> assertThat(heard.failure()).isEqualTo(FailureKind.UNREACHABLE));
        assertThat(create(appClients).clientId()).as("the next call").isNotNull();
    }

    @Test
    void aCreateWithATruncatedAnswerIsMadeOnceAndFoundByItsName() {
        cognito.simulator.faults().on("CreateUserPoolClient").times(1).resetInAnswer();

        failure(() -> create(appClients));

        assertThat(cognito.simulator.journal().of("CreateUserPoolClient"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.outcome()).isEqualTo(JournalEntry.RESET))
                .satisfies(entry -> assertThat(entry.committed()).isTrue());
        assertThat(appClients
                        .findByNameSuffix(access("a"), ".0123456789", Instant.now())
                        .clientIds())
                .hasSize(1);
    }

    @Test
    void truncatedAnswersInARowOpenTheCircuitBreaker() {
        cognito.simulator.faults().on("DescribeUserPoolClient").always().resetInAnswer();
        String id = create(appClients).clientId();
        for (int i = 0; i < CircuitBreaker.FAILURE_THRESHOLD; i++) {
            failure(() -> appClients.describe(access("a"), id, Priority.USER));
        }
        assertThat(cognito.simulator.journal().received("DescribeUserPoolClient"))
                .isEqualTo(CircuitBreaker.FAILURE_THRESHOLD);
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                Arguments.of(new IllegalStateException("a defect")), Arguments.of(new StackOverflowError("a defect")));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void anUnexpectedExceptionReleasesThePermitAndTheConnectionNotifiesTheListenerAndIsRethrown(Throwable defect) {
        List<CallListener.Call> heard = new ArrayList<>();
        try (Budget budget = new Budget(Quotas.DEFAULT, System::nanoTime)) {
            Calls calls = new Calls(budget, 1, heard::add, System::nanoTime);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> make(calls, () -> {
                            throw sneaky(defect);
                        }))
                        .isSameAs(defect);
            }
            // An update is exclusive in its pool, and there is one connection: a leak of either blocks this call.
            assertThat(make(calls, () -> "answer")).isEqualTo("answer");
        }
        assertThat(heard)
                .extracting(CallListener.Call::failure)
                .containsExactly(FailureKind.UNREACHABLE, FailureKind.UNREACHABLE, FailureKind.UNREACHABLE, null);
    }

    @Test
    void anIoErrorWhileTheAnswerIsReadIsNotQuoted() {
        try (Budget budget = new Budget(Quotas.UNLIMITED, System::nanoTime)) {
            Calls calls = new Calls(budget, 1, CallListener.NONE, System::nanoTime);
            Failure failure = failure(() -> make(calls, () -> {
                throw new UncheckedIOException(new IOException("canarysecretvalue"));
            }));
            assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(failure.message()).isEqualTo("the answer cannot be read (IOException)");
        }
    }

    private static String make(Calls calls, Supplier<String> attempt) {
        return calls.make(
                new Calls.Request(
                        Operation.UPDATE_CLIENT,
                        "own",
                        access("a"),
                        Priority.USER,
                        () -> AwsBasicCredentials.create("AKIA", "unused"),
                        () -> true),
                signer -> attempt.get(),
                e -> FailureMapper.of(Operation.UPDATE_CLIENT, e));
    }

    private static RuntimeException sneaky(Throwable defect) {
        if (defect instanceof Error error) {
            throw error;
        }
        return (RuntimeException) defect;
    }

    private static AppClient create(AppClients calls) {
        return calls.create(access("a"), settings("web.0123456789"), true, () -> true);
    }

    /** To a new client: the first of two truncated answers adds a secret too. */
    private static void addSecret(AppClients calls) {
        calls.addSecret(access("a"), create(calls).clientId(), null, () -> true);
    }

    private static Object contents(AppClients calls, PoolCatalog catalog) {
        return calls.contents(access("a"), catalog, Instant.now());
    }

    private static Arguments operation(String name, BiConsumer<AppClients, String> call) {
        return Arguments.of(name, call);
    }
}
