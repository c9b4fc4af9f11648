package dev.appclients.cognito.runtime;

import dev.appclients.cognito.aws.cognito.CognitoConnection;
import dev.appclients.cognito.controller.reconcile.ReconcileGate;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shuts the operator down in order: starts no reconciliation, cancels the calls that wait, and drains those in flight. */
@Singleton
final class Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
    private static final int FIRST = 1;

    private final ReconcileGate gate;
    private final CognitoConnection cognito;
    private final Duration stopTimeout;

    Lifecycle(ReconcileGate gate, CognitoConnection cognito, BoundedConfig config) {
        this.gate = gate;
        this.cognito = cognito;
        this.stopTimeout = config.stopTimeout();
    }

    void onStop(@Observes @Priority(FIRST) ShutdownEvent event) throws InterruptedException {
        gate.stop();
        cognito.cancelWaitingCalls();
        if (!gate.awaitIdle(stopTimeout)) {
            LOG.warn(
                    "Reconciliations are still in flight after {} s. The operator stops nevertheless. The next leader"
                            + " completes them",
                    stopTimeout.toSeconds());
        }
    }
}
