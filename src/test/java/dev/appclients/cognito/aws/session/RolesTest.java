package dev.appclients.cognito.aws.session;

import static dev.appclients.cognito.aws.cognito.CognitoAppClientsTest.failure;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.cognito.SimulatedCognito;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.simulator.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pools of another account, which the operator accesses through a role. */
class RolesTest {

    private static final String ROLE = "arn:aws:iam::444455556666:role/cognito-shop";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:00Z"));
    private final SimulatedCognito cognito = new SimulatedCognito(
            AwsConfiguration.DEFAULT.withQuotas(Quotas.UNLIMITED).withCluster("blue"), now::get);
    private final AppClients appClients = cognito.appClients;

    @BeforeEach
    void aPoolOfAnotherAccount() {
        cognito.simulator.pool(SHOP.value()).account("444455556666");
        cognito.simulator.access().role(ROLE).externalId("k8s");
        cognito.simulator.clock().skew(Duration.between(Instant.now(), now.get()));
    }

    @AfterEach
    void close() {
        cognito.close();
    }

    @Test
    void eachNamespaceHasItsOwnSessionInTheAccountOfTheRole() {
        create("shop");
        create("shop");
        create("other");
        create(null);

        assertThat(operations()).filteredOn("AssumeRole"::equals).hasSize(3);
        assertThat(cognito.simulator.journal().of("CreateUserPoolClient"))
                .extracting(JournalEntry::caller)
                .containsExactly(
                        session("cognito-client-operator@shop"),
                        session("cognito-client-operator@shop"),
                        session("cognito-client-operator@other"),
                        session("cognito-client-operator"));
        assertThat(appClients.account(access("shop"))).isEqualTo("444455556666");
    }

    @Test
    void iamPoliciesCanUseTheNamespaceAndTheClusterInTheSessionTags() {
        cognito.simulator.access().policy(ROLE, """
                {"Statement": [{"Effect": "Allow", "Action": "cognito-idp:*", "Resource": "*",
                  "Condition": {"StringEquals": {
                    "aws:PrincipalTag/cco-namespace": "shop",
                    "aws:PrincipalTag/cco-cluster": "blue"}}}]}""");
        create("shop");
        assertThat(failure(() -> create("other")).kind()).isEqualTo(FailureKind.ACCESS_DENIED);
    }

    @Test
    void aLongNamespaceIsCutInTheSessionNameAndNotInTheTag() {
        String namespace = "n".repeat(63);
        create(namespace);
        assertThat(cognito.simulator
                        .journal()
                        .of("CreateUserPoolClient")
                        .getFirst()
                        .caller())
                .endsWith("cognito-client-operator@" + "n".repeat(40));
    }

    @Test
    void aRoleThatCannotBeAssumedIsNamedWithAdvice() {
        cognito.simulator.access().role(ROLE).allowsTagSession(false);
        Failure failure = failure(() -> create("shop"));
        assertThat(failure.kind()).isEqualTo(FailureKind.ROLE_DENIED);
        assertThat(failure.operation()).isEqualTo("AssumeRole");
        assertThat(failure.message())
                .contains(ROLE, "allow sts:TagSession beside sts:AssumeRole", "the role's trust policy")
                .doesNotContain("external id");
        assertThat(failure.mayHaveTakenEffect()).isFalse();

        cognito.simulator.access().withoutRole(ROLE);
        Failure gone = failure(() -> create("elsewhere"));
        assertThat(gone.kind()).isEqualTo(FailureKind.ROLE_DENIED);
        assertThat(gone.message()).contains(ROLE, "Check that the role exists", "external id must be the one");
    }

    /** Otherwise the pool would be Ready in a cluster without a name, and all its clients would fail. */
    @Test
    void readingThePoolNeedsTagSessionToo() {
        try (SimulatedCognito unnamed = new SimulatedCognito()) {
            unnamed.simulator.pool(SHOP.value()).account("444455556666");
            unnamed.simulator.access().role(ROLE).externalId("k8s").allowsTagSession(false);
            Failure failure = failure(() -> unnamed.appClients.describePool(access(null), null));
            assertThat(failure.kind()).isEqualTo(FailureKind.ROLE_DENIED);
            assertThat(failure.message()).contains("sts:TagSession");
        }
    }

    @Test
    void sessionTagsThatAreTooLargeHaveTheirOwnFailureWithoutAdviceOnTheTrustPolicy() {
        cognito.simulator
                .faults()
                .on("AssumeRole")
                .failBeforeCommit(
                        "PackedPolicyTooLarge", 400, "Packed size of session tags consumes 112% of allotted space.");
        Failure failure = failure(() -> create("n".repeat(40)));

        assertThat(failure.kind()).isEqualTo(FailureKind.SESSION_TAGS_TOO_LARGE);
        assertThat(failure.message())
                .contains(ROLE, "112%")
                .doesNotContain("trust policy", "TagSession", "external id");
        assertThat(failure.mayHaveTakenEffect()).isFalse();
    }

