package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.controller.client.PreflightCheck.Blocker;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.plan.Durations;
import dev.appclients.cognito.plan.Observation;
import dev.appclients.cognito.plan.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Determines the state of the app client in Cognito. It never changes anything, and usually the state is known without a call. */
final class ClientObserver {

    private static final Logger LOG = LoggerFactory.getLogger(ClientObserver.class);

    private final AppClients clients;
    private final ClientOwnership claims;
    private final CheckMemory memory;
    private final PreflightCheck obstacles;
    private final CreateHistory creates;
    private final Objections objections;
    private final OperatorSettings settings;
    private final InstantSource clock;

    ClientObserver(
            AppClients clients,
            ClientOwnership claims,
            CheckMemory memory,
            PreflightCheck obstacles,
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

    /** Adjusts the state from the status to the manifest, and adds the last known settings of an observed client. */
    void adjustToManifest(ReconcileInput subject, PassState progress) {
        progress.discardContradicted(subject.adopted(), subject.observes());
        progress.observed(subject.observes() ? memory.observed(subject.uid()) : null);
    }

    /**
     * Determines the state of the client.
     *
     * @param need what the Secret needs from Cognito
     * @throws StopReconciliation if Cognito refused the same before, and nothing has changed since
     */
    Observation observe(ReconcileInput subject, PassState progress, SecretNeed need) {
        String clientId = subject.adopted() == null ? progress.clientId() : subject.adopted();
        Optional<Blocker> blocker = blocker(subject, progress, clientId);
        // Refused settings do not block the repair of the Secret, which contains values of the settings in Cognito.
        boolean isSecretRepair = clientId != null && need != SecretNeed.NOTHING;
        blocker.filter(held -> !(isSecretRepair && HeldRefusals.isAboutSettings(held.refusal())))
                .ifPresent(held -> {
                    throw held.stop();
                });
        if (clientId == null) {
            return withoutId(subject, progress);
        }
        boolean known = blocker.isEmpty()
                && need != SecretNeed.VALUE
                && isApplied(subject, progress)
                && !isDisputed(subject, clientId)
                && (progress.drift().isEmpty() || memory.observed(subject.uid()) != null);
        if (known && !subject.isReconcileRequested()) {
            return memory.isDue(subject.uid(), interval(subject))
                    ? checkDrift(subject, progress, clientId)
                    : new Observation.Confirmed(clientId);
        }
        return describe(subject, progress, clientId, Priority.USER);
    }

    /**
     * Finds what blocks the calls. Applied settings need no check of the pool. Nothing blocks the search for a client whose create was
     * begun, and only a refusal blocks it where a create may have begun.
     */
    private Optional<Blocker> blocker(ReconcileInput subject, PassState progress, @Nullable String clientId) {
        if (clientId == null && progress.pendingCreateSince() != null) {
            return Optional.empty();
        }
        boolean mayHaveBegun = clientId == null && !creates.isNew(subject.uid());
        return isApplied(subject, progress) || mayHaveBegun
                ? obstacles.heldRefusal(subject)
                : obstacles.blocker(subject);
    }

    /** Whether another source contradicts the id in the status. The operator then reads the client before it relies on the id. */
    private boolean isDisputed(ReconcileInput subject, String clientId) {
        return subject.adopted() == null
                && objections.to(subject.resource(), subject.pool().snapshot(), clientId, null) != null;
    }

    private static boolean isApplied(ReconcileInput subject, PassState progress) {
        return subject.isApplied(progress.appliedSettings()) && !subject.hasClientFailed();
    }

    private Observation withoutId(ReconcileInput subject, PassState progress) {
        return progress.pendingCreateSince() == null && creates.isNew(subject.uid())
                ? new Observation.NeverCreated()
                : find(subject, progress);
    }

    /** The interval between two drift checks of this client. */
    Duration interval(ReconcileInput subject) {
        return Durations.parseOr(subject.spec().driftCheckInterval(), settings.driftCheckInterval());
    }

    /** A failed drift check changes nothing. The operator keeps the known state and retries soon. */
    private Observation checkDrift(ReconcileInput subject, PassState progress, String clientId) {
        try {
            return describe(subject, progress, clientId, Priority.DRIFT);
        } catch (AwsCallException failed) {
            progress.requeueAfter(
                    memory.recordFailure(subject.uid(), failed.failure().kind().pace()));
            // During an outage thousands of checks fail without a call. Only failed calls are logged as warnings.
            LOG.atLevel(failed.failure().called() ? Level.WARN : Level.DEBUG)
                    .log("The drift check failed. The operator retries it: {}", failed.getMessage());
            return new Observation.Confirmed(clientId);
        }
    }

    private Observation describe(ReconcileInput subject, PassState progress, String clientId, Priority priority) {
        try {
            var client = clients.describe(subject.pool().access(), clientId, priority);
            memory.recordCheck(subject.uid(), interval(subject));
            return present(subject, client);
        } catch (AwsCallException failed) {
            if (failed.failure().kind() != FailureKind.CLIENT_NOT_FOUND) {
                throw failed;
            }
            progress.applied(null);
            return lost(subject, progress, clientId);
        }
    }

    /** The id in the status may be wrong, so the client is lost only if no client has the object's name. An adopted one keeps its own name. */
    private Observation lost(ReconcileInput subject, PassState progress, String clientId) {
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
                        ? outcomeUnknown(subject, progress, settling)
                        : new Observation.Lost(clientId);
            case 1 -> found(subject, others.getFirst());
            default -> new Observation.Several(others);
        };
    }

