package dev.appclients.cognito.runtime;

import dev.appclients.cognito.aws.CognitoConnection;
import dev.appclients.cognito.controller.Tenure;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An orderly stop: nothing begins any more, what waits for its turn gives up, and what is under way is finished. */
@Singleton
final class Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
    private static final int BEFORE_EVERYTHING_ELSE = 1;

    private final Tenure tenure;
    private final CognitoConnection cognito;
    private final Duration stopTimeout;

    Lifecycle(Tenure tenure, CognitoConnection cognito, BoundedConfig config) {
        this.tenure = tenure;
        this.cognito = cognito;
        this.stopTimeout = config.stopTimeout();
    }

    void onStop(@Observes @Priority(BEFORE_EVERYTHING_ELSE) ShutdownEvent event) throws InterruptedException {
        tenure.stop();
        cognito.cancelWaitingCalls();
        if (!tenure.awaitIdle(stopTimeout)) {
            LOG.warn(
                    "Passes are still under way after {} s; stopping nevertheless. What they began is found again by the"
                            + " next leader",
                    stopTimeout.toSeconds());
        }
    }
}
