package dev.appclients.cognito.model;

import java.time.Duration;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of an app client in normal form: no nulls for what has a default, lists as sorted sets, validities as
 * durations. The desired and the observed side are both brought into this form, so that two equal settings are equal
 * objects and an update always carries the whole state.
 *
 * @param clientName the name in Cognito, 1 to 128 characters; empty only on the desired side, for a client that keeps its own
 * @param explicitAuthFlows an empty set means SRP, custom and refresh to Cognito
 * @param authSessionValidity 3 to 15 whole minutes
 * @param tokenValidity how long tokens live
 * @param refreshTokenRotation whether refresh tokens are replaced at each use
 * @param enableTokenRevocation whether tokens can be revoked
 * @param preventUserExistenceErrors {@code ENABLED} or {@code LEGACY}; Cognito shows none for a client that never set it, and means {@code LEGACY}
 * @param enablePropagateAdditionalUserContextData needs a client secret
 * @param oauth flows, scopes and URLs
 * @param supportedIdentityProviders {@code COGNITO} and names of the pool's providers
 * @param readAttributes empty means all standard attributes
 * @param writeAttributes empty means every mutable attribute of the pool, custom ones too
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

    /** The same under another name. */
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
}
