package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

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
}
