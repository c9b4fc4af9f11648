package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.DeletionPolicy;
import dev.appclients.cognito.api.v1beta1.Mode;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.controller.AbsenceCheck.Reached;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.status.Conclusion;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of an app client in Cognito: deletes what is provably ours, and says that there is nothing left. Neither a pause
 * nor a withdrawn permission holds it up, and nothing foreign is ever deleted.
 */
final class ClientRelease {

    private static final Logger LOG = LoggerFactory.getLogger(ClientRelease.class);
    /** Ends every message of a deletion that is refused. */
    static final String WAY_OUT = "; or set spec.deletionPolicy: Retain to let the object go and keep the app client";

    private final AppClients clients;
    private final KubernetesView kubernetes;
    private final AdoptedRelease adopted;
    private final Currency currency;
    private final CreateHistory creates;
    private final Objections objections;
    private final OwnSecrets secrets;
    private final PoolReadings readings;
    private final AbsenceCheck absence;
    private final InstantSource clock;

    ClientRelease(
            AppClients clients,
            KubernetesView kubernetes,
            AdoptedRelease adopted,
            Currency currency,
            CreateHistory creates,
            Objections objections,
            OwnSecrets secrets,
            PoolReadings readings,
            InstantSource clock) {
        this.clients = clients;
        this.kubernetes = kubernetes;
        this.adopted = adopted;
        this.currency = currency;
        this.creates = creates;
        this.objections = objections;
        this.secrets = secrets;
        this.readings = readings;
        this.absence = new AbsenceCheck(clients);
        this.clock = clock;
    }

    /**
     * Returns when nothing of ours is left in Cognito, or what is left shall stay. A Secret of a client that was deleted is deleted
     * too.
     *
     * @throws Stop if it must be waited for, or a human must act
     * @throws FailedCall if Cognito did not do it
     */
    void release(UserPoolClient resource, Progress progress) {
        if (stays(resource) || hasNothing(resource, progress)) {
            return;
        }
        if (resource.getSpec().deletionPolicy() == DeletionPolicy.UNKNOWN || Claims.mode(resource) == Mode.UNKNOWN) {
            throw refused(
                    Reason.UNSUPPORTED_SPEC,
                    "spec.deletionPolicy or spec.mode has a value that this version of the operator does not know, so nothing is"
                            + " deleted: upgrade the operator" + WAY_OUT);
        }
        ClusterUserPool pool = poolOf(resource);
        PoolAccess access = Pools.access(pool, resource.getMetadata().getNamespace());
        refuseAnotherPool(progress, pool);
        var reached = new Reached(pool, access, readings.recordedArn(progress, pool));
        if (Claims.adopted(resource) != null) {
            releaseAdopted(resource, progress, reached);
        } else {
            releaseOwn(resource, progress, reached);
        }
        if (progress.leftBehind() == null) {
            secrets.deleteAll(resource);
        }
    }

    private void releaseOwn(UserPoolClient resource, Progress progress, Reached pool) {
        if (progress.pendingCreateSince() == null) {
            progress.restoreClientId(secrets.recordedClientId(resource).orElse(null));
        }
        String clientId = progress.clientId();
        if (clientId == null || !releaseKnown(resource, progress, pool, clientId, false)) {
            releaseByName(resource, progress, pool);
        }
    }

    /** Whoever only observes deletes nothing either. */
    private static boolean stays(UserPoolClient resource) {
        return resource.getSpec().deletionPolicy() == DeletionPolicy.RETAIN || Claims.mode(resource) == Mode.OBSERVE;
    }

    private void releaseAdopted(UserPoolClient resource, Progress progress, Reached pool) {
        if (kubernetes.namespaceLabels(resource.getMetadata().getNamespace()).isEmpty()) {
            throw Stop.with(new Conclusion.Deleting(Guard.namespaceUnknown(resource)), Pace.MINUTES);
        }
        refuse(adopted.obstacle(resource, pool.object()));
        String clientId =
                Objects.requireNonNull(progress.clientId(), "an object without a client has nothing to release");
        try {
            refuse(adopted.obstacle(resource, clients.describe(pool.access(), clientId, Priority.USER)));
            clients.delete(pool.access(), clientId, () -> adopted.isStillWanted(resource, pool.object()));
            LOG.info(
                    "Deleted the adopted app client {} in {}",
                    clientId,
                    pool.access().pool());
        } catch (FailedCall failed) {
            absence.confirm(failed, pool);
        }
    }

    private static void refuse(AdoptedRelease.@Nullable Obstacle obstacle) {
        if (obstacle != null) {
            throw refused(obstacle.reason(), withoutPeriod(obstacle.message()) + WAY_OUT);
        }
    }

