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
import dev.appclients.cognito.model.Durations;
import dev.appclients.cognito.plan.ClientName;
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
    private final ClientOwnership clientOwnership;
    private final ListedSecrets listedSecrets;
    private final CheckMemory checkMemory;
    private final PreflightCheck preflight;
    private final CreateHistory creates;
    private final Objections objections;
    private final OperatorSettings settings;
    private final InstantSource clock;

    ClientObserver(
            AppClients clients,
            ClientOwnership clientOwnership,
            ListedSecrets listedSecrets,
            CheckMemory checkMemory,
            PreflightCheck preflight,
            CreateHistory creates,
            Objections objections,
            OperatorSettings settings,
            InstantSource clock) {
        this.clients = clients;
        this.clientOwnership = clientOwnership;
        this.listedSecrets = listedSecrets;
        this.checkMemory = checkMemory;
        this.preflight = preflight;
        this.creates = creates;
        this.objections = objections;
        this.settings = settings;
        this.clock = clock;
    }

    /** Adjusts the state from the status to the manifest, and adds the last known settings of an observed client. */
    void adjustToManifest(ReconcileInput input, PassState pass) {
        pass.discardContradicted(input.adopted(), input.observes());
        pass.observed(input.observes() ? checkMemory.observed(input.uid()) : null);
    }

    /**
     * Determines the state of the client.
     *
     * @param need what the Secret needs from Cognito
     * @throws StopReconciliation if Cognito refused the same before, and nothing has changed since
     */
    Observation observe(ReconcileInput input, PassState pass, SecretNeed need) {
        String clientId = input.adopted() == null ? pass.clientId() : input.adopted();
        Optional<Blocker> blocker = blocker(input, pass, clientId);
        // Refused settings do not block the repair of the Secret, which contains values of the settings in Cognito.
        boolean isSecretRepair = clientId != null && need != SecretNeed.NOTHING;
        blocker.filter(held -> !(isSecretRepair && HeldRefusals.isAboutSettings(held.refusal())))
                .ifPresent(held -> {
                    throw held.stop();
                });
        if (clientId == null) {
            return withoutId(input, pass);
        }
        boolean known = blocker.isEmpty()
                && need != SecretNeed.VALUE
                && isApplied(input, pass)
                && !isDisputed(input, clientId)
                && hasComparison(input, pass);
        if (known && !input.isReconcileRequested()) {
            return checkMemory.isDue(input.uid(), interval(input))
                    ? checkDrift(input, pass, clientId)
                    : new Observation.Confirmed(clientId);
        }
        return describe(input, pass, clientId, Priority.USER);
    }

    /**
     * Finds what blocks the calls. Applied settings need no check of the pool. Nothing blocks the search for a client whose create was
     * begun, and only a refusal blocks it where a create may have begun.
     */
    private Optional<Blocker> blocker(ReconcileInput input, PassState pass, @Nullable String clientId) {
        if (clientId == null && pass.pendingCreateSince() != null) {
            return Optional.empty();
        }
        boolean mayHaveBegun = clientId == null && !creates.isNew(input.uid());
        return isApplied(input, pass) || mayHaveBegun ? preflight.heldRefusal(input) : preflight.blocker(input);
    }

    /** Whether another source contradicts the id in the status. The operator then reads the client before it relies on the id. */
    private boolean isDisputed(ReconcileInput input, String clientId) {
        return input.adopted() == null
                && objections.to(input.resource(), input.pool().snapshot(), clientId, null) != null;
    }

    /** Whether the settings in Cognito are known without a call, until the next drift check. */
    boolean knowsSettings(ReconcileInput input, PassState pass) {
        return isApplied(input, pass)
                && hasComparison(input, pass)
                && !input.isReconcileRequested()
                && !checkMemory.isDue(input.uid(), interval(input));
    }

    /** Whether the settings of an observed client that differs are in memory. A restart loses them. */
    private boolean hasComparison(ReconcileInput input, PassState pass) {
        return pass.drift().isEmpty() || checkMemory.observed(input.uid()) != null;
    }

    private static boolean isApplied(ReconcileInput input, PassState pass) {
        return input.isApplied(pass.appliedSettings()) && !input.hasClientFailed();
    }

    private Observation withoutId(ReconcileInput input, PassState pass) {
        if (!creates.isNew(input.uid(), pass.pendingCreateSince())) {
            return find(input, pass);
        }
        // A reconciliation that found this out may have ended without a report.
        pass.clearIntent();
        return new Observation.NeverCreated();
    }

    /** The interval between two drift checks of this client. */
    Duration interval(ReconcileInput input) {
        return Durations.parseOr(input.spec().driftCheckInterval(), settings.driftCheckInterval());
    }

    /** A failed drift check changes nothing. The operator keeps the known state and retries soon. */
    private Observation checkDrift(ReconcileInput input, PassState pass, String clientId) {
        try {
            return describe(input, pass, clientId, Priority.DRIFT);
        } catch (AwsCallException failed) {
            pass.requeueAfter(checkMemory.recordFailure(
                    input.uid(), failed.failure().kind().pace()));
            // During an outage thousands of checks fail without a call. Only failed calls are logged as warnings.
            LOG.atLevel(failed.failure().called() ? Level.WARN : Level.DEBUG)
                    .log("The drift check failed. The operator retries it: {}", failed.getMessage());
            return new Observation.Confirmed(clientId);
        }
    }

    private Observation describe(ReconcileInput input, PassState pass, String clientId, Priority priority) {
        try {
            var client = clients.describe(input.pool().access(), clientId, priority);
            checkMemory.recordCheck(input.uid(), interval(input));
            return present(input, pass, client);
        } catch (AwsCallException failed) {
            if (failed.failure().kind() != FailureKind.CLIENT_NOT_FOUND) {
                throw failed;
            }
            pass.applied(null);
            return lost(input, pass, clientId);
        }
    }

    /** The id in the status may be wrong, so the client is lost only if no client has the object's name. An adopted one keeps its own name. */
    private Observation lost(ReconcileInput input, PassState pass, String clientId) {
        if (input.adopted() != null) {
            return new Observation.Lost(clientId);
        }
        CreateHistory.Settling settling = creates.settling(input.uid(), null);
        List<String> others = byName(input, settling).stream()
                .filter(found -> !found.equals(clientId))
                .toList();
        return switch (others.size()) {
            case 0 ->
                creates.isOutcomeUnknown(input.uid())
                        ? outcomeUnknown(input, pass, settling)
                        : new Observation.Lost(clientId);
            case 1 -> found(input, pass, others.getFirst());
            default -> new Observation.Several(others);
        };
    }

    /** Finds the client by its suffix. Absence counts only once an earlier create can no longer take effect. */
    private Observation find(ReconcileInput input, PassState pass) {
        CreateHistory.Settling settling = creates.settling(input.uid(), pass.pendingCreateSince());
        List<String> found = byName(input, settling);
        return switch (found.size()) {
            case 0 -> {
                if (settling.isOver()) {
                    creates.confirmAbsent(input.uid());
                    // Even if no new create begins now, the earlier one is over.
                    pass.clearIntent();
                    yield new Observation.NotCreated();
                }
                yield outcomeUnknown(input, pass, settling);
            }
            case 1 -> found(input, pass, found.getFirst());
            default -> new Observation.Several(found);
        };
    }

    /** Reports the intent again, in case another writer removed it from the status. */
    private Observation outcomeUnknown(ReconcileInput input, PassState pass, CreateHistory.Settling settling) {
        settling.intent()
                .ifPresent(since ->
                        pass.beginCreate(since, input.pool().facts().arn().value()));
        pass.requeueAfter(settling.retryAfter(clock.instant()));
        return new Observation.CreateOutcomeUnknown(settling.until());
    }

    private List<String> byName(ReconcileInput input, CreateHistory.Settling settling) {
        Instant now = clock.instant();
        // A user who requests a reconciliation may have changed something that an earlier list does not show.
        Instant notBefore = input.isReconcileRequested() ? now : settling.listNotBefore(now);
        return clients.findByNameSuffix(input.pool().access(), ClientName.suffix(input.uid()), notBefore)
                .clientIds();
    }

    private Observation found(ReconcileInput input, PassState pass, String clientId) {
        AppClient client = clients.describe(input.pool().access(), clientId, Priority.USER);
        Observation observed = present(input, pass, client);
        if (observed instanceof Observation.Present) {
            creates.created(input.uid());
        }
        return observed;
    }

    private Observation present(ReconcileInput input, PassState pass, AppClient client) {
        Ownership ownership = clientOwnership.ownership(input.resource(), client);
        if (ownership == Ownership.ADOPTED) {
            return new Observation.Present(client, ownership, isConfidential(input, pass, client));
        }
        if (ownership != Ownership.OWN) {
            return new Observation.Present(client, ownership, client.secret() != null);
        }
        String objection =
                objections.to(input.resource(), input.pool().snapshot(), client.clientId(), client.created());
        if (objection != null) {
            return new Observation.Unproven(objection);
        }
        creates.recordOwnClient(input.uid(), client.clientId());
        return new Observation.Present(client, ownership, input.desired().confidential());
    }

    /** Cognito describes no secret of a client that lost its original. The type was judged at the adoption, and never changes. */
    private boolean isConfidential(ReconcileInput input, PassState pass, AppClient adopted) {
        boolean isJudged = pass.clientId() != null && adopted.secret() == null;
        return isJudged ? input.desired().confidential() : listedSecrets.hasSecret(input, adopted);
    }
}
