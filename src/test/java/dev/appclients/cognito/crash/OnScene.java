package dev.appclients.cognito.crash;

import org.junit.jupiter.api.AfterEach;
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

    /** A name that no client of this scene has had. */
    String nextName() {
        return "web-" + ++clients;
    }
}
