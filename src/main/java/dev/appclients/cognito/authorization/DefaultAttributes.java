package dev.appclients.cognito.authorization;

import dev.appclients.cognito.api.v1beta1.PoolLimits;
import dev.appclients.cognito.api.v1beta1.Tenancy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that a Restricted pool gives to a client whose manifest names none.
 *
 * @param read null for none
 * @param write null for none
 */
public record DefaultAttributes(
        @Nullable List<String> read, @Nullable List<String> write) {

    /** The defaults of a pool. */
    public static DefaultAttributes of(PoolSnapshot pool) {
        PoolLimits limits =
                pool.spec().tenancy() == Tenancy.RESTRICTED ? pool.spec().allow() : null;
        return limits == null
                ? new DefaultAttributes(null, null)
                : new DefaultAttributes(limits.readAttributes(), limits.writeAttributes());
    }
}
