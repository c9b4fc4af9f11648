package dev.appclients.cognito.crash;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The operator dies right before and right after every call that it makes on either API. Which calls those are is learnt from
 * an undisturbed run, so a new call is covered as soon as it is made.
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
    Stream<DynamicTest> whileAClientIsLetGoAndKept() {
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
    Stream<DynamicTest> whileWhatWasObservedIsManaged() {
        return at(Scenario.MANAGE_WHAT_WAS_OBSERVED);
    }

    @TestFactory
    Stream<DynamicTest> duringADeletion() {
        return at(Scenario.DELETE);
    }

    private Stream<DynamicTest> at(Scenario scenario) {
        Rehearsal rehearsal = Rehearsal.of(scenario, scene, nextName());
        return rehearsal.moments().stream()
                .flatMap(moment -> Stream.of(
                        test(scenario, rehearsal, "before", moment, new Strike.Deed.DieBefore()),
                        test(scenario, rehearsal, "after", moment, new Strike.Deed.DieAfter())));
    }

    private DynamicTest test(Scenario scenario, Rehearsal rehearsal, String when, Moment moment, Strike.Deed deed) {
        return DynamicTest.dynamicTest(
                scenario + ": the operator dies " + when + " " + moment + ", and its successor completes it",
                () -> play(scenario, rehearsal, Strike.at(moment, deed)));
    }

    private void play(Scenario scenario, Rehearsal rehearsal, Strike strike) {
        if (scene.border().isClosed()) {
            // The test before has failed half-way.
            scene.succeed();
        }
        String name = nextName();
        scenario.prepare(scene, name);
        scene.calm();
        scene.border().arm(strike);
        scenario.begin(scene, name);
        strike.await();

        scene.succeed();

        scenario.assertDone(scene, name, rehearsal.outcome());
        scenario.cleanUp(scene, name);
    }
}
