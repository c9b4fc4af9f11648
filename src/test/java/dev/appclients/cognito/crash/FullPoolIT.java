package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.simulator.JournalEntry;
import org.junit.jupiter.api.Test;

/** A full user pool gets room while the operator does not know yet that a create was refused. */
class FullPoolIT extends OnScene {

    @Test
    void roomThatADeletionMakesBeforeTheAnswerToARefusedCreateIsUsed() {
        Scenario.CREATE.begin(scene, "former");
        scene.stage().awaitReady("former");
        scene.stage()
                .simulator()
                .pool(Stage.POOL_ID)
                .clientLimit(scene.stage().cognito().size());
        scene.settle();
        scene.proxy()
                .arm(InjectedFault.among(
                        "the create of late",
                        (call, request) -> call.operation().equals("CreateUserPoolClient") && request.mentions("late"),
                        1,
                        new InjectedFault.Effect.RunAfter(this::deleteFormer)));

        Scenario.CREATE.begin(scene, "late");

        scene.stage().awaitReady("late");
        assertThat(scene.stage().simulator().journal().of("CreateUserPoolClient"))
                .extracting(JournalEntry::committed)
                .containsExactly(false, true);
    }

    /** Returns when the operator has received the event of the deletion. */
    private void deleteFormer() {
        scene.stage().delete("former");
        scene.stage().awaitGone("former");
        // One watch delivers both changes in order.
        scene.stage().apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: witness}
                spec: {userPoolRef: {name: nowhere}, appType: Public}
                """);
        scene.stage().awaitCondition("witness", "Ready", "False", "PoolMissing");
    }
}
