package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.access;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.simulator.JournalEntry;
import dev.appclients.cognito.simulator.Switch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

public class CognitoAppClientsTest {

    private final SimulatedCognito cognito = new SimulatedCognito();
    private final AppClients appClients = cognito.appClients;

    @AfterEach
    void close() {
        cognito.close();
    }

    @Test
    void oneCallCreatesAClientWhichReadsBackEqual() {
        AppClient created = appClients.create(access("shop"), settings("web.0123456789"), true, () -> true);

        assertThat(created.settings()).isEqualTo(settings("web.0123456789"));
        assertThat(created.secret()).isNotNull();
        assertThat(cognito.simulator.journal().entries())
                .extracting(JournalEntry::operation)
                .containsExactly("CreateUserPoolClient");
        assertThat(appClients.describe(access("shop"), created.clientId(), Priority.USER))
                .isEqualTo(created);
    }

    @ParameterizedTest
    @EnumSource(Switch.class)
    void settingsReadBackEqualOnBothSidesOfEachDisputedFact(Switch disputed) {
        boolean otherSide = !disputed.initially();
        if (disputed != Switch.UNCONFIGURED_KEYS_ACCEPTED) {
            cognito.simulator.switches().set(disputed, otherSide);
        }
        cognito.simulator.switches().lag(Duration.ZERO);
        AppClient created = appClients.create(access("shop"), settings("web"), true, () -> true);
        AppClient updated = appClients.update(access("shop"), created.clientId(), settings("other"), () -> true);

        assertThat(updated.settings()).isEqualTo(settings("other"));
        assertThat(appClients
                        .describe(access("shop"), created.clientId(), Priority.DRIFT)
                        .settings())
                .isEqualTo(settings("other"));
    }

    @Test
    void aPublicClientHasNoSecret() {
        assertThat(appClients
                        .create(access("shop"), settings("web"), false, () -> true)
                        .secret())
                .isNull();
    }

    @Test
    void anUpdateResetsNoUnchangedSetting() {
        String id = create("web");
        appClients.update(access("shop"), id, settings("renamed"), () -> true);
        assertThat(appClients.describe(access("shop"), id, Priority.USER).settings())
                .isEqualTo(settings("renamed"));
    }

    @Test
    void aDeletedClientIsReportedAsNotFound() {
        String id = create("web");
        appClients.delete(access("shop"), id, () -> true);

        Failure failure = failure(() -> appClients.describe(access("shop"), id, Priority.USER));
        assertThat(failure.kind()).isEqualTo(FailureKind.CLIENT_NOT_FOUND);
        assertThat(failure(() -> appClients.delete(access("shop"), id, () -> true))
                        .kind())
                .isEqualTo(FailureKind.CLIENT_NOT_FOUND);
        assertThat(failure.message()).doesNotContain("Request ID", "Status Code", "Attempt");
    }

    @Test
    void aMissingPoolIsNotReportedAsAMissingClient() {
        PoolAccess nowhere = new PoolAccess(new PoolId("eu-west-1_Nowhere"), null, null, "shop");
        assertThat(List.of(
                        failure(() -> appClients.create(nowhere, settings("web"), true, () -> true)),
                        failure(() -> appClients.describe(nowhere, "abc", Priority.USER)),
                        failure(() -> appClients.update(nowhere, "abc", settings("web"), () -> true)),
                        failure(() -> appClients.delete(nowhere, "abc", () -> true)),
                        failure(() -> appClients.findByNameSuffix(nowhere, ".x", Instant.EPOCH)),
                        failure(() -> appClients.describePool(nowhere, null))))
                .extracting(Failure::kind)
                .containsOnly(FailureKind.POOL_NOT_FOUND);
    }

    @Test
    void anAmbiguousNotFoundIsResolvedByReadingThePool() {
        String id = create("web");
        cognito.simulator
                .faults()
                .on("DescribeUserPoolClient")
                .always()
                .failBeforeCommit("ResourceNotFoundException", 400, "Not here.");
        assertThat(failure(() -> appClients.describe(access("shop"), id, Priority.USER))
                        .kind())
                .isEqualTo(FailureKind.CLIENT_NOT_FOUND);

        cognito.simulator.access().deny("*", "cognito-idp:DescribeUserPool", "*");
        Failure undecided = failure(() -> appClients.describe(access("shop"), id, Priority.USER));
        assertThat(undecided.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(undecided.message()).contains("Not here.");
    }

    @Test
    void aCallThatIsNoLongerWantedIsNotMade() {
        assertThatThrownBy(() -> appClients.create(access("shop"), settings("web"), true, () -> false))
                .isInstanceOf(CallCancelled.class);
        assertThat(cognito.simulator.journal().size()).isZero();
    }

    @Test
    void anExceptionOfTheLastCheckIsRethrownAndCancelsThePermit() {
        try (var slow = new SimulatedCognito(AwsConfiguration.DEFAULT.withQuotas(new Quotas(1, 0, 0.01, 0, 0, 0, 0)))) {
            assertThatThrownBy(() -> slow.appClients.create(access("shop"), settings("web"), true, () -> {
                        throw new IllegalStateException("the API server is away");
                    }))
                    .hasMessage("the API server is away");
            slow.appClients.create(access("shop"), settings("web"), true, () -> true);
            assertThat(slow.simulator.journal().size()).isEqualTo(1);
        }
    }

    @Test
    void aLostAnswerLeavesTheEffectUnknownAndTheCallIsNotRepeated() {
        cognito.simulator.faults().on("CreateUserPoolClient").always().dropAfterCommit();
        Failure failure = failure(() -> appClients.create(access("shop"), settings("web"), true, () -> true));
        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure.mayHaveTakenEffect()).isTrue();
        assertThat(cognito.simulator.clients(SHOP.value())).hasSize(1);
        assertThat(cognito.simulator.journal().received("CreateUserPoolClient")).isEqualTo(1);
    }

