package dev.appclients.cognito.crash;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator crashes right before and right after every call that it makes on either API. An undisturbed run determines these
 * calls, so that a new call is covered without a change here.
 */
class CrashAnywhereIT extends OnScene {

    private static final Logger LOG = LoggerFactory.getLogger(CrashAnywhereIT.class);

    /** A call that a run may omit is made by then, or not at all. */
    private static final Duration MADE_BY_THEN = Duration.ofSeconds(3);

    private static final Set<String> WRITES_OF_SECRETS = Set.of("create secrets", "patch secrets", "update secrets");

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

    @TestFactory
    Stream<DynamicTest> duringARotation() {
        return atChanges(Scenario.ROTATE);
    }

    @TestFactory
    Stream<DynamicTest> whileTheOldSecretIsRetired() {
        return atChanges(Scenario.RETIRE);
    }

    private Stream<DynamicTest> at(Scenario scenario) {
        return at(scenario, ReferenceRun.of(scenario, scene, nextName()));
    }

    /**
     * At the calls to Cognito and the writes of Secrets alone. A crash at another call leaves the same state as one after the change
     * before it.
     */
    private Stream<DynamicTest> atChanges(Scenario scenario) {
        ReferenceRun reference = ReferenceRun.of(scenario, scene, nextName());
        List<NthCall> changes = reference.calls().stream()
                .filter(nthCall -> nthCall.call().api() == Call.Api.COGNITO
                        || WRITES_OF_SECRETS.contains(nthCall.call().operation()))
                .toList();
        return at(scenario, new ReferenceRun(changes, reference.outcome()));
    }

    private Stream<DynamicTest> at(Scenario scenario, ReferenceRun reference) {
        return reference.calls().stream()
                .flatMap(nthCall -> Stream.of(
                        test(scenario, reference, "before", nthCall, new InjectedFault.Effect.CrashBefore()),
                        test(scenario, reference, "after", nthCall, new InjectedFault.Effect.CrashAfter())));
    }

    private DynamicTest test(
            Scenario scenario, ReferenceRun reference, String when, NthCall nthCall, InjectedFault.Effect effect) {
        return DynamicTest.dynamicTest(
                scenario + ": the operator crashes " + when + " " + nthCall + ", and the next one completes the work",
                () -> play(scenario, reference, nthCall, effect));
    }

    private void play(Scenario scenario, ReferenceRun reference, NthCall nthCall, InjectedFault.Effect effect) {
        if (scene.proxy().isClosed()) {
            // The previous test failed before the restart.
            scene.crashAndRestart();
        }
        String name = nextName();
        scenario.prepare(scene, name);
        scene.settle();
        InjectedFault fault = scene.proxy().arm(InjectedFault.at(nthCall, effect));
        scenario.begin(scene, name);
        if (!scenario.mayOmit(nthCall)) {
            fault.await();
        } else if (!fault.hasHitWithin(MADE_BY_THEN)) {
            LOG.info("{} omitted {}, so the operator crashes when it is idle", scenario, nthCall);
        }

        scene.crashAndRestart();

        scenario.assertDone(scene, name, reference.outcome());
        scenario.cleanUp(scene, name);
    }
}
