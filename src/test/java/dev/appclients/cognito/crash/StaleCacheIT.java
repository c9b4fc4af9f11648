package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every watch event comes late, and twice: the operator acts on what is no longer so, in the middle of every trouble. */
class StaleCacheIT extends AtEveryCall {

    private static final Duration LATE = Duration.ofMillis(300);

    @Override
    Scene openScene() {
        return Scene.open(new Mood(LATE, true));
    }

    @Test
    void theOperatorHearsOfEverythingLate() {
        scene.calm();
        long begun = System.nanoTime();

        Scenario.CREATE.begin(scene, "web");
        scene.stage().eventually().until(() -> scene.border().passed() > 0);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(LATE);
        scene.stage().awaitReady("web");
    }

    @TestFactory
    Stream<DynamicTest> aCreateGetsOverEveryTrouble() {
        return getsOverEveryTrouble(Scenario.CREATE);
    }

    @TestFactory
    Stream<DynamicTest> anUpdateGetsOverEveryTrouble() {
        return getsOverEveryTrouble(Scenario.UPDATE);
    }

    @TestFactory
    Stream<DynamicTest> aDeletionGetsOverEveryTrouble() {
        return getsOverEveryTrouble(Scenario.DELETE);
    }

    @TestFactory
    Stream<DynamicTest> anEditOfTheSpecInAnyWindowOfACreateIsNotLost() {
        Map<String, String> edited =
                Rehearsal.of(Scenario.UPDATE, scene, nextName()).outcome();
        return inEveryWindow(
                Scenario.CREATE, "the spec is edited", name -> Scenario.UPDATE.begin(scene, name), name -> {
                    scene.stage().eventually().untilAsserted(() -> scene.assertRight(name, edited));
                    assertThat(scene.creates(name)).isEqualTo(1);
                });
    }

    @TestFactory
    Stream<DynamicTest> aDeletionInAnyWindowOfACreateLeavesNothing() {
        return inEveryWindow(
                Scenario.CREATE,
                "the object is deleted",
                name -> scene.stage().delete(name),
                name -> Scenario.DELETE.assertDone(scene, name, Map.of()));
    }

    @TestFactory
    Stream<DynamicTest> aStatusThatIsWipedInAnyWindowOfACreateMakesNoSecondClient() {
        return inEveryWindow(Scenario.CREATE, "the status is wiped", scene::wipeStatus, this::assertRightWithOneCreate);
    }
}