    @Test
    void aCallEndsAtItsTimeout() {
        try (var slow = new SimulatedCognito(AwsConfiguration.DEFAULT
                .withQuotas(Quotas.UNLIMITED)
                .withCallTimeout(Duration.ofMillis(700), Duration.ofMillis(600)))) {
            var pause = slow.simulator.faults().on("CreateUserPoolClient").pause();
            Failure failure = failure(() -> slow.appClients.create(access("shop"), settings("web"), true, () -> true));
            pause.release();
            assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(failure.message()).startsWith("the call timed out: ");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void aMissingScopeOrProviderIsAMissingDependency() {
        var pool = cognito.simulator.pool(SHOP.value());
        pool.withoutIdentityProvider("Google");
        assertThat(failure(() -> create("web")).kind()).isEqualTo(FailureKind.DEPENDENCY_MISSING);
        pool.identityProvider("Google", "Google").withoutResourceServer("orders");
        assertThat(failure(() -> create("web")).kind()).isEqualTo(FailureKind.DEPENDENCY_MISSING);
    }

    @Test
    void updatesAndDeletesOfOnePoolNeverOverlap() throws InterruptedException {
        cognito.simulator.latency(Duration.ofMillis(5), Duration.ofMillis(15));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(create("web" + i));
        }
        List<Thread> threads = new ArrayList<>();
        for (String id : ids) {
            threads.add(Thread.ofVirtual().start(() -> {
                appClients.update(access("shop"), id, settings("changed"), () -> true);
                appClients.delete(access("shop"), id, () -> true);
            }));
        }
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        }
        assertThat(cognito.simulator.journal().entries())
                .extracting(JournalEntry::outcome)
                .containsOnly(JournalEntry.OK);
        assertThat(cognito.simulator.clients(SHOP.value())).isEmpty();
    }

    @Test
    void anUnknownMemberIsNamed() {
        String id = create("web");
        cognito.simulator.changeClient(SHOP.value(), id, Map.of("QuantumFlow", "on", "ClientType", "REGULAR"));
        assertThat(appClients.describe(access("shop"), id, Priority.USER).unknownMembers())
                .containsExactly("QuantumFlow");
        assertThat(appClients
                        .update(access("shop"), id, settings("web"), () -> true)
                        .unknownMembers())
                .isEmpty();
    }

    @Test
    void anUnknownNestedMemberIsNamedWithItsPathAndAnEmptyOneIsNot() {
        String id = create("web");
        cognito.simulator.changeClient(
                SHOP.value(),
                id,
                Map.of(
                        "TokenValidityUnits", Map.of("AccessToken", "hours", "DeviceToken", "days"),
                        "Empty", List.of(),
                        "Hollow", Map.of("inside", List.of(Map.of())),
                        "Deep", Map.of("inside", List.of(Map.of("more", 1))),
                        "Off", false));
        assertThat(appClients.describe(access("shop"), id, Priority.USER).unknownMembers())
                .containsExactly("Deep", "Off", "TokenValidityUnits.DeviceToken");
    }

    @Test
    void theListenerReceivesEveryCall() {
        String id = create("web");
        appClients.delete(access("shop"), id, () -> true);
        failure(() -> appClients.delete(access("shop"), id, () -> true));
        assertThat(cognito.heard)
                .extracting(call -> call.operation() + " " + call.region() + " " + call.failure())
                .containsExactly(
                        "CreateUserPoolClient eu-west-1 null",
                        "DeleteUserPoolClient eu-west-1 null",
                        "DeleteUserPoolClient eu-west-1 CLIENT_NOT_FOUND");
        assertThat(cognito.heard).allSatisfy(call -> assertThat(call.took()).isPositive());
    }

    private String create(String name) {
        return appClients
                .create(access("shop"), settings(name), true, () -> true)
                .clientId();
    }

    public static Failure failure(ThrowingCallable call) {
        AwsCallException failed = catchThrowableOfType(AwsCallException.class, call);
        assertThat(failed).as("a failed call").isNotNull();
        return failed.failure();
    }
}
