package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.JournalEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T1: a namespace creates clients in any user pool that the operator reaches. */
class T01PoolsIT extends OnTenants {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Absent: no namespace.
                "",
                "namespaces: {from: Names, names: [another]}",
                "namespaces: {from: Selector, selector: {matchLabels: {team: shop}}}"
            })
    void aNamespaceThatThePoolDoesNotListGetsNoClient(String namespaces) {
        changePool(namespaces);
        stage.forgetCalls();

        apply(attacker(), client("web", "appType: Confidential"));

        assertThat(awaitClient(attacker(), "web", "NamespaceNotAllowed")).doesNotContain("another", "team");
        assertThat(stage.calls()).doesNotContain("CreateUserPoolClient");
        assertThat(secretsIn(attacker())).isEmpty();
    }

    @Test
    void aClientNamesNoUserPoolIdentityOrRole() {
        for (String field : new String[] {
            "userPoolId: " + Stage.POOL_ID,
            "aws: {identity: Operator}",
            "roleARN: arn:aws:iam::111122223333:role/admin",
            "endpoint: https://attacker.example.com"
        }) {
            assertThat(refusal(attacker(), client("web", "appType: Confidential\n" + field)))
                    .contains("unknown field \"spec." + field.substring(0, field.indexOf(':')));
        }
    }

    /** Without the role of the pool, the operator's own identity could still reach the user pool. */
    @Test
    void aRefusedRoleIsNotReplacedByTheOperatorsOwnIdentity() {
        stage.simulator()
                .access()
                .role("arn:aws:iam::123456789012:role/customers")
                .trusts("arn:aws:iam::*:role/another");
        stage.simulator().pool("eu-west-1_Other");
        stage.forgetCalls();
        apply(attacker(), pool("with-role", """
                        userPoolId: eu-west-1_Other
                        aws: {identity: AssumeRole, roleARN: "arn:aws:iam::123456789012:role/customers"}
                        namespaces: {from: All}
                        """));

        apply(attacker(), client("web", "userPoolRef: {name: with-role}\nappType: Confidential"));

        stage.eventually()
                .until(() ->
                        ready(attacker(), "UserPoolClient", "web").get("status").equals("False"));
        stage.eventually().until(() -> stage.calls().contains("AssumeRole"));
        assertThat(stage.simulator().journal().entries())
                .extracting(JournalEntry::operation)
                .doesNotContain("CreateUserPoolClient", "DescribeUserPool", "ListUserPoolClients");
        assertThat(secretsIn(attacker())).isEmpty();
    }
}
