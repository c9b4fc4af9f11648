package dev.appclients.cognito.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.failure.FailureKind.Pace;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTextTest {

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void everyMessageNamesTheCallThePoolTheErrorAndTheAction(FailureKind kind) {
        Failure failure = new Failure(kind, "CreateUserPoolClient", "Something is wrong.");

        String message = FailureText.message(failure, "eu-west-1_Shop");

        assertThat(message)
                .startsWith("CreateUserPoolClient on pool eu-west-1_Shop failed: Something is wrong. ")
                .endsWith(".")
                .doesNotContain("..");
        assertThat(message.length())
                .isGreaterThan(
                        "CreateUserPoolClient on pool eu-west-1_Shop failed: Something is wrong. ".length() + 20);
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void onlyAnErrorThatNeedsAUserStalls(FailureKind kind) {
        Outcome outcome =
                FailureText.conclude(Step.CLIENT, new Failure(kind, "UpdateUserPoolClient", "no"), "eu-west-1_Shop");

        if (kind.needsHuman()) {
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        } else {
            assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
        }
    }

    @Test
    void eachKindHasAReasonOfItsOwn() {
        // The rotation reports these by reasons of its own.
        var ofSecrets = Set.of(
                FailureKind.SECRET_LIMIT,
                FailureKind.SECRET_NOT_ADDED,
                FailureKind.SECRET_NOT_FOUND,
                FailureKind.LAST_SECRET);
        assertThat(Arrays.stream(FailureKind.values())
                        // A user need not know whether the request was sent.
                        .filter(kind -> kind != FailureKind.NOT_SENT && !ofSecrets.contains(kind))
                        .map(FailureText::reason))
                .doesNotHaveDuplicates();
    }

    /** A wrong row would lose or duplicate a client. */
    @ParameterizedTest
    @CsvSource({
        "SERVICE_FAULT, CreateUserPoolClient, true",
        "UNREACHABLE, CreateUserPoolClient, true",
        "NOT_SENT, CreateUserPoolClient, false",
        "THROTTLED, CreateUserPoolClient, false",
        "INVALID_SETTINGS, CreateUserPoolClient, false",
        "SERVICE_FAULT, DescribeUserPoolClient, false",
        "UNREACHABLE, ListUserPoolClients, false",
        "UNREACHABLE, AssumeRole, false",
        "UNREACHABLE, GetCallerIdentity, false",
        "UNREACHABLE, DeleteUserPoolClient, true",
        "UNREACHABLE, AddUserPoolClientSecret, true",
        "SERVICE_FAULT, AddUserPoolClientSecret, true",
        "NOT_SENT, AddUserPoolClientSecret, false",
        "SECRET_LIMIT, AddUserPoolClientSecret, false",
        "SECRET_NOT_ADDED, AddUserPoolClientSecret, false",
        "UNREACHABLE, ListUserPoolClientSecrets, false",
        "UNREACHABLE, DeleteUserPoolClientSecret, true",
    })
    void onlyAWriteWithoutAnAnswerMayHaveTakenEffect(FailureKind kind, String operation, boolean may) {
        assertThat(new Failure(kind, operation, "no").mayHaveTakenEffect()).isEqualTo(may);
    }

    @ParameterizedTest
    @EnumSource(Pace.class)
    void noPaceGrowsBeyondItsBound(Pace pace) {
        assertThat(pace.first()).isPositive().isLessThanOrEqualTo(pace.bound());
    }
}
