package dev.appclients.cognito.crash;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** A behaviour that is played on a scene of its own. */
abstract class OnScene {

    Scene scene;
    private int clients;

    @BeforeEach
    void open() {
        scene = openScene();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    Scene openScene() {
        return Scene.open();
    }

    /**
     * Waits for a strike at a call that a rehearsal made. Some calls come only now and then, because a watch event was late: where
     * one does not come again, it must all be right without it, and the test counts as not played.
     */
    static void awaitRehearsed(Strike strike, Runnable allIsRight) {
        if (!strike.comes()) {
            allIsRight.run();
            Assumptions.abort(strike.neverCame() + " All is right without it.");
        }
    }

    /** A name that no client of this scene has had. */
    String nextName() {
        return "web-" + ++clients;
    }
}