    /** Finds the client by its suffix. Absence counts only once an earlier create can no longer take effect. */
    private Observation find(ReconcileInput subject, PassState progress) {
        CreateHistory.Settling settling = creates.settling(subject.uid(), progress.pendingCreateSince());
        List<String> found = byName(subject, settling);
        return switch (found.size()) {
            case 0 -> {
                if (settling.isOver()) {
                    creates.confirmAbsent(subject.uid());
                    // Even if no new create begins now, the earlier one is over.
                    progress.clearIntent();
                    yield new Observation.NotCreated();
                }
                yield outcomeUnknown(subject, progress, settling);
            }
            case 1 -> found(subject, found.getFirst());
            default -> new Observation.Several(found);
        };
    }

    /** Reports the intent again, in case another writer removed it from the status. */
    private Observation outcomeUnknown(ReconcileInput subject, PassState progress, CreateHistory.Settling settling) {
        settling.intent()
                .ifPresent(since ->
                        progress.beginCreate(since, subject.pool().facts().arn().value()));
        progress.requeueAfter(settling.retryAfter(clock.instant()));
        return new Observation.CreateOutcomeUnknown(settling.until());
    }

    private List<String> byName(ReconcileInput subject, CreateHistory.Settling settling) {
        Instant now = clock.instant();
        // A user who requests a reconciliation may have changed something that an earlier list does not show.
        Instant notBefore = subject.isReconcileRequested() ? now : settling.listNotBefore(now);
        return clients.findByNameSuffix(subject.pool().access(), ClientName.suffix(subject.uid()), notBefore)
                .clientIds();
    }

    private Observation found(ReconcileInput subject, String clientId) {
        AppClient client = clients.describe(subject.pool().access(), clientId, Priority.USER);
        Observation observed = present(subject, client);
        if (observed instanceof Observation.Present) {
            creates.created(subject.uid());
        }
        return observed;
    }

    private Observation present(ReconcileInput subject, AppClient client) {
        Ownership ownership = claims.ownership(subject.resource(), client);
        if (ownership != Ownership.OWN) {
            return new Observation.Present(client, ownership);
        }
        String objection =
                objections.to(subject.resource(), subject.pool().snapshot(), client.clientId(), client.created());
        if (objection != null) {
            return new Observation.Unproven(objection);
        }
        creates.recordOwnClient(subject.uid(), client.clientId());
        return new Observation.Present(client, ownership);
    }
}
