package dev.appclients.cognito.controller.reconcile;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.model.AddedSecret;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolCatalog;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.SecretListing;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls AWS for reconciliations. Each call runs without a permit of {@link PassExecutor}, so that a slow AWS delays no other
 * reconciliation. The first call of a reconciliation throws {@link PassDeferred} when {@link AwsWaitLimit} has no place.
 */
public final class PassAppClients implements AppClients {

    private final AppClients clients;
    private final AwsWaitLimit limit;

    /** @param clients makes the calls */
    public PassAppClients(AppClients clients, AwsWaitLimit limit) {
        this.clients = clients;
        this.limit = limit;
    }

    @Override
    public AppClient create(
            PoolAccess access, AppClientSettings settings, boolean generateSecret, BooleanSupplier stillWanted) {
        return call(
                access,
                Priority.USER,
                () -> clients.create(access, settings, generateSecret, underPermit(stillWanted)));
    }

    @Override
    public AppClient describe(PoolAccess access, String clientId, Priority priority) {
        return call(access, priority, () -> clients.describe(access, clientId, priority));
    }

    @Override
    public AppClient update(
            PoolAccess access, String clientId, AppClientSettings settings, BooleanSupplier stillWanted) {
        return call(access, Priority.USER, () -> clients.update(access, clientId, settings, underPermit(stillWanted)));
    }

    @Override
    public void delete(PoolAccess access, String clientId, BooleanSupplier stillWanted) {
        call(access, Priority.USER, () -> {
            clients.delete(access, clientId, underPermit(stillWanted));
            return true;
        });
    }

    @Override
    public Listing findByNameSuffix(PoolAccess access, String nameSuffix, Instant startedAtOrAfter) {
        return call(access, Priority.USER, () -> clients.findByNameSuffix(access, nameSuffix, startedAtOrAfter));
    }

    @Override
    public PoolFacts describePool(PoolAccess access, @Nullable String preferredDomain) {
        return call(access, Priority.USER, () -> clients.describePool(access, preferredDomain));
    }

    @Override
    public PoolContents contents(PoolAccess access, PoolCatalog catalog, Instant startedAtOrAfter) {
        return call(access, Priority.USER, () -> clients.contents(access, catalog, startedAtOrAfter));
    }

    @Override
    public AddedSecret addSecret(
            PoolAccess access, String clientId, @Nullable ClientSecret value, BooleanSupplier stillWanted) {
        return call(access, Priority.USER, () -> clients.addSecret(access, clientId, value, underPermit(stillWanted)));
    }

    @Override
    public SecretListing listSecrets(PoolAccess access, String clientId, Priority priority) {
        return call(access, priority, () -> clients.listSecrets(access, clientId, priority));
    }

    @Override
    public void deleteSecret(PoolAccess access, String clientId, String secretId, BooleanSupplier stillWanted) {
        call(access, Priority.USER, () -> {
            clients.deleteSecret(access, clientId, secretId, underPermit(stillWanted));
            return true;
        });
    }

    @Override
    public String account(PoolAccess access) {
        return call(access, Priority.USER, () -> clients.account(access));
    }

    private <T> T call(PoolAccess access, Priority priority, Supplier<T> call) {
        RunningPass pass = RunningPass.current();
        if (pass == null) {
            return call.get();
        }
        RunningPass.Caller caller = pass.caller();
        if (caller != null
                && !limit.enter(caller, new AwsWaitLimit.Group(access.pool(), access.namespace(), priority))) {
            throw pass.defer();
        }
        return pass.withoutPermit(call);
    }

    /** Takes a permit for the check before a call, because it may write to the API server. */
    private static BooleanSupplier underPermit(BooleanSupplier stillWanted) {
        RunningPass pass = RunningPass.current();
        return pass == null ? stillWanted : () -> pass.withPermit(stillWanted::getAsBoolean);
    }

    /** Returns the place of the object when its reconciliation ends. A deferred object keeps its place in the queue. */
    public void passEnded(String uid) {
        RunningPass pass = RunningPass.current();
        if (pass == null || !pass.isDeferred()) {
            limit.leave(uid);
        }
    }

    /** Forgets a deleted object. */
    public void forget(String uid) {
        limit.leave(uid);
    }
}
