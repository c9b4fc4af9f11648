package dev.appclients.cognito.controller;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.controller.Obstacles.Obstacle;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.plan.Durations;
import dev.appclients.cognito.plan.Observation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what there is in Cognito. Never writes; what is known decides what is asked, and mostly nothing is. */
final class ClientObserver {

    private static final Logger LOG = LoggerFactory.getLogger(ClientObserver.class);

    private final AppClients clients;
    private final LookMemory memory;
    private final Obstacles obstacles;
    private final OperatorSettings settings;
    private final InstantSource clock;

    ClientObserver(
            AppClients clients,
            LookMemory memory,
            Obstacles obstacles,
            OperatorSettings settings,
            InstantSource clock) {
        this.clients = clients;
        this.memory = memory;
        this.obstacles = obstacles;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What is known of the client.
     *
     * @param need what the Secret wants of this look
     * @throws Stop if Cognito refused this very thing before, and nothing has changed since
     */
    Observation observe(Subject subject, Progress progress, SecretNeed need) {
        String clientId = progress.clientId();
        Optional<Obstacle> obstacle = obstacle(subject, progress);
        // Settings that were refused are no reason to neglect the Secret, which tells what Cognito has instead.
        boolean mayAskAnyway = clientId != null && need != SecretNeed.NOTHING;
        obstacle.filter(held -> !(mayAskAnyway && Refusals.isAboutSettings(held.refusal())))
                .ifPresent(held -> {
                    throw held.stop();
                });
        if (clientId == null) {
            return withoutId(subject, progress);
        }
        boolean known = obstacle.isEmpty() && need != SecretNeed.VALUE && isApplied(subject, progress);
        if (known && !subject.isLookRequested()) {
            return memory.isDue(subject.uid(), interval(subject))
                    ? lookForDrift(subject, progress, clientId)
                    : new Observation.Confirmed(clientId);
        }
        return describe(subject, progress, clientId, Priority.USER);
    }

    /** Nothing that was done needs to be judged, and a create that was begun must be found again whatever is missing. */
    private Optional<Obstacle> obstacle(Subject subject, Progress progress) {
        return isApplied(subject, progress) || progress.pendingCreateSince() != null
                ? Optional.empty()
                : obstacles.inTheWayOf(subject);
    }

    private static boolean isApplied(Subject subject, Progress progress) {
        return subject.digest().equals(progress.appliedSettings()) && !subject.isClientInTrouble();
    }

    private Observation withoutId(Subject subject, Progress progress) {
        Instant since = progress.pendingCreateSince();
        if (since != null) {
            return find(subject, progress, since);
        }
        return Freshness.mayHaveBeenCreated(subject.resource(), clock.instant())
                ? find(subject, progress, Instant.EPOCH)
                : new Observation.Never();
    }

    /** How often this client is compared with Cognito. */
    Duration interval(Subject subject) {
        return Durations.parseOr(subject.spec().driftCheckInterval(), settings.driftCheckInterval());
    }

    /** A look for drift that fails changes nothing: what was known still holds, and the look is repeated soon. */
    private Observation lookForDrift(Subject subject, Progress progress, String clientId) {
        try {
            return describe(subject, progress, clientId, Priority.DRIFT);
        } catch (FailedCall failed) {
            progress.lookAgainAfter(
                    memory.failed(subject.uid(), failed.failure().kind().pace()));
            LOG.warn("The look for drift failed and will be repeated: {}", failed.getMessage());
            return new Observation.Confirmed(clientId);
        }
    }

    private Observation describe(Subject subject, Progress progress, String clientId, Priority priority) {
        try {
            var client = clients.describe(subject.pool().access(), clientId, priority);
            memory.looked(subject.uid(), interval(subject));
            return new Observation.Present(client);
        } catch (FailedCall failed) {
            if (failed.failure().kind() != FailureKind.CLIENT_NOT_FOUND) {
                throw failed;
            }
            progress.applied(null);
            return new Observation.Lost(clientId);
        }
    }

    /** A client found by its suffix counts at once; not found counts only once a create can no longer turn up. */
    private Observation find(Subject subject, Progress progress, Instant since) {
        Instant settled = since.plus(settings.createSettlesAfter());
        Instant now = clock.instant();
        AppClients.Walk walk = clients.findByNameSuffix(subject.pool().access(), ClientName.suffix(subject.uid()), now);
        List<String> found = walk.clientIds();
        return switch (found.size()) {
            case 0 -> {
                if (!walk.begunAt().isBefore(settled)) {
                    yield new Observation.NotCreated();
                }
                progress.lookAgainAfter(Duration.between(now, settled));
                yield new Observation.Unresolved(settled);
            }
            case 1 ->
                new Observation.Present(clients.describe(subject.pool().access(), found.getFirst(), Priority.USER));
            default -> new Observation.Several(found);
        };
    }
}
