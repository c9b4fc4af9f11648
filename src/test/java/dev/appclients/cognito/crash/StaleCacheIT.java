package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every watch event arrives late and twice, so that the operator acts on stale caches during every failure. */
class StaleCacheIT extends AtEveryCall {

    private static final Duration LATE = Duration.ofMillis(300);

    @Override
    Scene openScene() {
        return Scene.open(new WatchBehavior(LATE, true));
    }

    @Test
    void everyEventReachesTheOperatorLate() {
        scene.settle();
        long begun = System.nanoTime();

        Scenario.CREATE.begin(scene, "web");
        // The first call for a new client adds the finalizer.
        scene.stage()
                .eventually()
                .until(() -> scene.proxy().calls().stream()
                        .anyMatch(made -> made.call().operation().equals("patch userpoolclients")));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(LATE);
        scene.stage().awaitReady("web");
    }
}
