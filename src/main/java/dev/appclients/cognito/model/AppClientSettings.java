package dev.appclients.cognito.model;

import java.time.Duration;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of an app client in normal form: no nulls for what has a default, lists as sorted sets, validities as
 * durations. Desired and observed settings both have this form: equal settings are equal objects, and an update contains all
 * settings.
 *
 * @param clientName the name in Cognito, 1 to 128 characters; empty only in desired settings, for an adopted client that keeps its name
 * @param explicitAuthFlows empty means SRP, custom and refresh
 * @param authSessionValidity 3 to 15 whole minutes
 * @param tokenValidity the validity of tokens
 * @param refreshTokenRotation whether each use replaces a refresh token
 * @param enableTokenRevocation whether applications can revoke tokens
 * @param preventUserExistenceErrors {@code ENABLED} or {@code LEGACY}; Cognito returns no value for a client that never set it, and treats it as {@code LEGACY}
 * @param enablePropagateAdditionalUserContextData needs a client secret
 * @param oauth flows, scopes and URLs
 * @param supportedIdentityProviders {@code COGNITO} and names of the pool's providers
 * @param readAttributes empty means all standard attributes
 * @param writeAttributes empty means every mutable attribute of the pool, including custom ones
 * @param analytics null for none
 */
public record AppClientSettings(
        String clientName,
        SortedSet<String> explicitAuthFlows,
        Duration authSessionValidity,
        TokenValidity tokenValidity,
        RefreshTokenRotation refreshTokenRotation,
        boolean enableTokenRevocation,
        String preventUserExistenceErrors,
        boolean enablePropagateAdditionalUserContextData,
        OAuth oauth,
        SortedSet<String> supportedIdentityProviders,
        SortedSet<String> readAttributes,
        SortedSet<String> writeAttributes,
        @Nullable Analytics analytics) {

    public AppClientSettings {
        explicitAuthFlows = Sets.sorted(explicitAuthFlows);
        supportedIdentityProviders = Sets.sorted(supportedIdentityProviders);
        readAttributes = Sets.sorted(readAttributes);
        writeAttributes = Sets.sorted(writeAttributes);
    }

    /** The same settings with another name. */
    public AppClientSettings withClientName(String name) {
        return new AppClientSettings(
                name,
                explicitAuthFlows,
                authSessionValidity,
                tokenValidity,
                refreshTokenRotation,
                enableTokenRevocation,
                preventUserExistenceErrors,
                enablePropagateAdditionalUserContextData,
                oauth,
                supportedIdentityProviders,
                readAttributes,
                writeAttributes,
                analytics);
    }

    /** The same settings with other attributes. */
    public AppClientSettings withAttributes(SortedSet<String> read, SortedSet<String> write) {
        return new AppClientSettings(
                clientName,
                explicitAuthFlows,
                authSessionValidity,
                tokenValidity,
                refreshTokenRotation,
                enableTokenRevocation,
                preventUserExistenceErrors,
                enablePropagateAdditionalUserContextData,
                oauth,
                supportedIdentityProviders,
                read,
                write,
                analytics);
    }
}
