package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The operator dies right before and right after every call that it makes on either API. Which calls those are is learnt from
 * an undisturbed run, so a new call is covered as soon as it is made.
 */
class CrashAnywhereIT {

    private Scene scene;
    private int clients;

    @BeforeEach
    void open() {
        scene = Scene.open();
    }

    @AfterEach
    void close() {
        scene.close();
    }

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
    Stream<DynamicTest> duringADeletion() {
        return at(Scenario.DELETE);
    }

    private Stream<DynamicTest> at(Scenario scenario) {
        Discovery discovery = discover(scenario);
        assertThat(discovery.moments()).as("calls of " + scenario).isNotEmpty();
        return discovery.moments().stream()
                .flatMap(moment -> Stream.of(
                        test(scenario, discovery.outcome(), "before", moment, new Strike.Deed.DieBefore()),
                        test(scenario, discovery.outcome(), "after", moment, new Strike.Deed.DieAfter())));
    }

    private DynamicTest test(
            Scenario scenario, Map<String, String> outcome, String when, Moment moment, Strike.Deed deed) {
        return DynamicTest.dynamicTest(
                "the operator dies " + when + " " + moment + ", and its successor completes: " + scenario,
                () -> play(scenario, outcome, border -> border.arm(Strike.at(moment, deed))));
    }

    private void play(Scenario scenario, Map<String, String> outcome, Function<Border, Strike> deed) {
        String name = prepared(scenario);
        Strike strike = deed.apply(scene.border());
        scenario.begin(scene, name);
        strike.await();

        scene.succeed();

        scenario.assertDone(scene, name, outcome);
        scenario.cleanUp(scene, name);
    }

    private Discovery discover(Scenario scenario) {
        String name = prepared(scenario);
        scenario.begin(scene, name);
        scene.awaitQuiet();
        Map<String, String> outcome = scenario.outcome(scene, name);
        scenario.assertDone(scene, name, outcome);
        scene.awaitQuiet();
        List<Moment> moments = scene.border().moments();
        scenario.cleanUp(scene, name);
        return new Discovery(moments, outcome);
    }

    private String prepared(Scenario scenario) {
        if (scene.border().isClosed()) {
            // The test before has failed half-way.
            scene.succeed();
        }
        String name = "web-" + ++clients;
        scenario.prepare(scene, name);
        scene.awaitQuiet();
        scene.stage().simulator().journal().clear();
        scene.border().begin();
        return name;
    }

    /** What an undisturbed run says and comes to. */
    private record Discovery(List<Moment> moments, Map<String, String> outcome) {}
}
