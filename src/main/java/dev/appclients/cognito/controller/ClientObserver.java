package dev.appclients.cognito.controller;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.controller.Obstacles.Obstacle;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.plan.Durations;
import dev.appclients.cognito.plan.Observation;
import dev.appclients.cognito.plan.Whose;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Finds out what there is in Cognito. Never writes; what is known decides what is asked, and mostly nothing is. */
final class ClientObserver {

    private static final Logger LOG = LoggerFactory.getLogger(ClientObserver.class);

    private final AppClients clients;
    private final Claims claims;
    private final LookMemory memory;
    private final Obstacles obstacles;
    private final CreateHistory creates;
    private final Objections objections;
    private final OperatorSettings settings;
    private final InstantSource clock;

    ClientObserver(
            AppClients clients,
            Claims claims,
            LookMemory memory,
            Obstacles obstacles,
            CreateHistory creates,
            Objections objections,
            OperatorSettings settings,
            InstantSource clock) {
        this.clients = clients;
        this.claims = claims;
        this.memory = memory;
        this.obstacles = obstacles;
        this.creates = creates;
        this.objections = objections;
        this.settings = settings;
        this.clock = clock;
    }

    /** Brings what the last pass told in line with what the manifest says now, and remembers what an observed client has. */
    void recall(Subject subject, Progress progress) {
        progress.discardContradicted(subject.adopted(), subject.observes());
        progress.observed(subject.observes() ? memory.observed(subject.uid()) : null);
    }

    /**
     * What is known of the client.
     *
     * @param need what the Secret wants of this look
     * @throws Stop if Cognito refused this very thing before, and nothing has changed since
     */
    Observation observe(Subject subject, Progress progress, SecretNeed need) {
        String clientId = subject.adopted() == null ? progress.clientId() : subject.adopted();
        Optional<Obstacle> obstacle = obstacle(subject, progress, clientId);
        // Settings that were refused are no reason to neglect the Secret, which tells what Cognito has instead.
        boolean mayAskAnyway = clientId != null && need != SecretNeed.NOTHING;
        obstacle.filter(held -> !(mayAskAnyway && Refusals.isAboutSettings(held.refusal())))
                .ifPresent(held -> {
                    throw held.stop();
                });
        if (clientId == null) {
            return withoutId(subject, progress);
        }
        boolean known = obstacle.isEmpty()
                && need != SecretNeed.VALUE
                && isApplied(subject, progress)
                && !isDisputed(subject, clientId)
                && (progress.drift().isEmpty() || memory.observed(subject.uid()) != null);
        if (known && !subject.isLookRequested()) {
            return memory.isDue(subject.uid(), interval(subject))
                    ? lookForDrift(subject, progress, clientId)
                    : new Observation.Confirmed(clientId);
        }
        return describe(subject, progress, clientId, Priority.USER);
    }

    /**
     * What is done needs no judgement. What was begun must be found, whatever was refused before; and what may have been begun,
     * whatever the pool lacks.
     */
    private Optional<Obstacle> obstacle(Subject subject, Progress progress, @Nullable String clientId) {
        if (clientId == null && progress.pendingCreateSince() != null) {
            return Optional.empty();
        }
        boolean mayHaveBegun = clientId == null && !creates.isNew(subject.uid());
        return isApplied(subject, progress) || mayHaveBegun
                ? obstacles.heldAgainst(subject)
                : obstacles.inTheWayOf(subject);
    }

    /** Whether something else names another client than the status does: then the status is not believed without a look. */
    private boolean isDisputed(Subject subject, String clientId) {
        return subject.adopted() == null && objections.to(subject.resource(), clientId, null) != null;
    }

    private static boolean isApplied(Subject subject, Progress progress) {
        return subject.isApplied(progress.appliedSettings()) && !subject.isClientInTrouble();
    }

