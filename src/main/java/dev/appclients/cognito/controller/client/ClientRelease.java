package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.DeletionPolicy;
import dev.appclients.cognito.api.v1beta1.Mode;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.authorization.PoolSnapshot;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.controller.client.AbsenceCheck.Reached;
import dev.appclients.cognito.controller.cluster.Adoption;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.cluster.PoolReadings;
import dev.appclients.cognito.controller.cluster.Pools;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controller.rotation.SecretRotations;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.status.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the app client of a deleted object. It deletes only an app client that is provably the object's. Neither a pause nor a
 * withdrawn permission stops the deletion.
 */
final class ClientRelease {

    private static final Logger LOG = LoggerFactory.getLogger(ClientRelease.class);

    private final AppClients clients;
    private final KubernetesView kubernetes;
    private final AdoptedRelease adopted;
    private final FreshnessCheck freshness;
    private final CreateHistory creates;
    private final Objections objections;
    private final OwnSecrets secrets;
    private final SecretRotations rotations;
    private final PoolReadings readings;
    private final AbsenceCheck absence;
    private final InstantSource clock;

    ClientRelease(
            AppClients clients,
            KubernetesView kubernetes,
            AdoptedRelease adopted,
            FreshnessCheck freshness,
            CreateHistory creates,
            Objections objections,
            OwnSecrets secrets,
            SecretRotations rotations,
            PoolReadings readings,
            InstantSource clock) {
        this.clients = clients;
        this.kubernetes = kubernetes;
        this.adopted = adopted;
        this.freshness = freshness;
        this.creates = creates;
        this.objections = objections;
        this.secrets = secrets;
        this.rotations = rotations;
        this.readings = readings;
        this.absence = new AbsenceCheck(clients);
        this.clock = clock;
    }

    /**
     * Returns when the object has no app client in Cognito, or its app client is to stay. Deletes the Secret of a deleted app client
     * too.
     *
     * @throws StopReconciliation if the deletion has to wait, or a person must act
     * @throws AwsCallException if a call to Cognito failed
     */
    void release(UserPoolClient resource, PassState pass) {
        ClusterUserPool pool =
                kubernetes.pool(resource.getSpec().userPoolRef().name()).orElse(null);
        if (isRetained(resource)) {
            rotations.leaveBehind(resource);
            return;
        }
        if (hasNothing(resource, pass, pool)) {
            return;
        }
        if (resource.getSpec().deletionPolicy() == DeletionPolicy.UNKNOWN
                || ClientOwnership.mode(resource) == Mode.UNKNOWN) {
            throw DeletionRefusal.of(
                    Reason.UNSUPPORTED_SPEC,
                    "spec.deletionPolicy or spec.mode has a value that this version of the operator does not know, so the"
                            + " operator deletes nothing. Upgrade the operator.");
        }
        Reached reached = reach(resource, pass, pool);
        if (Adoption.adopted(resource) != null) {
            releaseAdopted(resource, pass, reached);
        } else {
            releaseOwn(resource, pass, reached);
        }
        if (pass.leftBehind() == null) {
            secrets.deleteAll(resource);
            rotations.deleteRecord(resource);
        }
    }

    private Reached reach(UserPoolClient resource, PassState pass, @Nullable ClusterUserPool pool) {
        if (pool == null) {
            throw DeletionRefusal.of(
                    Reason.POOL_MISSING,
                    "ClusterUserPool '" + resource.getSpec().userPoolRef().name()
                            + "' not found, so the operator cannot delete the app client. Ask the platform team to create"
                            + " it again.");
        }
        refuseAnotherPool(pass, pool);
        PoolAccess access = Pools.access(pool, resource.getMetadata().getNamespace());
        return new Reached(pool, access, readings.arn(pass.userPoolARN(), pool));
    }

    private void releaseOwn(UserPoolClient resource, PassState pass, Reached pool) {
        if (pass.pendingCreateSince() == null) {
            pass.restoreClientId(secrets.recordedClientId(resource).orElse(null));
        }
        String clientId = pass.clientId();
        if (clientId == null || !releaseById(resource, pass, pool, clientId, false)) {
            releaseByName(resource, pass, pool);
        }
    }

    private static boolean isRetained(UserPoolClient resource) {
        return resource.getSpec().deletionPolicy() == DeletionPolicy.RETAIN
                || ClientOwnership.mode(resource) == Mode.OBSERVE;
    }

    private void releaseAdopted(UserPoolClient resource, PassState pass, Reached pool) {
        String namespace = resource.getMetadata().getNamespace();
        if (kubernetes.namespaceLabels(namespace).isEmpty()) {
            throw StopReconciliation.with(new Outcome.Deleting(Guard.namespaceUnknown(namespace)), Pace.MINUTES);
        }
        refuse(adopted.refusal(resource, pool.object()));
        String clientId = Objects.requireNonNull(pass.clientId(), "an object without a client has nothing to release");
        try {
            refuse(adopted.refusal(resource, clients.describe(pool.access(), clientId, Priority.USER)));
            clients.delete(pool.access(), clientId, () -> adopted.isStillAllowed(resource, pool.object()));
            LOG.info(
                    "Deleted the adopted app client {} in {}",
                    clientId,
                    pool.access().pool());
        } catch (AwsCallException failed) {
            absence.confirm(failed, pool);
        }
    }

