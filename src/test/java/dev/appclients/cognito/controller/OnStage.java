package dev.appclients.cognito.controller;

import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Base of the tests that each run on their own {@link Stage}. */
public abstract class OnStage {

    /** A client with a secret and one redirect URL. */
    public static final String WEB = """
            appType: Confidential
            allowedOAuthFlows: [code]
            allowedOAuthScopes: [openid]
            callbackURLs: ["https://shop.example.com/callback"]
            """;

    public final TestClock clock = new TestClock();
    public Stage stage;

    @BeforeEach
    void open() {
        stage = Stage.open(settings(), time());
    }

    @AfterEach
    void close() {
        stage.close();
    }

    public OperatorSettings settings() {
        return Stage.SETTINGS;
    }

    /** The clock of the operator. */
    public InstantSource time() {
        return clock;
    }

    /** Makes the change while the operator runs, or while it is down. */
    public void meanwhile(boolean operatorIsDown, Runnable change) {
        if (operatorIsDown) {
            stage.stopOperator();
        }
        change.run();
        if (operatorIsDown) {
            stage.startOperator();
        }
    }
}
