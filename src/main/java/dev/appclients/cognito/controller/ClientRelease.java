package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.DeletionPolicy;
import dev.appclients.cognito.api.v1beta1.Mode;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
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
    private static final String WAY_OUT =
            "; or set spec.deletionPolicy: Retain to let the object go and keep the app client";

    private final AppClients clients;
    private final KubernetesView kubernetes;
    private final AdoptedRelease adopted;
    private final Currency currency;
    private final CreateHistory creates;
    private final InstantSource clock;

    ClientRelease(
            AppClients clients,
            KubernetesView kubernetes,
            AdoptedRelease adopted,
            Currency currency,
            CreateHistory creates,
            InstantSource clock) {
        this.clients = clients;
        this.kubernetes = kubernetes;
        this.adopted = adopted;
        this.currency = currency;
        this.creates = creates;
        this.clock = clock;
    }

    /**
     * Returns when nothing of ours is left in Cognito, or what is left shall stay.
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
        if (Claims.adopted(resource) != null) {
            releaseAdopted(resource, progress, pool, access);
            return;
        }
        String clientId = progress.clientId();
        if (clientId != null && releaseKnown(resource, progress, access, clientId)) {
            return;
        }
        releaseByName(resource, progress, access);
    }

    /** Whoever only observes deletes nothing either. */
    private static boolean stays(UserPoolClient resource) {
        return resource.getSpec().deletionPolicy() == DeletionPolicy.RETAIN || Claims.mode(resource) == Mode.OBSERVE;
    }

    private void releaseAdopted(UserPoolClient resource, Progress progress, ClusterUserPool pool, PoolAccess access) {
        refuse(adopted.obstacle(resource, pool));
        String clientId =
                Objects.requireNonNull(progress.clientId(), "an object without a client has nothing to release");
        try {
            refuse(adopted.obstacle(resource, clients.describe(access, clientId, Priority.USER)));
            clients.delete(access, clientId, () -> adopted.isStillWanted(resource, pool));
            LOG.info("Deleted the adopted app client {} in {}", clientId, access.pool());
        } catch (FailedCall failed) {
            confirmGone(failed, progress, access);
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
     */
    private boolean releaseKnown(UserPoolClient resource, Progress progress, PoolAccess access, String clientId) {
        AppClient client;
        try {
            client = clients.describe(access, clientId, Priority.USER);
        } catch (FailedCall failed) {
            confirmGone(failed, progress, access);
            return failed.failure().kind() == FailureKind.POOL_NOT_FOUND;
        }
        if (!ClientName.isOurs(
                client.settings().clientName(), resource.getMetadata().getUid())) {
            LOG.warn("App client {} in the status is not ours and is left alone; ours is looked for by name", clientId);
            return false;
        }
        delete(resource, progress, access, clientId);
        return true;
    }

    private void releaseByName(UserPoolClient resource, Progress progress, PoolAccess access) {
        CreateHistory.Settling settling =
                creates.settling(resource.getMetadata().getUid(), progress.pendingCreateSince());
        AppClients.Walk walk;
        try {
            walk = clients.findByNameSuffix(
                    access, ClientName.suffix(resource.getMetadata().getUid()), settling.countsFrom(clock.instant()));
        } catch (FailedCall failed) {
            confirmGone(failed, progress, access);
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
            progress.lookAgainAfter(settling.left());
            throw Stop.with(
                    new Conclusion.Deleting(
                            "An app client of this object may still turn up in Cognito: looked for again at "
                                    + settling.until() + " before this object goes"),
                    Pace.SOON);
        }
        if (!found.isEmpty()) {
            releaseKnown(resource, progress, access, found.getFirst());
        }
    }

    private void delete(UserPoolClient resource, Progress progress, PoolAccess access, String clientId) {
        try {
            clients.delete(access, clientId, () -> currency.isStillBeingDeleted(resource));
            LOG.info("Deleted app client {} in {}", clientId, access.pool());
        } catch (FailedCall failed) {
            confirmGone(failed, progress, access);
        }
    }

    /** Gone is success only where we can see that it is gone from the very pool it was created in. */
    private void confirmGone(FailedCall failed, Progress progress, PoolAccess access) {
        FailureKind kind = failed.failure().kind();
        String recorded = progress.userPoolARN();
        if (kind == FailureKind.CLIENT_NOT_FOUND) {
            PoolArn seen = clients.describePool(access, null).arn();
            if (recorded == null || recorded.equals(seen.value())) {
                return;
            }
            throw anotherAccount(recorded, seen.account());
        }
        if (kind != FailureKind.POOL_NOT_FOUND) {
            throw failed;
        }
        String account = clients.account(access);
        if (recorded != null && !new PoolArn(recorded).account().equals(account)) {
            throw anotherAccount(recorded, account);
        }
    }

    private static Stop anotherAccount(String recorded, String account) {
        return refused(
                Reason.POOL_CHANGED,
                "The app client was created in " + recorded + ", but the operator now works in account " + account
                        + ", so it cannot see whether the client is gone: restore spec.aws of the ClusterUserPool"
                        + WAY_OUT);
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
                .map(Pools::facts)
                .isPresent();
    }

    private static Stop refused(Reason reason, String message) {
        return Stop.with(new Conclusion.DeletionRefused(reason, message), Pace.MINUTES);
    }
}
