package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.Reason;
import org.jspecify.annotations.Nullable;

/** Decides whether an app client that Cognito does not find is deleted, or exists in another account. */
final class AbsenceCheck {

    private final AppClients clients;

    AbsenceCheck(AppClients clients) {
        this.clients = clients;
    }

    /**
     * The pool that a deletion calls.
     *
     * @param arn of the pool that the client was created in, from the object's status, else from the facts of the pool; null if neither
     *     has it
     */
    record Reached(
            ClusterUserPool object,
            PoolAccess access,
            @Nullable String arn) {}

    /**
     * Returns when the client is deleted in the pool that it was created in, or that pool is deleted in its account.
     *
     * @throws StopReconciliation if the operator calls another account, or does not know the account of the pool
     * @throws AwsCallException if the failure is not about absence
     */
    void confirm(AwsCallException failed, Reached pool) {
        switch (failed.failure().kind()) {
            case FailureKind.CLIENT_NOT_FOUND -> {
                PoolArn recorded = recorded(pool);
                PoolArn seen = clients.describePool(pool.access(), null).arn();
                if (!recorded.equals(seen)) {
                    throw anotherAccount(recorded, seen.account());
                }
            }
            case FailureKind.POOL_NOT_FOUND -> {
                PoolArn recorded = recorded(pool);
                String account = clients.account(pool.access());
                if (!recorded.account().equals(account)) {
                    throw anotherAccount(recorded, account);
                }
            }
            default -> throw failed;
        }
    }

    private static PoolArn recorded(Reached pool) {
        if (pool.arn() == null) {
            throw refused("Cognito does not find the app client. Neither this object nor ClusterUserPool '"
                    + pool.object().getMetadata().getName() + "' records the account of the user pool, so the operator"
                    + " does not know whether the app client is deleted. Fix spec.aws of the ClusterUserPool until it is"
                    + " Ready.");
        }
        return new PoolArn(pool.arn());
    }

    private static StopReconciliation anotherAccount(PoolArn recorded, String account) {
        return refused("The app client was created in " + recorded + ", but the operator now calls account " + account
                + ", so it does not know whether the app client is deleted. Restore spec.aws of the ClusterUserPool.");
    }

    private static StopReconciliation refused(String message) {
        return DeletionRefusal.of(Reason.POOL_CHANGED, message);
    }
}
