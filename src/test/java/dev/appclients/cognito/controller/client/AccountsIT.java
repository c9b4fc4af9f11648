package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.simulator.JournalEntry;
import dev.appclients.cognito.simulator.Simulator;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pools in several accounts and Regions, each reached through its own role. A failure of one does not affect the others. */
class AccountsIT extends OnStage {

    private static final String SALES = "eu-central-1_Sales";
    private static final String SALES_ROLE = "arn:aws:iam::222222222222:role/cognito-sales";
    private static final String STAFF = "us-east-1_Staff";
    private static final String STAFF_ROLE = "arn:aws:iam::333333333333:role/cognito-staff";
    private static final Duration SESSION = Duration.ofHours(1);

    @BeforeEach
    void addTwoPools() {
        stage.simulator().pool(SALES).account("222222222222").prefixDomain("sales");
        stage.simulator().pool(STAFF).account("333333333333").prefixDomain("staff");
        stage.simulator().access().role(SALES_ROLE).externalId("blue");
        stage.simulator().access().role(STAFF_ROLE);
        stage.applyPool("sales", """
                userPoolId: %s
                aws: {identity: AssumeRole, roleARN: "%s", externalId: blue}
                namespaces: {from: All}
                """.formatted(SALES, SALES_ROLE));
        stage.applyPool("staff", """
                userPoolId: %s
                aws: {identity: AssumeRole, roleARN: "%s"}
                namespaces: {from: All}
                """.formatted(STAFF, STAFF_ROLE));
        stage.awaitPool("sales", "Ready", "True", "Synced");
        stage.awaitPool("staff", "Ready", "True", "Synced");
        stage.forgetCalls();
    }

    @Test
    void eachClientIsCreatedInTheAccountAndRegionOfItsPoolAndSessionsAreShared() {
        stage.applyClient("own");
        applyClient("seller", "sales", "");
        applyClient("buyer", "sales", "");
        applyClient("clerk", "staff", "");
        Stream.of("own", "seller", "buyer", "clerk").forEach(stage::awaitReady);
        applyClient("seller", "sales", "authSessionValidity: 7m");
        stage.eventually().until(() -> !of("UpdateUserPoolClient").isEmpty());
        stage.awaitReady("seller");

        assertThat(stage.data("seller").get("issuer")).contains("eu-central-1", SALES);
        assertThat(stage.data("clerk").get("issuer")).contains("us-east-1", STAFF);
        assertThat(stage.status("clerk").userPoolARN()).startsWith("arn:aws:cognito-idp:us-east-1:333333333333:");
        assertThat(of("CreateUserPoolClient"))
                .extracting(call -> call.account() + " " + call.region() + " " + call.poolId())
                .containsExactlyInAnyOrder(
                        "123456789012 eu-west-1 eu-west-1_Shop",
                        "222222222222 eu-central-1 " + SALES,
                        "222222222222 eu-central-1 " + SALES,
                        "333333333333 us-east-1 " + STAFF);
        assertThat(of("UpdateUserPoolClient"))
                .extracting(JournalEntry::account, JournalEntry::region)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("222222222222", "eu-central-1"));
        assertThat(of("AssumeRole"))
                .as("one session per role and namespace, in the Region of the pool")
                .extracting(JournalEntry::region)
                .containsExactlyInAnyOrder("eu-central-1", "us-east-1");

