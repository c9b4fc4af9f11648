package dev.appclients.cognito.model;

import java.util.regex.Pattern;

/**
 * The id of a user pool, such as {@code eu-west-1_AbCdEf123}. The part before the underscore is the pool's Region.
 *
 * @param value 1 to 55 characters, {@code [\w-]+_[0-9a-zA-Z]+} as in the Cognito API
 */
public record PoolId(String value) {

    private static final Pattern PATTERN = Pattern.compile("[\\w-]+_[0-9a-zA-Z]+");

    /** @throws IllegalArgumentException if the value is not a pool id */
    public PoolId {
        if (value.length() > 55 || !PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not a user pool id: expected <region>_<id>");
        }
    }

    /** The Region of the pool. */
    public String region() {
        return value.substring(0, value.lastIndexOf('_'));
    }

    @Override
    public String toString() {
        return value;
    }
}
