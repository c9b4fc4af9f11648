package dev.appclients.cognito.aws.session;

import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolArn;
import org.jspecify.annotations.Nullable;

/**
 * The accounts whose quotas calls count against: that of the role, or the operator's own. The operator learns its own account from the
 * first answer that names it, so that a role in the same account shares its budget.
 */
public final class Accounts {

    private static final String OWN = "own";

    private volatile @Nullable String own;

    /** A key for the account: equal for all calls that share its quotas. */
    public String of(PoolAccess access) {
        String role = access.roleArn();
        if (role == null) {
            return OWN;
        }
        String[] parts = role.split(":", -1);
        String account = parts.length > 4 ? parts[4] : role;
        return account.equals(own) ? OWN : account;
    }

    /** The key of the operator's own account, whose quotas its calls to STS count against. */
    public String own() {
        return OWN;
    }

    /** Learns the operator's own account from the ARN of a pool that was read without a role. */
    public void learn(PoolAccess access, PoolArn arn) {
        if (access.roleArn() == null) {
            own = arn.account();
        }
    }
}
