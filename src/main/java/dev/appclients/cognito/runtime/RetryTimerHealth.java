package dev.appclients.cognito.runtime;

import dev.appclients.cognito.controller.Informers;
import dev.appclients.cognito.controller.guards.WakeUps;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Liveness fails when objects are no longer woken: a restart mends that, and nothing else does. */
@Liveness
final class RetryTimerHealth implements HealthCheck {

    private final WakeUps wakeUps;
    private final Informers informers;

    RetryTimerHealth(WakeUps wakeUps, Informers informers) {
        this.wakeUps = wakeUps;
        this.informers = informers;
    }

    @Override
    public HealthCheckResponse call() {
        wakeUps.keepOnly(informers.uids());
        Optional<Instant> overdue = wakeUps.overdue();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("retry timer").status(overdue.isEmpty());
        overdue.ifPresent(due -> response.withData("overdueSince", due.toString()));
        return response.build();
    }
}
