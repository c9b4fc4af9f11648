package dev.appclients.cognito.aws.cognito;

import dev.appclients.cognito.model.Analytics;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.RefreshTokenRotation;
import dev.appclients.cognito.model.Sets;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AnalyticsConfigurationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.FeatureType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RefreshTokenRotationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/**
 * Maps settings in normal form to API requests, and answers to settings. A request carries the complete state, with all defaults and
 * sorted lists, because an update resets members that it omits.
 */
final class SettingsMapper {

    private static final Duration DEFAULT_AUTH_SESSION = Duration.ofMinutes(3);

    /** Cognito omits the member for most clients that never set it. */
    private static final String DEFAULT_USER_EXISTENCE_ERRORS = "LEGACY";

    private SettingsMapper() {}

    static CreateUserPoolClientRequest create(PoolId pool, AppClientSettings settings, boolean generateSecret) {
        OAuth oauth = settings.oauth();
        return CreateUserPoolClientRequest.builder()
                .userPoolId(pool.value())
                .generateSecret(generateSecret)
                .clientName(settings.clientName())
                .explicitAuthFlowsWithStrings(settings.explicitAuthFlows())
                .authSessionValidity((int) settings.authSessionValidity().toMinutes())
                .accessTokenValidity(TokenUnit.amount(settings.tokenValidity().access()))
                .idTokenValidity(TokenUnit.amount(settings.tokenValidity().id()))
                .refreshTokenValidity(TokenUnit.amount(settings.tokenValidity().refresh()))
                .tokenValidityUnits(TokenUnit.units(settings.tokenValidity()))
                .refreshTokenRotation(rotation(settings.refreshTokenRotation()))
                .enableTokenRevocation(settings.enableTokenRevocation())
                .preventUserExistenceErrors(settings.preventUserExistenceErrors())
                .enablePropagateAdditionalUserContextData(settings.enablePropagateAdditionalUserContextData())
                .allowedOAuthFlowsWithStrings(oauth.flows())
                .allowedOAuthScopes(oauth.scopes())
                .allowedOAuthFlowsUserPoolClient(oauth.enabled())
                .callbackURLs(oauth.callbackURLs())
                .logoutURLs(oauth.logoutURLs())
                .defaultRedirectURI(oauth.defaultRedirectURI())
                .supportedIdentityProviders(settings.supportedIdentityProviders())
                .readAttributes(settings.readAttributes())
                .writeAttributes(settings.writeAttributes())
                .analyticsConfiguration(analytics(settings.analytics()))
                .build();
    }

    static UpdateUserPoolClientRequest update(PoolId pool, String clientId, AppClientSettings settings) {
        OAuth oauth = settings.oauth();
        return UpdateUserPoolClientRequest.builder()
                .userPoolId(pool.value())
                .clientId(clientId)
                .clientName(settings.clientName())
                .explicitAuthFlowsWithStrings(settings.explicitAuthFlows())
                .authSessionValidity((int) settings.authSessionValidity().toMinutes())
                .accessTokenValidity(TokenUnit.amount(settings.tokenValidity().access()))
                .idTokenValidity(TokenUnit.amount(settings.tokenValidity().id()))
                .refreshTokenValidity(TokenUnit.amount(settings.tokenValidity().refresh()))
                .tokenValidityUnits(TokenUnit.units(settings.tokenValidity()))
                .refreshTokenRotation(rotation(settings.refreshTokenRotation()))
                .enableTokenRevocation(settings.enableTokenRevocation())
                .preventUserExistenceErrors(settings.preventUserExistenceErrors())
                .enablePropagateAdditionalUserContextData(settings.enablePropagateAdditionalUserContextData())
                .allowedOAuthFlowsWithStrings(oauth.flows())
                .allowedOAuthScopes(oauth.scopes())
                .allowedOAuthFlowsUserPoolClient(oauth.enabled())
                .callbackURLs(oauth.callbackURLs())
                .logoutURLs(oauth.logoutURLs())
                .defaultRedirectURI(oauth.defaultRedirectURI())
                .supportedIdentityProviders(settings.supportedIdentityProviders())
                .readAttributes(settings.readAttributes())
                .writeAttributes(settings.writeAttributes())
                .analyticsConfiguration(analytics(settings.analytics()))
                .build();
    }