    private static String withoutPeriod(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    /**
     * True when that was all; false when the real client must be looked for by name, because there is none of this id, or it is
     * not ours: the id is only what the status says.
     *
     * @param byName whether it was looked for by name, so that no other can be the real one
     */
    private boolean releaseKnown(
            UserPoolClient resource, Progress progress, Reached pool, String clientId, boolean byName) {
        AppClient client;
        try {
            client = clients.describe(pool.access(), clientId, Priority.USER);
        } catch (FailedCall failed) {
            absence.confirm(failed, pool);
            return failed.failure().kind() == FailureKind.POOL_NOT_FOUND;
        }
        if (!ClientName.isOurs(
                client.settings().clientName(), resource.getMetadata().getUid())) {
            progress.leaveBehind(clientId);
            return false;
        }
        String objection = objections.to(resource, clientId, client.created());
        if (objection != null && byName) {
            throw refused(Reason.NOT_OURS, withoutPeriod(objection) + WAY_OUT);
        }
        if (objection != null) {
            return false;
        }
        delete(resource, pool, clientId);
        return true;
    }

    private void releaseByName(UserPoolClient resource, Progress progress, Reached pool) {
        CreateHistory.Settling settling =
                creates.settling(resource.getMetadata().getUid(), progress.pendingCreateSince());
        AppClients.Walk walk;
        try {
            walk = clients.findByNameSuffix(
                    pool.access(),
                    ClientName.suffix(resource.getMetadata().getUid()),
                    settling.countsFrom(clock.instant()));
        } catch (FailedCall failed) {
            absence.confirm(failed, pool);
            return;
        }
        List<String> found = walk.clientIds();
        if (found.size() > 1) {
            throw refused(
                    Reason.SEVERAL_CLIENTS,
                    "More than one app client bears the name of this object: " + String.join(", ", found)
                            + ". Delete all but one of them in Cognito" + WAY_OUT);
        }
        if (found.isEmpty() && !settling.isOver()) {
            progress.requeueAfter(settling.left());
            throw Stop.with(
                    new Conclusion.Deleting(
                            "An app client of this object may still turn up in Cognito: looked for again at "
                                    + settling.until() + " before this object goes"),
                    Pace.SOON);
        }
        if (!found.isEmpty()) {
            // The object's own client was found, so what the status named was never this object's.
            progress.leaveBehind(null);
            releaseKnown(resource, progress, pool, found.getFirst(), true);
        }
    }

    private void delete(UserPoolClient resource, Reached pool, String clientId) {
        try {
            clients.delete(pool.access(), clientId, () -> currency.isStillBeingDeleted(resource));
            LOG.info("Deleted app client {} in {}", clientId, pool.access().pool());
        } catch (FailedCall failed) {
            absence.confirm(failed, pool);
        }
    }

    private ClusterUserPool poolOf(UserPoolClient resource) {
        String name = resource.getSpec().userPoolRef().name();
        return kubernetes
                .pool(name)
                .orElseThrow(() -> refused(
                        Reason.POOL_MISSING,
                        "There is no ClusterUserPool '" + name + "' any more, so the app client cannot be deleted:"
                                + " ask the platform team to create it again" + WAY_OUT));
    }

    private static void refuseAnotherPool(Progress progress, ClusterUserPool pool) {
        String recorded = progress.userPoolARN();
        if (recorded != null
                && !new PoolArn(recorded).poolId().value().equals(pool.getSpec().userPoolId())) {
            throw refused(
                    Reason.POOL_CHANGED,
                    "The app client was created in " + recorded + ", but ClusterUserPool '"
                            + pool.getMetadata().getName() + "' now names "
                            + pool.getSpec().userPoolId() + ": restore it" + WAY_OUT);
        }
    }

    /** Nothing is told of a client, and either none can exist, or there is no pool in which one could: it was never Ready. */
    private boolean hasNothing(UserPoolClient resource, Progress progress) {
        if (Claims.adopted(resource) != null) {
            return !AdoptedRelease.isWanted(resource, progress);
        }
        boolean untold =
                progress.clientId() == null && progress.pendingCreateSince() == null && progress.userPoolARN() == null;
        return untold
                && (creates.isNew(resource.getMetadata().getUid())
                        || (isWithoutSecret(resource) && !isPoolKnown(resource)));
    }

    /** What a Secret of ours tells outlives a status that was wiped, and a pool that was deleted by force and created again. */
    private boolean isWithoutSecret(UserPoolClient resource) {
        var meta = resource.getMetadata();
        return kubernetes.secretsOf(meta.getNamespace(), meta.getUid()).isEmpty();
    }

    /** Whether its pool is there, and was ever read. */
    private boolean isPoolKnown(UserPoolClient resource) {
        return kubernetes
                .pool(resource.getSpec().userPoolRef().name())
                .flatMap(readings::facts)
                .isPresent();
    }

    private static Stop refused(Reason reason, String message) {
        return Stop.with(new Conclusion.DeletionRefused(reason, message), Pace.MINUTES);
    }
}
