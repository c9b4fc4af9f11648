package dev.appclients.cognito.aws;

import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolArn;
import org.jspecify.annotations.Nullable;

/**
 * In which account a call counts against the quotas: that of the role, or the operator's own. The own one is learnt from the
 * first answer that names it, so that a role in the same account shares its budget.
 */
final class Accounts {

    private static final String OWN = "own";

    private volatile @Nullable String own;

    /** A name for the account, the same for all who share its quotas. */
    String of(PoolAccess access) {
        String role = access.roleArn();
        if (role == null) {
            return OWN;
        }
        String[] parts = role.split(":", -1);
        String account = parts.length > 4 ? parts[4] : role;
        return account.equals(own) ? OWN : account;
    }

    /** The account that the operator's own identity lives in, which pays for its calls to STS. */
    String own() {
        return OWN;
    }

    /** A pool that was read with this access lives in the account that was called. */
    void learn(PoolAccess access, PoolArn arn) {
        if (access.roleArn() == null) {
            own = arn.account();
        }
    }
}