    /** The client in an answer; {@code unknownMembers} are the members of the raw answer that the SDK does not model. */
    static AppClient client(PoolId pool, UserPoolClientType client, Collection<String> unknownMembers) {
        String secret = client.clientSecret();
        return new AppClient(
                pool,
                client.clientId(),
                settings(client),
                secret == null || secret.isEmpty() ? null : new ClientSecret(secret),
                Sets.sorted(unknownMembers),
                client.creationDate());
    }

    private static AppClientSettings settings(UserPoolClientType client) {
        return new AppClientSettings(
                client.clientName(),
                Sets.sorted(client.explicitAuthFlowsAsStrings()),
                client.authSessionValidity() == null
                        ? DEFAULT_AUTH_SESSION
                        : Duration.ofMinutes(client.authSessionValidity()),
                TokenUnit.validity(client),
                rotation(client.refreshTokenRotation()),
                !Boolean.FALSE.equals(client.enableTokenRevocation()),
                Objects.requireNonNullElse(
                        emptyToNull(client.preventUserExistenceErrorsAsString()), DEFAULT_USER_EXISTENCE_ERRORS),
                Boolean.TRUE.equals(client.enablePropagateAdditionalUserContextData()),
                oauth(client),
                Sets.sorted(client.supportedIdentityProviders()),
                Sets.sorted(client.readAttributes()),
                Sets.sorted(client.writeAttributes()),
                analytics(client.analyticsConfiguration()));
    }

    private static OAuth oauth(UserPoolClientType client) {
        return new OAuth(
                Sets.sorted(client.allowedOAuthFlowsAsStrings()),
                Sets.sorted(client.allowedOAuthScopes()),
                Boolean.TRUE.equals(client.allowedOAuthFlowsUserPoolClient()),
                Sets.sorted(client.callbackURLs()),
                Sets.sorted(client.logoutURLs()),
                emptyToNull(client.defaultRedirectURI()));
    }

    private static RefreshTokenRotationType rotation(RefreshTokenRotation rotation) {
        return rotation.enabled()
                ? RefreshTokenRotationType.builder()
                        .feature(FeatureType.ENABLED)
                        .retryGracePeriodSeconds(
                                (int) rotation.retryGracePeriod().toSeconds())
                        .build()
                : RefreshTokenRotationType.builder()
                        .feature(FeatureType.DISABLED)
                        .build();
    }

    private static RefreshTokenRotation rotation(@Nullable RefreshTokenRotationType rotation) {
        if (rotation == null || !FeatureType.ENABLED.toString().equals(rotation.featureAsString())) {
            return RefreshTokenRotation.DISABLED;
        }
        Integer grace = rotation.retryGracePeriodSeconds();
        return new RefreshTokenRotation(true, Duration.ofSeconds(grace == null ? 0 : grace));
    }

    private static @Nullable AnalyticsConfigurationType analytics(@Nullable Analytics analytics) {
        return analytics == null
                ? null
                : AnalyticsConfigurationType.builder()
                        .applicationArn(analytics.applicationArn())
                        .applicationId(analytics.applicationId())
                        .externalId(analytics.externalId())
                        .roleArn(analytics.roleArn())
                        .userDataShared(analytics.userDataShared())
                        .build();
    }

    private static @Nullable Analytics analytics(@Nullable AnalyticsConfigurationType analytics) {
        return analytics == null || (analytics.applicationArn() == null && analytics.applicationId() == null)
                ? null
                : new Analytics(
                        analytics.applicationArn(),
                        analytics.applicationId(),
                        analytics.externalId(),
                        analytics.roleArn(),
                        Boolean.TRUE.equals(analytics.userDataShared()));
    }

    private static @Nullable String emptyToNull(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
