package dev.appclients.cognito.simulator;

import static java.util.concurrent.CompletableFuture.runAsync;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ConcurrentModificationException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InternalErrorException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TooManyRequestsException;

/** Faults on demand, and concurrent writes to one pool. */
class FaultsTest extends WithSimulator {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String CREATE = "CreateUserPoolClient";
    private static final String UPDATE = "UpdateUserPoolClient";

    @Test
    void anErrorBeforeTheCommitChangesNothing() {
        simulator.faults().on(CREATE).failBeforeCommit("InternalErrorException", 500, "sorry");

        assertThatThrownBy(() -> Sdk.create(cognito, r -> r))
                .isInstanceOf(InternalErrorException.class)
                .hasMessageContaining("sorry");
        assertThat(simulator.clients(Sdk.POOL)).isEmpty();
        assertThat(outcomes(CREATE)).containsExactly("InternalErrorException false");
    }

    @Test
    void anErrorAfterTheCommitLeavesTheChange() {
        simulator.faults().on(CREATE).failAfterCommit("InternalErrorException", 500, "sorry");

        assertThatThrownBy(() -> Sdk.create(cognito, r -> r)).isInstanceOf(InternalErrorException.class);
        assertThat(simulator.clients(Sdk.POOL)).hasSize(1);
        assertThat(outcomes(CREATE)).containsExactly("InternalErrorException true");
    }

    @Test
    void anyErrorCanBeInjected() {
        simulator.faults().on(CREATE).failBeforeCommit("ServiceUnavailable", 503, "later");

        assertThatThrownBy(() -> Sdk.create(cognito, r -> r))
                .isInstanceOfSatisfying(
                        CognitoIdentityProviderException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(503));
    }

    @Test
    void aConnectionDroppedBeforeTheCommitChangesNothing() {
        simulator.faults().on(CREATE).dropBeforeCommit();

        assertThatThrownBy(() -> Sdk.create(cognito, r -> r)).isInstanceOf(SdkClientException.class);
        assertThat(simulator.clients(Sdk.POOL)).isEmpty();
        assertThat(outcomes(CREATE)).containsExactly("DROPPED false");
    }

    @Test
    void aConnectionDroppedAfterTheCommitLeavesTheChange() {
        simulator.faults().on(CREATE).dropAfterCommit();

        assertThatThrownBy(() -> Sdk.create(cognito, r -> r)).isInstanceOf(SdkClientException.class);
        assertThat(simulator.clients(Sdk.POOL)).hasSize(1);
        assertThat(outcomes(CREATE)).containsExactly("DROPPED true");
    }

    @Test
    void aCommitCanFollowAfterTheClientTimedOut() {
        var late = simulator.faults().on(CREATE).commitWhenReleased();

        assertThatThrownBy(() -> Sdk.create(cognito, r -> r)).isInstanceOf(SdkClientException.class);
        assertThat(simulator.clients(Sdk.POOL)).isEmpty();

        late.release();
        await().atMost(SOON).until(() -> simulator.clients(Sdk.POOL).size() == 1);
        await().atMost(SOON).until(() -> outcomes(CREATE).equals(List.of("COMMITTED_LATE true")));
    }

    @Test
    void aLateCommitHappensAfterItsDelay() {
        simulator.faults().on(CREATE).commitLate(Duration.ofMillis(50));

        assertThatThrownBy(() -> Sdk.create(cognito, r -> r)).isInstanceOf(SdkClientException.class);

        await().atMost(SOON).until(() -> simulator.clients(Sdk.POOL).size() == 1);
    }

    @Test
    void aPausedCallContinuesOnRelease() throws Exception {
        var pause = simulator.faults().on(CREATE).pause();
        var creating = supplyAsync(() -> Sdk.create(cognito, r -> r));

        pause.awaitHit(SOON);
        assertThat(simulator.clients(Sdk.POOL)).isEmpty();
        pause.release();

        assertThat(creating.get(60, TimeUnit.SECONDS).clientName()).isEqualTo("web");
    }

    @Test
    void concurrentUpdatesAndDeletesInOnePoolAreRefusedAndCreatesAreNot() throws Exception {
        var first = Sdk.create(cognito, r -> r).clientId();
        var second = Sdk.create(cognito, r -> r).clientId();
        simulator.pool("eu-west-1_Other");
        var elsewhere = simulator.createForeignClient("eu-west-1_Other", "x").clientId();
        var pause = simulator.faults().on(UPDATE).pause();
        var updating = runAsync(() -> Sdk.update(cognito, first, r -> r));
        pause.awaitHit(SOON);

        assertThatThrownBy(() -> Sdk.update(cognito, second, r -> r))
                .isInstanceOf(ConcurrentModificationException.class)
                .hasMessageContaining("Only one request to update user pool client can be processed at a time.");
        assertThatThrownBy(() ->
                        cognito.deleteUserPoolClient(r -> r.userPoolId(Sdk.POOL).clientId(second)))
                .isInstanceOf(ConcurrentModificationException.class);
        Sdk.create(cognito, r -> r);
        cognito.deleteUserPoolClient(r -> r.userPoolId("eu-west-1_Other").clientId(elsewhere));

        pause.release();
        updating.get(60, TimeUnit.SECONDS);
        Sdk.update(cognito, second, r -> r);
    }

