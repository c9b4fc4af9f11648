package dev.appclients.cognito.aws;

import java.util.stream.DoubleStream;

/**
 * Request quotas in requests per second; 0 means unlimited. The operator uses the share of each.
 *
 * @param share the part of each quota that the operator uses: above 0, at most 1
 * @param clientRead AWS: UserPoolClientRead, per account and Region
 * @param clientUpdate AWS: UserPoolClientUpdate, per account and Region
 * @param poolRead AWS: UserPoolRead, per account and Region
 * @param poolResourceRead AWS: UserPoolResourceRead, per account and Region; counts domains too
 * @param perPoolAndOperation within each of these but UserPoolRead: per user pool and operation
 * @param sts requests to AWS STS, per account and Region
 */
public record Quotas(
        double share,
        double clientRead,
        double clientUpdate,
        double poolRead,
        double poolResourceRead,
        double perPoolAndOperation,
        double sts) {

    /** AWS's default quotas. A fifth is left to other callers of the account. */
    public static final Quotas DEFAULT = new Quotas(0.8, 15, 15, 15, 20, 5, 600);

    /** No limits: for measurements, and for a service without quotas. */
    public static final Quotas UNLIMITED = new Quotas(1, 0, 0, 0, 0, 0, 0);

    /** @throws IllegalArgumentException if the share is not in (0, 1] or a quota is negative */
    public Quotas {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of the quotas must be above 0 and at most 1, not " + share);
        }
        if (!DoubleStream.of(clientRead, clientUpdate, poolRead, poolResourceRead, perPoolAndOperation, sts)
                .allMatch(quota -> quota >= 0)) {
            throw new IllegalArgumentException("a quota must not be negative");
        }
    }

    /** A copy with another share. */
    public Quotas withShare(double otherShare) {
        return new Quotas(otherShare, clientRead, clientUpdate, poolRead, poolResourceRead, perPoolAndOperation, sts);
    }

    public double perSecond(Operation.Category category) {
        return share
                * switch (category) {
                    case CLIENT_READ -> clientRead;
                    case CLIENT_UPDATE -> clientUpdate;
                    case POOL_READ -> poolRead;
                    case POOL_RESOURCE_READ -> poolResourceRead;
                    case STS -> sts;
                };
    }

    public double perSecondInPool(Operation.Category category) {
        return switch (category) {
            case CLIENT_READ, CLIENT_UPDATE, POOL_RESOURCE_READ -> share * perPoolAndOperation;
            case POOL_READ, STS -> 0;
        };
    }
}