    private Observation withoutId(Subject subject, Progress progress) {
        return progress.pendingCreateSince() == null && creates.isNew(subject.uid())
                ? new Observation.Never()
                : find(subject, progress);
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
            progress.requeueAfter(
                    memory.failed(subject.uid(), failed.failure().kind().pace()));
            // During an outage, those who called say so; thousands who wait need not.
            LOG.atLevel(failed.failure().called() ? Level.WARN : Level.DEBUG)
                    .log("The look for drift failed and will be repeated: {}", failed.getMessage());
            return new Observation.Confirmed(clientId);
        }
    }

    private Observation describe(Subject subject, Progress progress, String clientId, Priority priority) {
        try {
            var client = clients.describe(subject.pool().access(), clientId, priority);
            memory.looked(subject.uid(), interval(subject));
            return present(subject, client);
        } catch (FailedCall failed) {
            if (failed.failure().kind() != FailureKind.CLIENT_NOT_FOUND) {
                throw failed;
            }
            progress.applied(null);
            return lost(subject, progress, clientId);
        }
    }

    /** The id is only what the status says: as long as a client bears our name, nothing is lost. An adopted one bears its own. */
    private Observation lost(Subject subject, Progress progress, String clientId) {
        if (subject.adopted() != null) {
            return new Observation.Lost(clientId);
        }
        CreateHistory.Settling settling = creates.settling(subject.uid(), null);
        List<String> others = byName(subject, settling).stream()
                .filter(found -> !found.equals(clientId))
                .toList();
        return switch (others.size()) {
            case 0 ->
                creates.isOutcomeUnknown(subject.uid())
                        ? unresolved(subject, progress, settling)
                        : new Observation.Lost(clientId);
            case 1 -> found(subject, others.getFirst());
            default -> new Observation.Several(others);
        };
    }

    /** A client found by its suffix counts at once; not found counts only once a create can no longer turn up. */
    private Observation find(Subject subject, Progress progress) {
        CreateHistory.Settling settling = creates.settling(subject.uid(), progress.pendingCreateSince());
        List<String> found = byName(subject, settling);
        return switch (found.size()) {
            case 0 -> {
                if (settling.isOver()) {
                    creates.searchedInVain(subject.uid());
                    // Whatever keeps the next create from being begun, this one is no longer waited for.
                    progress.clearIntent();
                    yield new Observation.NotCreated();
                }
                yield unresolved(subject, progress, settling);
            }
            case 1 -> found(subject, found.getFirst());
            default -> new Observation.Several(found);
        };
    }

    /** The intent is told anew, also where somebody has wiped it from the status. */
    private Observation unresolved(Subject subject, Progress progress, CreateHistory.Settling settling) {
        settling.intent()
                .ifPresent(since ->
                        progress.beginCreate(since, subject.pool().facts().arn().value()));
        progress.requeueAfter(settling.lookAgainAfter(clock.instant()));
        return new Observation.Unresolved(settling.until());
    }

    private List<String> byName(Subject subject, CreateHistory.Settling settling) {
        Instant now = clock.instant();
        // Whoever asks for a look has changed something just now, which an earlier walk does not show.
        Instant notBefore = subject.isLookRequested() ? now : settling.countsFrom(now);
        return clients.findByNameSuffix(subject.pool().access(), ClientName.suffix(subject.uid()), notBefore)
                .clientIds();
    }

    private Observation found(Subject subject, String clientId) {
        AppClient client = clients.describe(subject.pool().access(), clientId, Priority.USER);
        Observation observed = present(subject, client);
        if (observed instanceof Observation.Present) {
            creates.created(subject.uid());
        }
        return observed;
    }

    private Observation present(Subject subject, AppClient client) {
        Whose whose = claims.whose(subject.resource(), client);
        if (whose != Whose.OURS) {
            return new Observation.Present(client, whose);
        }
        String objection = objections.to(subject.resource(), client.clientId(), client.created());
        if (objection != null) {
            return new Observation.Unproven(objection);
        }
        creates.proved(subject.uid(), client.clientId());
        return new Observation.Present(client, whose);
    }
}