    @Test
    void aLateUpdateKeepsThePoolBusy() {
        var id = Sdk.create(cognito, r -> r).clientId();
        var late = simulator.faults().on(UPDATE).commitWhenReleased();
        assertThatThrownBy(() -> Sdk.update(cognito, id, r -> r.authSessionValidity(9)))
                .isInstanceOf(SdkClientException.class);
        await().atMost(SOON).until(() -> simulator.pool(Sdk.POOL).writeSlot().availablePermits() == 0);

        assertThatThrownBy(() -> Sdk.update(cognito, id, r -> r)).isInstanceOf(ConcurrentModificationException.class);

        late.release();
        await().atMost(SOON).until(() -> Sdk.describe(cognito, id).authSessionValidity() == 9);
    }

    @Test
    void anotherWriterCanActBeforeTheCommitAndBeforeTheAnswer() {
        var id = Sdk.create(cognito, r -> r).clientId();
        simulator
                .faults()
                .on(UPDATE)
                .runAfterCommit(() -> simulator.changeClient(Sdk.POOL, id, Map.of("AuthSessionValidity", 14)));
        simulator
                .faults()
                .on("DescribeUserPoolClient")
                .call(2)
                .runBeforeCommit(() -> simulator.deleteClient(Sdk.POOL, id));

        assertThat(Sdk.update(cognito, id, r -> r.authSessionValidity(5)).authSessionValidity())
                .isEqualTo(5);
        assertThat(Sdk.describe(cognito, id).authSessionValidity()).isEqualTo(14);
        assertThatThrownBy(() -> Sdk.describe(cognito, id)).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aFaultHitsOnlyTheSelectedCalls() {
        var fault = simulator
                .faults()
                .on(CREATE)
                .call(2)
                .times(2)
                .clientNamed("web")
                .throttle();
        Sdk.create(cognito, r -> r.clientName("other"));
        Sdk.create(cognito, r -> r);
        assertThatThrownBy(() -> Sdk.create(cognito, r -> r)).isInstanceOf(TooManyRequestsException.class);
        Sdk.create(cognito, r -> r.clientName("other"));
        assertThatThrownBy(() -> Sdk.create(cognito, r -> r)).isInstanceOf(TooManyRequestsException.class);
        Sdk.create(cognito, r -> r);

        assertThat(fault.hits()).isEqualTo(2);
    }

    @Test
    void aFaultCanSelectACallerOrAPool() {
        simulator.pool("eu-west-1_Other");
        simulator
                .faults()
                .on(CREATE)
                .always()
                .caller("arn:aws:iam::*:user/somebody")
                .throttle();
        simulator.faults().on(CREATE).always().pool("eu-west-1_Other").throttle();

        Sdk.create(cognito, r -> r);
        assertThatThrownBy(() -> Sdk.create(cognito, r -> r.userPoolId("eu-west-1_Other")))
                .isInstanceOf(TooManyRequestsException.class);
    }

    @Test
    void expiredCredentialsAreReportedAsExpiredToken() {
        simulator.faults().on("*").expireCredentials();

        assertThatThrownBy(() -> Sdk.create(cognito, r -> r))
                .isInstanceOfSatisfying(
                        CognitoIdentityProviderException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ExpiredTokenException"));
    }

    @Test
    void latencyDelaysACall() {
        simulator.latency(Duration.ofMillis(120), Duration.ofMillis(150));

        Sdk.create(cognito, r -> r);

        assertThat(simulator.journal().of(CREATE))
                .singleElement()
                .satisfies(entry -> assertThat(entry.durationMillis()).isGreaterThanOrEqualTo(120));
    }

    @Test
    void clearingTheFaultsReleasesHeldCalls() throws InterruptedException, ExecutionException, Exception {
        var pause = simulator.faults().on(CREATE).pause();
        var creating = supplyAsync(() -> Sdk.create(cognito, r -> r));
        pause.awaitHit(SOON);

        simulator.faults().clear();

        assertThat(creating.get(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(simulator.faults().all()).isEmpty();
    }

    private List<String> outcomes(String operation) {
        return simulator.journal().of(operation).stream()
                .map(entry -> entry.outcome() + " " + entry.committed())
                .toList();
    }
}
