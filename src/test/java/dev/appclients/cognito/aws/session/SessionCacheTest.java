package dev.appclients.cognito.aws.session;

import static dev.appclients.cognito.aws.cognito.CognitoAppClientsTest.failure;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.aws.cognito.SimulatedCognito;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Caching, expiry and renewal of role sessions. */
class SessionCacheTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/shop";
    private static final int PAIRS = 1_500;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:00Z"));
    private final AtomicInteger assumeRoles = new AtomicInteger();
    private final SessionCache sessions = new SessionCache(identity(), this::assume, now::get);

    @Test
    void eachPairOfRoleAndNamespaceCostsOneAssumeRole() {
        try (var cognito = new SimulatedCognito()) {
            cognito.simulator.access().role(ROLE);
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < PAIRS; i++) {
                    cognito.appClients.account(access("namespace-" + i));
                }
            }
            assertThat(cognito.simulator.journal().received("GetCallerIdentity"))
                    .isEqualTo(2 * PAIRS);
            assertThat(cognito.simulator.journal().received("AssumeRole")).isEqualTo(PAIRS);
        }
    }

    @Test
    void aSessionIsDroppedAfterAnHourWithoutUse() {
        for (int i = 0; i < PAIRS; i++) {
            credentials("namespace-" + i);
        }
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(40)));
        credentials("namespace-7");
        assertThat(sessions.size()).isEqualTo(PAIRS);

        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(21)));
        credentials("namespace-8");

        assertThat(sessions.size()).isEqualTo(2);
    }

    @Test
    void sessionsFromBeforeTheClockWasSetBackAreDroppedAnHourLater() {
        for (int i = 0; i < PAIRS; i++) {
            credentials("namespace-" + i);
        }
        now.updateAndGet(instant -> instant.minus(Duration.ofDays(1)));
        credentials("namespace-7");
        assertThat(sessions.size()).isEqualTo(PAIRS);

        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(61)));
        credentials("namespace-8");

        assertThat(sessions.size()).isEqualTo(1);
    }

    /** Its age is unknown: after a clock error of an hour, it would be used an hour too long. */
    @Test
    void aSessionFromBeforeTheClockWasSetBackIsRenewedOnce() {
        credentials("shop");
        now.updateAndGet(instant -> instant.minus(Duration.ofHours(2)));

        credentials("shop");
        credentials("shop");

        assertThat(assumeRoles).hasValue(2);
    }

    @Test
    void aCachedFailureFromBeforeTheClockWasSetBackIsDropped() {
        SessionCache refused = new SessionCache(
                identity(),
                access -> {
                    assumeRoles.incrementAndGet();
                    throw new AwsCallException(new Failure(FailureKind.ROLE_DENIED, "AssumeRole", "no"));
                },
                now::get);
        failure(() -> refused.credentials(access("shop"), Operation.DESCRIBE_CLIENT));
        failure(() -> refused.credentials(access("shop"), Operation.DESCRIBE_CLIENT));
        assertThat(assumeRoles).hasValue(1);

        now.updateAndGet(instant -> instant.minus(Duration.ofHours(2)));
        failure(() -> refused.credentials(access("shop"), Operation.DESCRIBE_CLIENT));

        assertThat(assumeRoles).hasValue(2);
    }

    /** A call may take longer than its failure is kept. */
    @Test
    void thoseThatWaitedForAFailedCallGetItsFailure() {
        SessionCache silent = new SessionCache(
                identity(),
                access -> {
                    assumeRoles.incrementAndGet();
                    now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(8)));
                    throw new AwsCallException(
                            new Failure(FailureKind.UNREACHABLE, "AssumeRole", "the call timed out"));
                },
                now::get);
        for (int i = 0; i < 3; i++) {
            failure(() -> silent.credentials(access("shop"), Operation.DESCRIBE_CLIENT));
        }

        assertThat(assumeRoles).hasValue(1);

        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(5)));
        failure(() -> silent.credentials(access("shop"), Operation.DESCRIBE_CLIENT));
        assertThat(assumeRoles).hasValue(2);
    }

    @Test
    void manyRejectionsOfOneSessionLeadToOneNewSession() {
        AwsCredentials revoked = sessions.credentials(access("shop"), Operation.DESCRIBE_CLIENT);
        for (int i = 0; i < 3; i++) {
            sessions.invalidate(access("shop"), revoked);
            credentials("shop");
        }

        assertThat(assumeRoles).hasValue(2);
    }

    private BackoffCredentials identity() {
        return new BackoffCredentials(AnonymousCredentialsProvider.create(), now::get);
    }

    private RoleSession.Issued assume(PoolAccess access) {
        return new RoleSession.Issued(
                AwsBasicCredentials.create("AKIA" + assumeRoles.incrementAndGet(), "unused"),
                now.get().plus(Duration.ofHours(1)));
    }

    private void credentials(String namespace) {
        sessions.credentials(access(namespace), Operation.DESCRIBE_CLIENT);
    }

    private static PoolAccess access(String namespace) {
        return new PoolAccess(SHOP, ROLE, null, namespace);
    }
}
