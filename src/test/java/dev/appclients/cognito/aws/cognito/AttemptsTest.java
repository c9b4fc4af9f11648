package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.CognitoAppClientsTest.failure;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.access;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.SystemProperties;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.simulator.Faults;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One call is one attempt, whatever retry mode the environment sets. */
class AttemptsTest {

    private final SystemProperties environment = new SystemProperties();

    @AfterEach
    void close() {
        environment.close();
    }

    static Stream<Arguments> modesAndFaults() {
        return Stream.of("legacy", "standard", "adaptive")
                .flatMap(mode -> Stream.of("true", "false")
                        .flatMap(newer -> Stream.of(
                                        Arguments.of("throttle", FailureKind.THROTTLED),
                                        Arguments.of("503", FailureKind.SERVICE_FAULT),
                                        Arguments.of("drop", FailureKind.UNREACHABLE))
                                .map(fault -> Arguments.of(mode, newer, fault.get()[0], fault.get()[1]))));
    }

    @ParameterizedTest
    @MethodSource("modesAndFaults")
    void noCallIsRepeatedInAnyRetryMode(String mode, String newerRetries, String fault, FailureKind kind) {
        environment.set("aws.retryMode", mode).set("aws.maxAttempts", "5").set("aws.newRetries2026", newerRetries);
        try (var cognito = new SimulatedCognito()) {
            String role = "arn:aws:iam::123456789012:role/shop";
            cognito.simulator.access().role(role);
            fault(fault).apply(cognito.simulator.faults().on("*").always());
            var calls = cognito.appClients;

            assertThat(failure(() -> calls.create(access("a"), settings("web"), true, () -> true))
                            .kind())
                    .isEqualTo(kind);
            failure(() -> calls.describe(access("a"), "abc", Priority.USER));
            failure(() -> calls.update(access("a"), "abc", settings("web"), () -> true));
            failure(() -> calls.delete(access("a"), "abc", () -> true));
            failure(() -> calls.findByNameSuffix(access("a"), ".x", Instant.now()));
            failure(() -> calls.describePool(access("a"), null));
            failure(() -> calls.account(access("a")));
            failure(() -> calls.account(new PoolAccess(SHOP, role, null, "a")));

            assertThat(cognito.heard).hasSize(8);
            assertThat(Stream.of(
                            "CreateUserPoolClient",
                            "DescribeUserPoolClient",
                            "UpdateUserPoolClient",
                            "DeleteUserPoolClient",
                            "ListUserPoolClients",
                            "DescribeUserPool",
                            "GetCallerIdentity",
                            "AssumeRole"))
                    .allSatisfy(
                            operation -> assertThat(cognito.simulator.journal().received(operation))
                                    .as(operation)
                                    .isEqualTo(1));
        }
    }

    private static Function<Faults.Builder, Object> fault(String name) {
        return switch (name) {
            case "throttle" -> Faults.Builder::throttle;
            case "503" -> on -> on.failBeforeCommit("ServiceUnavailable", 503, "Later.");
            default -> Faults.Builder::dropBeforeCommit;
        };
    }
}
