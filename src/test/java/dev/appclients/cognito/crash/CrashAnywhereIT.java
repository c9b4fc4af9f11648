package dev.appclients.cognito.crash;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The operator crashes right before and right after every call that it makes on either API. An undisturbed run determines these
 * calls, so that a new call is covered without a change here.
 */
class CrashAnywhereIT extends OnScene {

    @TestFactory
    Stream<DynamicTest> duringACreate() {
        return at(Scenario.CREATE);
    }

    @TestFactory
    Stream<DynamicTest> duringAnUpdate() {
        return at(Scenario.UPDATE);
    }

    @TestFactory
    Stream<DynamicTest> duringARecreate() {
        return at(Scenario.RECREATE);
    }

    @TestFactory
    Stream<DynamicTest> whileADeletedSecretIsRestored() {
        return at(Scenario.RESTORE_A_DELETED_SECRET);
    }

    @TestFactory
    Stream<DynamicTest> whileAnEditedSecretIsRestored() {
        return at(Scenario.RESTORE_AN_EDITED_SECRET);
    }

    @TestFactory
    Stream<DynamicTest> whileTheSecretIsRenamed() {
        return at(Scenario.RENAME_THE_SECRET);
    }

    @TestFactory
    Stream<DynamicTest> whileTheSecretIsCopied() {
        return at(Scenario.COPY_THE_SECRET);
    }

    @TestFactory
    Stream<DynamicTest> whileTheSecretIsPushed() {
        return at(Scenario.PUSH_THE_SECRET);
    }

    @TestFactory
    Stream<DynamicTest> whileTheCopyIsRenamed() {
        return at(Scenario.RENAME_THE_COPY);
    }

    @TestFactory
    Stream<DynamicTest> whileTheCopyIsWithdrawn() {
        return at(Scenario.WITHDRAW_THE_COPY);
    }

    @TestFactory
    Stream<DynamicTest> whileAClientIsRetained() {
        return at(Scenario.RETAIN);
    }

    @TestFactory
    Stream<DynamicTest> duringAnAdoption() {
        return at(Scenario.ADOPT);
    }

    @TestFactory
    Stream<DynamicTest> duringAnObservation() {
        return at(Scenario.OBSERVE);
    }

    @TestFactory
    Stream<DynamicTest> whileAnObservedClientBecomesManaged() {
        return at(Scenario.MANAGE_AN_OBSERVED_CLIENT);
    }

    @TestFactory
    Stream<DynamicTest> duringADeletion() {
        return at(Scenario.DELETE);
    }

    private Stream<DynamicTest> at(Scenario scenario) {
        ReferenceRun reference = ReferenceRun.of(scenario, scene, nextName());
        return reference.calls().stream()
                .flatMap(nthCall -> Stream.of(
                        test(scenario, reference, "before", nthCall, new InjectedFault.Effect.CrashBefore()),
                        test(scenario, reference, "after", nthCall, new InjectedFault.Effect.CrashAfter())));
    }

    private DynamicTest test(
            Scenario scenario, ReferenceRun reference, String when, NthCall nthCall, InjectedFault.Effect effect) {
        return DynamicTest.dynamicTest(
                scenario + ": the operator crashes " + when + " " + nthCall + ", and the next one completes the work",
                () -> play(scenario, reference, InjectedFault.at(nthCall, effect)));
    }

    private void play(Scenario scenario, ReferenceRun reference, InjectedFault fault) {
        if (scene.proxy().isClosed()) {
            // The previous test failed before the restart.
            scene.crashAndRestart();
        }
        String name = nextName();
        scenario.prepare(scene, name);
        scene.settle();
        scene.proxy().arm(fault);
        scenario.begin(scene, name);
        fault.await();

        scene.crashAndRestart();

        scenario.assertDone(scene, name, reference.outcome());
        scenario.cleanUp(scene, name);
    }
}
