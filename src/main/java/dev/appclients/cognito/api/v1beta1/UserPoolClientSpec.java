package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an app client should be. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UserPoolClientSpec(
        UserPoolRef userPoolRef,

        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        AppType appType,

        @Nullable String clientName,
        @Nullable Boolean generateSecret,
        @Nullable List<String> explicitAuthFlows,
        @Nullable String authSessionValidity,
        @Nullable String accessTokenValidity,
        @Nullable String idTokenValidity,
        @Nullable String refreshTokenValidity,
        @Nullable RefreshTokenRotation refreshTokenRotation,
        @Nullable Boolean enableTokenRevocation,
        @Nullable String preventUserExistenceErrors,
        @Nullable Boolean enablePropagateAdditionalUserContextData,
        @Nullable List<String> allowedOAuthFlows,
        @Nullable List<String> allowedOAuthScopes,
        @Nullable Boolean allowedOAuthFlowsUserPoolClient,
        @Nullable List<String> callbackURLs,
        @Nullable List<String> logoutURLs,
        @Nullable String defaultRedirectURI,
        @Nullable List<String> supportedIdentityProviders,
        @Nullable List<String> readAttributes,
        @Nullable List<String> writeAttributes,
        @Nullable AnalyticsConfiguration analyticsConfiguration,
        @Nullable String driftCheckInterval,

        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE) @Nullable
        DeletionPolicy deletionPolicy,

        @Nullable SecretSpec secret) {}
