package dev.appclients.cognito.crash;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Base of the tests that each run on their own {@link Scene}. */
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

    /** Returns a name that no client of this scene has used. */
    String nextName() {
        return "web-" + ++clients;
    }
}
