package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.simulator.AppClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T2: a manifest names an existing app client, and its credentials reach the namespace of the attacker. */
class T02AdoptionIT extends OnTenants {

    @ParameterizedTest
    @ValueSource(strings = {"Manage", "Observe"})
    void aClientWithoutAnEntryOfThePoolIsNotAdopted(String mode) {
        AppClient payroll = stage.simulator().createForeignClient(Stage.POOL_ID, "payroll");

        attack(payroll, mode);

        assertRefused(payroll);
    }

    @Test
    void anEntryOfAnotherNamespaceOrModePermitsNothing() {
        AppClient payroll = stage.simulator().createForeignClient(Stage.POOL_ID, "payroll");
        String victim = namespace();
        changePool("""
                namespaces: {from: All}
                adoption:
                - {clientId: %1$s, namespaces: {from: Names, names: [%2$s]}, modes: [Manage, Observe]}
                - {clientId: %1$s, namespaces: {from: Names, names: [%3$s]}, modes: [Observe]}
                """.formatted(payroll.clientId(), victim, attacker()));
        stage.forgetCalls();

        attack(payroll, "Manage");

        assertRefused(payroll);
        assertThat(awaitClient(attacker(), "thief", "AdoptionNotAllowed")).doesNotContain(victim);
    }

    /** The suffix of a client's name is no secret: it is in the name that Cognito shows. It proves ownership only for the UID of the object itself. */
    @Test
    void theClientOfAnotherObjectIsNotAdoptedAndItsNameIsNotTaken() {
        String victim = namespace();
        apply(victim, client("web", "appType: Confidential"));
        awaitClient(victim, "web", "Synced");
        AppClient owned = stage.cognito().getFirst();
        String uid = read(victim, "UserPoolClient", "web").getMetadata().getUid();
        changePool("""
                namespaces: {from: All}
                adoption:
                - {clientId: %s, namespaces: {from: All}, modes: [Manage, Observe]}
                """.formatted(owned.clientId()));

        attack(owned, "Manage");

        awaitClient(attacker(), "thief", "AlreadyOwned");
        assertThat(secretsIn(attacker())).isEmpty();
        // A second object whose clientName ends in the victim's suffix gets a suffix of its own.
        apply(attacker(), client("mimic", "appType: Confidential\nclientName: " + owned.name()));
        awaitClient(attacker(), "mimic", "Synced");
        assertThat(data(attacker(), "mimic").get("client-id")).isNotEqualTo(owned.clientId());
        assertThat(owned.name()).endsWith(ClientName.suffix(uid));
        assertThat(stage.simulator().client(Stage.POOL_ID, owned.clientId())).isEqualTo(owned);
    }

    private void attack(AppClient target, String mode) {
        stage.forgetCalls();
        apply(
                attacker(),
                client(
                        "thief",
                        "appType: Confidential\nmode: " + mode + "\nadopt: {clientId: " + target.clientId() + "}"));
    }

    private void assertRefused(AppClient target) {
        awaitClient(attacker(), "thief", "AdoptionNotAllowed");
        // Not even a read: the answer would show whether the client exists.
        assertThat(stage.calls()).isEmpty();
        assertThat(secretsIn(attacker())).isEmpty();
        assertThat(stage.simulator().client(Stage.POOL_ID, target.clientId())).isEqualTo(target);
    }
}
