package dev.appclients.cognito.controller;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A behaviour that is played on a stage of its own. */
abstract class OnStage {

    /** One secret, one redirect: what most behaviours need. */
    static final String WEB = """
            appType: Confidential
            allowedOAuthFlows: [code]
            allowedOAuthScopes: [openid]
            callbackURLs: ["https://shop.example.com/callback"]
            """;

    final TestClock clock = new TestClock();
    Stage stage;

    @BeforeEach
    void open() {
        stage = Stage.open(settings(), clock);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    OperatorSettings settings() {
        return Stage.SETTINGS;
    }
}