    @Test
    void theKeysOfTheSessionTagsAreShort() {
        assertThat(AssumeRoleSessions.NAMESPACE_TAG.length() + AssumeRoleSessions.CLUSTER_TAG.length())
                .isLessThanOrEqualTo(24);
    }

    @Test
    void aWrongExternalIdIsDenied() {
        Failure failure = failure(() ->
                appClients.create(new PoolAccess(SHOP, ROLE, "wrong", "shop"), settings("web"), true, () -> true));
        assertThat(failure.kind()).isEqualTo(FailureKind.ROLE_DENIED);
        assertThat(failure.message()).contains("external id").doesNotContain("wrong");
    }

    @Test
    void aThousandCallersOfARoleThatCannotBeAssumedCostOneAssumeRole() throws InterruptedException {
        cognito.simulator.access().role(ROLE).allowsTagSession(false);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            threads.add(Thread.ofVirtual().start(() -> failure(() -> create("shop"))));
        }
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        }
        assertThat(operations()).containsExactly("AssumeRole");

        cognito.simulator.access().role(ROLE).allowsTagSession(true);
        pass(Duration.ofSeconds(6));
        create("shop");
    }

    @Test
    void aSessionIsRenewedBeforeItExpires() {
        create("shop");
        pass(Duration.ofMinutes(54));
        create("shop");
        assertThat(operations()).filteredOn("AssumeRole"::equals).hasSize(1);

        pass(Duration.ofMinutes(2));
        create("shop");
        assertThat(operations()).filteredOn("AssumeRole"::equals).hasSize(2);
    }

    @Test
    void aThousandCallersOfASessionThatIsAboutToExpireCostOneAssumeRole() throws InterruptedException {
        create("shop");
        pass(Duration.ofMinutes(56));
        List<Thread> threads = new ArrayList<>();
        AtomicInteger served = new AtomicInteger();
        for (int i = 0; i < 1000; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                appClients.account(access("shop"));
                served.incrementAndGet();
            }));
        }
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        }
        assertThat(served).hasValue(1000);
        assertThat(operations()).filteredOn("AssumeRole"::equals).hasSize(2);
    }

    /** Like "Revoke active sessions" in the console: sessions issued earlier are denied, later ones are not. */
    @Test
    void aRevokedSessionIsReplacedAfterTheFirstDenial() {
        create("shop");
        pass(Duration.ofMinutes(10));
        cognito.simulator.access().policy(ROLE, """
                {"Statement": [
                  {"Effect": "Allow", "Action": "*", "Resource": "*"},
                  {"Effect": "Deny", "Action": "*", "Resource": "*",
                   "Condition": {"DateLessThan": {"aws:TokenIssueTime": "%s"}}}]}""".formatted(now.get()));
        assertThat(failure(() -> create("shop")).kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        pass(Duration.ofSeconds(15));
        create("shop");
        assertThat(operations()).filteredOn("AssumeRole"::equals).hasSize(2);
    }

    @Test
    void aSessionOfLessThanAMinuteIsKeptAfterADenial() {
        create("shop");
        cognito.simulator.access().deny(ROLE, "cognito-idp:CreateUserPoolClient", "*");
        failure(() -> create("shop"));
        failure(() -> create("shop"));
        assertThat(operations()).filteredOn("AssumeRole"::equals).hasSize(1);
    }

    @Test
    void aSessionIsUsedWhileItsRenewalFailsWithATransientError() {
        create("shop");
        pass(Duration.ofMinutes(56));
        cognito.simulator.faults().on("AssumeRole").always().failBeforeCommit("ServiceUnavailable", 503, "Later.");
        create("shop");

        pass(Duration.ofMinutes(4));
        Failure failure = failure(() -> create("shop"));
        assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE_FAULT);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
    }

    @Test
    void aSessionThatAwsRejectsIsReplacedForTheNextCall() {
        create("shop");
        cognito.simulator.faults().on("CreateUserPoolClient").times(1).expireCredentials();
        assertThat(failure(() -> create("shop")).kind()).isEqualTo(FailureKind.CREDENTIALS);
        create("shop");
        assertThat(operations()).filteredOn("AssumeRole"::equals).hasSize(2);
    }

    @Test
    void aDenialIsNeverReadAsNotFound() {
        cognito.simulator.access().deny(ROLE, "cognito-idp:DescribeUserPoolClient", "*");
        assertThat(failure(() -> appClients.describe(access("shop"), "abc", Priority.USER))
                        .kind())
                .isEqualTo(FailureKind.ACCESS_DENIED);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
        cognito.simulator.clock().skew(Duration.between(Instant.now(), now.get()));
    }

    private void create(String namespace) {
        appClients.create(access(namespace), settings("web"), true, () -> true);
    }

    private static PoolAccess access(String namespace) {
        return new PoolAccess(SHOP, ROLE, "k8s", namespace);
    }

    private static String session(String name) {
        return "arn:aws:sts::444455556666:assumed-role/cognito-shop/" + name;
    }

    private List<String> operations() {
        return cognito.simulator.journal().entries().stream()
                .map(JournalEntry::operation)
                .toList();
    }
}
