package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.crash.Call.Api;
import dev.appclients.cognito.crash.InjectedFault.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Leadership changes at every call. Either a second operator leads while the first one hangs in the call and does not know, as
 * after a long pause of its process. Or the first one is notified during the call, and starts no further change.
 */
class TwoLeadersIT extends OnScene {

    private static final Set<String> CHANGES =
            Set.of("CreateUserPoolClient", "UpdateUserPoolClient", "DeleteUserPoolClient");

    /** Longer than the second leader needs to become idle: a create in flight must not settle while it hangs. */
    @Override
    Scene openScene() {
        return Scene.open(Duration.ofSeconds(15));
    }

    @TestFactory
    Stream<DynamicTest> twoLeadDuringACreate() {
        return atEveryCall(Scenario.CREATE, "the first leader hangs in", this::twoLead);
    }

    @TestFactory
    Stream<DynamicTest> twoLeadDuringAnUpdate() {
        return atEveryCall(Scenario.UPDATE, "the first leader hangs in", this::twoLead);
    }

    @TestFactory
    Stream<DynamicTest> twoLeadDuringARecreate() {
        return atEveryCall(Scenario.RECREATE, "the first leader hangs in", this::twoLead);
    }

    @TestFactory
    Stream<DynamicTest> twoLeadWhileAnEditedSecretIsRestored() {
        return atEveryCall(Scenario.RESTORE_AN_EDITED_SECRET, "the first leader hangs in", this::twoLead);
    }

    @TestFactory
    Stream<DynamicTest> twoLeadDuringADeletion() {
        return atEveryCall(Scenario.DELETE, "the first leader hangs in", this::twoLead);
    }

    @TestFactory
    Stream<DynamicTest> theLeadIsLostDuringACreate() {
        return atEveryCall(Scenario.CREATE, "the lead is lost at", this::loseLeadership);
    }

    @TestFactory
    Stream<DynamicTest> theLeadIsLostDuringAnUpdate() {
        return atEveryCall(Scenario.UPDATE, "the lead is lost at", this::loseLeadership);
    }

    @TestFactory
    Stream<DynamicTest> theLeadIsLostDuringADeletion() {
        return atEveryCall(Scenario.DELETE, "the lead is lost at", this::loseLeadership);
    }

    private Stream<DynamicTest> atEveryCall(Scenario scenario, String what, BiConsumer<NthCall, Runnable> handOver) {
        ReferenceRun reference = ReferenceRun.of(scenario, scene, nextName());
        return reference.calls().stream()
                // The pool is reconciled in parallel to the client.
                .filter(nthCall -> !nthCall.call().operation().contains("clusteruserpools"))
                .map(nthCall -> DynamicTest.dynamicTest(scenario + ": " + what + " " + nthCall, () -> {
                    String name = nextName();
                    scenario.prepare(scene, name);
                    scene.settle();
                    handOver.accept(nthCall, () -> scenario.begin(scene, name));
                    scenario.assertDone(scene, name, reference.outcome());
                    scene.crashFirstLeader();
                    scenario.assertDone(scene, name, reference.outcome());
                    scenario.cleanUp(scene, name);
                }));
    }

    private void twoLead(NthCall nthCall, Runnable begin) {
        InjectedFault fault =
                scene.proxy().arm(InjectedFault.at(nthCall, new Effect.RunBefore(scene::addSecondLeader)));
        begin.run();
        fault.await();
    }

    private void loseLeadership(NthCall nthCall, Runnable begin) {
        FaultProxy proxy = scene.proxy();
        int[] calls = {0};
        InjectedFault fault = proxy.arm(InjectedFault.at(nthCall, new Effect.RunBefore(() -> {
            scene.loseLeadership();
            calls[0] = proxy.callCount();
        })));
        begin.run();
        fault.await();
        scene.awaitQuiet();

        List<NthCall> after = proxy.calls();
        assertThat(after.subList(calls[0], after.size()))
                .as("calls after leadership was lost")
                .noneMatch(later -> later.call().api() == Api.COGNITO
                        && CHANGES.contains(later.call().operation()));
        scene.crashAndRestart();
    }
}
