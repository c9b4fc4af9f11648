package dev.appclients.cognito.model;

/**
 * The ARN of a user pool: the pool's identity across accounts and partitions.
 *
 * @param value {@code arn:<partition>:cognito-idp:<region>:<account>:userpool/<pool-id>}
 */
public record PoolArn(String value) {

    /** @throws IllegalArgumentException if the value is not the ARN of a user pool */
    public PoolArn {
        String[] parts = value.split(":", -1);
        if (parts.length != 6 || !parts[0].equals("arn") || !parts[5].startsWith("userpool/")) {
            throw new IllegalArgumentException("'" + value + "' is not the ARN of a user pool");
        }
    }

    /** The account that owns the pool: twelve digits. */
    public String account() {
        return value.split(":", -1)[4];
    }

    /** The pool's id. */
    public PoolId poolId() {
        return new PoolId(value.substring(value.indexOf('/') + 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
