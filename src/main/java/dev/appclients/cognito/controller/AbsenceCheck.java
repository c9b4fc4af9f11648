package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Conclusion;
import org.jspecify.annotations.Nullable;

/** Decides whether an app client that Cognito does not find is gone, or only out of sight in another account. */
final class AbsenceCheck {

    private final AppClients clients;

    AbsenceCheck(AppClients clients) {
        this.clients = clients;
    }

    /**
     * The pool that a deletion reaches.
     *
     * @param arn the pool that the client was created in: as the object records it, else as the pool was last read; null when
     *     neither says so
     */
    record Reached(
            ClusterUserPool object,
            PoolAccess access,
            @Nullable String arn) {}

    /**
     * Returns when the client is gone from the very pool that it was created in, or that pool is gone from its account.
     *
     * @throws Stop if the operator sees another account, or cannot tell which account it must be
     * @throws FailedCall if the failure is about anything else
     */
    void confirm(FailedCall failed, Reached pool) {
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
                    + " cannot tell whether the app client is gone. Correct spec.aws of the ClusterUserPool, so that it"
                    + " becomes Ready");
        }
        return new PoolArn(pool.arn());
    }

    private static Stop anotherAccount(PoolArn recorded, String account) {
        return refused("The app client was created in " + recorded + ", but the operator now works in account "
                + account + ", so it cannot see whether the client is gone: restore spec.aws of the ClusterUserPool");
    }

    private static Stop refused(String message) {
        return Stop.with(
                new Conclusion.DeletionRefused(Reason.POOL_CHANGED, message + ClientRelease.WAY_OUT), Pace.MINUTES);
    }
}
