package dev.appclients.cognito.crash;

import java.time.Duration;

/** As {@link EveryWindowIT}, for an operator whose every watch event comes late, and twice: it acts on what is no longer so. */
class StaleCacheIT extends EveryWindowIT {

    @Override
    Scene openScene() {
        return Scene.open(new Mood(Duration.ofMillis(300), true));
    }
}