        Stream.of("own", "seller", "buyer", "clerk").forEach(stage::delete);
        Stream.of("own", "seller", "buyer", "clerk").forEach(stage::awaitGone);
        assertThat(stage.simulator().clients(SALES)).isEmpty();
        assertThat(stage.simulator().clients(STAFF)).isEmpty();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                failure(
                        "the role is gone",
                        simulator -> simulator.access().withoutRole(SALES_ROLE),
                        simulator -> simulator.access().role(SALES_ROLE).externalId("blue"),
                        "Check that the role exists"),
                failure(
                        "the trust policy does not allow sts:TagSession",
                        simulator -> simulator.access().role(SALES_ROLE).allowsTagSession(false),
                        simulator -> simulator.access().role(SALES_ROLE).allowsTagSession(true),
                        "allow sts:TagSession beside sts:AssumeRole"),
                failure(
                        "the role asks for another external id",
                        simulator -> simulator.access().role(SALES_ROLE).externalId("green"),
                        simulator -> simulator.access().role(SALES_ROLE).externalId("blue"),
                        "The external id must be the one that the trust policy requires"),
                failure(
                        "the role does not trust the operator",
                        simulator -> simulator.access().role(SALES_ROLE).trusts("arn:aws:iam::999999999999:*"),
                        simulator -> simulator.access().role(SALES_ROLE).trusts("*"),
                        "trust policy"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void aRoleThatCannotBeAssumedIsReportedWithTheFixFailsOnlyItsPoolAndRecovers(
            String what, Consumer<Simulator> begins, Consumer<Simulator> ends, String fix) {
        applyClient("seller", "sales", "");
        applyClient("clerk", "staff", "");
        stage.awaitReady("seller");
        stage.awaitReady("clerk");

        begins.accept(stage.simulator());
        clock.advance(SESSION);
        applyClient("seller", "sales", "authSessionValidity: 7m");
        applyClient("clerk", "staff", "authSessionValidity: 7m");

        assertThat(stage.awaitCondition("seller", "Ready", "False", "RoleDenied")
                        .getMessage())
                .contains("AssumeRole on pool " + SALES, SALES_ROLE, fix, "spec.aws of the ClusterUserPool")
                .doesNotContain("blue", "green");
        stage.awaitCondition("seller", "Stalled", "True", "RoleDenied");
        assertThat(stage.data("seller")).as("the Secret is kept").containsKey("client-secret");
        stage.awaitReady("clerk");
        stage.annotatePool("sales", Annotations.RECONCILE_REQUESTED_AT, "now");
        assertThat(stage.awaitPool("sales", "Ready", "False", "RoleDenied").getMessage())
                .contains(SALES_ROLE, fix);
        stage.awaitPool("staff", "Ready", "True", "Synced");

        ends.accept(stage.simulator());
        // The operator remembers a refused role for some seconds, and the clock of this test stands still.
        clock.advance(Duration.ofMinutes(1));
        // The timer of the retry runs in real time, so the trigger comes from the test.
        stage.annotatePool("sales", Annotations.RECONCILE_REQUESTED_AT, "again");
        stage.awaitPool("sales", "Ready", "True", "Synced");
        stage.wake("seller");
        stage.awaitReady("seller");
        assertThat(stage.simulator().clients(SALES)).hasSize(1);
        assertThat(stage.status("seller").clientId())
                .isEqualTo(stage.simulator().clients(SALES).getFirst().clientId());
    }

    /** Simulates Pod Identity tags with a long namespace name. The session that reads the pool has no namespace tag and fits. */
    @Test
    void sessionTagsThatAreTooLargeFailOnlyTheirNamespaceAndNameTheFix() {
        var full = stage.simulator()
                .faults()
                .on("AssumeRole")
                .always()
                .failBeforeCommit(
                        "PackedPolicyTooLarge", 400, "Packed size of session tags consumes 112% of allotted space.");
        applyClient("seller", "sales", "");

        assertThat(stage.awaitCondition("seller", "Ready", "False", "SessionTagsTooLarge")
                        .getMessage())
                .contains("AssumeRole on pool " + SALES, "112%", "session tags", "Pod Identity association")
                .doesNotContain("trust policy", "TagSession", "..");
        stage.annotatePool("sales", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.eventually()
                .until(() -> "now".equals(stage.pool("sales").getStatus().lastHandledReconcileAt()));
        stage.awaitPool("sales", "Ready", "True", "Synced");

        full.remove();
        clock.advance(Duration.ofMinutes(1));
        stage.annotate("seller", Annotations.RECONCILE_REQUESTED_AT, "now");
        stage.awaitReady("seller");
    }

    private static Arguments failure(String what, Consumer<Simulator> begins, Consumer<Simulator> ends, String fix) {
        return Arguments.of(what, begins, ends, fix);
    }

    private List<JournalEntry> of(String operation) {
        return stage.simulator().journal().of(operation);
    }

    private void applyClient(String name, String pool, String settings) {
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s}
                spec:
                  userPoolRef: {name: %s}
                  appType: Confidential
                  %s
                """.formatted(name, pool, settings));
    }
}