    private static void refuse(AdoptedRelease.@Nullable Refusal refusal) {
        if (refusal != null) {
            throw DeletionRefusal.of(refusal.reason(), refusal.message());
        }
    }

    /**
     * Deletes the app client of this id if it is the object's.
     *
     * @param byName whether the id was found by name, so that no other app client can be the object's
     * @return false if the object's app client must be found by name: this id comes from the status, and it is absent or not proven
     */
    private boolean releaseById(
            UserPoolClient resource, PassState pass, Reached pool, String clientId, boolean byName) {
        AppClient client;
        try {
            client = clients.describe(pool.access(), clientId, Priority.USER);
        } catch (AwsCallException failed) {
            absence.confirm(failed, pool);
            return failed.failure().kind() == FailureKind.POOL_NOT_FOUND;
        }
        if (!ClientName.isOurs(
                client.settings().clientName(), resource.getMetadata().getUid())) {
            pass.leaveBehind(clientId);
            return false;
        }
        String objection = objections.to(resource, PoolSnapshot.of(pool.object()), clientId, client.created());
        if (objection != null && byName) {
            throw DeletionRefusal.of(Reason.NOT_OURS, objection);
        }
        if (objection != null) {
            return false;
        }
        delete(resource, pool, clientId);
        return true;
    }

    private void releaseByName(UserPoolClient resource, PassState pass, Reached pool) {
        CreateHistory.Settling settling =
                creates.settling(resource.getMetadata().getUid(), pass.pendingCreateSince());
        AppClients.Listing listing;
        try {
            listing = clients.findByNameSuffix(
                    pool.access(),
                    ClientName.suffix(resource.getMetadata().getUid()),
                    settling.listNotBefore(clock.instant()));
        } catch (AwsCallException failed) {
            absence.confirm(failed, pool);
            return;
        }
        List<String> found = listing.clientIds();
        if (found.size() > 1) {
            throw DeletionRefusal.of(Reason.SEVERAL_CLIENTS, RefusalMessages.severalClients(found));
        }
        if (found.isEmpty() && !settling.isOver()) {
            pass.requeueAfter(settling.left());
            throw StopReconciliation.with(
                    new Outcome.Deleting("An earlier create of this object's app client may still take effect in"
                            + " Cognito. The operator lists the app clients again at " + settling.until()
                            + " and keeps this object until then."),
                    Pace.SOON);
        }
        if (!found.isEmpty()) {
            // The object's own app client was found, so the one in the status was never this object's.
            pass.leaveBehind(null);
            releaseById(resource, pass, pool, found.getFirst(), true);
        }
    }

    private void delete(UserPoolClient resource, Reached pool, String clientId) {
        try {
            clients.delete(pool.access(), clientId, () -> freshness.isStillBeingDeleted(resource));
            LOG.info("Deleted app client {} in {}", clientId, pool.access().pool());
        } catch (AwsCallException failed) {
            absence.confirm(failed, pool);
        }
    }

    private static void refuseAnotherPool(PassState pass, ClusterUserPool pool) {
        String recorded = pass.userPoolARN();
        if (recorded != null
                && !new PoolArn(recorded).poolId().value().equals(pool.getSpec().userPoolId())) {
            throw DeletionRefusal.of(
                    Reason.POOL_CHANGED,
                    "The app client was created in " + recorded + ", but ClusterUserPool '"
                            + pool.getMetadata().getName() + "' now names "
                            + pool.getSpec().userPoolId() + ". Restore the ClusterUserPool.");
        }
    }

    /** Whether nothing records an app client, and either no create can have begun, or the object never had a pool that was read. */
    private boolean hasNothing(UserPoolClient resource, PassState pass, @Nullable ClusterUserPool pool) {
        if (Adoption.adopted(resource) != null) {
            return !AdoptedRelease.isRequested(resource, pass);
        }
        boolean unrecorded = pass.clientId() == null && pass.pendingCreateSince() == null && pass.userPoolARN() == null;
        boolean wasPoolRead = pool != null && readings.facts(pool).isPresent();
        return unrecorded
                && (creates.isNew(resource.getMetadata().getUid()) || (!wasPoolRead && isWithoutSecret(resource)));
    }

    /** A Secret of the object still records its app client after its status was wiped or its pool was deleted by force. */
    private boolean isWithoutSecret(UserPoolClient resource) {
        var meta = resource.getMetadata();
        return kubernetes.secretsOf(meta.getNamespace(), meta.getUid()).isEmpty();
    }
}
