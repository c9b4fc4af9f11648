package dev.appclients.cognito.model;

import java.util.regex.Pattern;

/**
 * The ARN of a user pool: the pool's identity across accounts and partitions.
 *
 * @param value {@code arn:<partition>:cognito-idp:<region>:<account>:userpool/<pool-id>}
 */
public record PoolArn(String value) {

    private static final Pattern FORM =
            Pattern.compile("arn:aws[a-z-]*:cognito-idp:([a-z0-9-]+):[0-9]{12}:userpool/\\1_[0-9a-zA-Z]+");
    private static final int MAX_LENGTH = 256;

    /** @throws IllegalArgumentException if the value is not the ARN of a user pool */
    public PoolArn {
        if (!isPossible(value)) {
            throw new IllegalArgumentException("'" + value + "' is not the ARN of a user pool");
        }
    }

    /** Whether the text has the form of a user pool's ARN, whose Region is that of the pool's id. */
    public static boolean isPossible(String text) {
        return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
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
