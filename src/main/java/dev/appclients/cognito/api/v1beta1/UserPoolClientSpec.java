package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The desired app client.
 *
 * <p>An absent setting and an empty list get the default of {@link AppType}, else Cognito's own default. The CRD has the rules
 * across fields.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UserPoolClientSpec(
        @JsonPropertyDescription("The user pool of the client. Cannot be changed.") @Required
        UserPoolRef userPoolRef,

        @JsonPropertyDescription(
                "The kind of application; sets the defaults of absent fields. Public: no secret, sign-in by SRP and refresh. Confidential: a secret, the same flows. MachineToMachine: a secret, the OAuth flow client_credentials, and refresh as the only authentication flow. Public and Confidential with the flow code or implicit: COGNITO as identity provider. Other: Cognito's own defaults. Cannot be changed.")
        @Required
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        AppType appType,

        @JsonPropertyDescription(
                "The name of the client in Cognito (ClientName), at most 117 characters. The operator appends a dot and ten characters that make it unique. Absent: <namespace>.<name>.")
        @Size(min = 1, max = 117)
        @Pattern(Patterns.CLIENT_NAME)
        @Nullable
        String clientName,

        @JsonPropertyDescription(
                "Whether the client has a secret (GenerateSecret). Only with appType: Other; the other types decide it. Cannot be changed. Absent: by appType, and false with Other.")
        @Nullable
        Boolean generateSecret,

        @JsonPropertyDescription(
                "The authentication flows that the client may use (ExplicitAuthFlows). Names without ALLOW_ are older, and Cognito does not accept both forms together. Absent or empty: by appType.")
        @Size(max = 16)
        @Nullable
        List<@Size(max = 64) String> explicitAuthFlows,

        @JsonPropertyDescription(
                "The time to answer each challenge of a sign-in (AuthSessionValidity): 3m to 15m, in whole minutes. Absent: 3m.")
        @Pattern(Patterns.DURATION)
        @Size(max = Patterns.DURATION_LENGTH)
        @Nullable
        String authSessionValidity,

        @JsonPropertyDescription(
                "How long an access token is valid (AccessTokenValidity): 5m to 24h, and not longer than refreshTokenValidity. Absent: 1h.")
        @Pattern(Patterns.DURATION)
        @Size(max = Patterns.DURATION_LENGTH)
        @Nullable
        String accessTokenValidity,

        @JsonPropertyDescription(
                "How long an ID token is valid (IdTokenValidity): 5m to 24h, and not longer than refreshTokenValidity. Absent: 1h.")
        @Pattern(Patterns.DURATION)
        @Size(max = Patterns.DURATION_LENGTH)
        @Nullable
        String idTokenValidity,

        @JsonPropertyDescription("How long a refresh token is valid (RefreshTokenValidity): 1h to 3650d. Absent: 30d.")
        @Pattern(Patterns.DURATION)
        @Size(max = Patterns.DURATION_LENGTH)
        @Nullable
        String refreshTokenValidity,

        @JsonPropertyDescription(
                "Whether each refresh returns a new refresh token and invalidates the old one (RefreshTokenRotation). Absent: no rotation.")
        @Nullable
        RefreshTokenRotation refreshTokenRotation,

        @JsonPropertyDescription(
                "Whether applications can revoke refresh tokens and the tokens issued from them (EnableTokenRevocation). Absent: true.")
        @Nullable
        Boolean enableTokenRevocation,

        @JsonPropertyDescription(
                "Whether sign-in errors hide that a user does not exist (PreventUserExistenceErrors): ENABLED hides it, LEGACY shows it. Absent: ENABLED.")
        @Nullable
        String preventUserExistenceErrors,

        @JsonPropertyDescription(
                "Whether the client may send the device and IP address of its users to threat protection (EnablePropagateAdditionalUserContextData). Has no effect without a client secret. Absent: false.")
        @Nullable
        Boolean enablePropagateAdditionalUserContextData,

        @JsonPropertyDescription(
                "The OAuth flows that the client may use (AllowedOAuthFlows). code and implicit need callbackURLs. client_credentials needs a secret and excludes the other flows. Absent or empty: client_credentials for appType MachineToMachine, else none.")
        @Size(max = 3)
        @Nullable
        List<@Size(max = 32) String> allowedOAuthFlows,

        @JsonPropertyDescription(
                "The OAuth scopes that the client may request (AllowedOAuthScopes), at most 50: OpenID Connect scopes, aws.cognito.signin.user.admin, and <resource server>/<scope> of the pool. Required with OAuth flows. Absent: none.")
        @Size(max = 50)
        @Nullable
        List<@Size(min = 1, max = 256) @Pattern(Patterns.SCOPE) String> allowedOAuthScopes,

        @JsonPropertyDescription(
                "Whether the client may use OAuth and the login pages (AllowedOAuthFlowsUserPoolClient). Absent: true if the client has OAuth flows, else false.")
        @Nullable
        Boolean allowedOAuthFlowsUserPoolClient,

        @JsonPropertyDescription(
                "The URLs for redirects after sign-in (CallbackURLs): at most 100, each absolute, at most 1024 characters, without fragment and wildcard. The scheme is https or an application's own; http is allowed for localhost, 127.0.0.1 and [::1]. Absent: none.")
        @Size(max = 100)
        @Nullable
        List<@Size(min = 1, max = 1024) @Pattern(Patterns.URL) String> callbackURLs,

        @JsonPropertyDescription(
                "The URLs for redirects after sign-out (LogoutURLs): at most 100, with the rules of callbackURLs. Absent: none.")
        @Size(max = 100)
        @Nullable
        List<@Size(min = 1, max = 1024) @Pattern(Patterns.URL) String> logoutURLs,

        @JsonPropertyDescription(
                "The callback URL for requests without one (DefaultRedirectURI). Must be one of callbackURLs. Absent: none.")
        @Size(min = 1, max = 1024)
        @Pattern(Patterns.URL)
        @Nullable
        String defaultRedirectURI,

        @JsonPropertyDescription(
                "The identity providers of the client (SupportedIdentityProviders): COGNITO for the users of the pool, Facebook, Google, SignInWithApple, LoginWithAmazon, and the SAML and OpenID Connect providers of the pool by name. Absent or empty: COGNITO for appType Public and Confidential with the flow code or implicit, else none.")
        @Size(max = 1000)
        @Nullable
        List<@Size(min = 1, max = 32) @Pattern(Patterns.PROVIDER_NAME) String> supportedIdentityProviders,

        @JsonPropertyDescription(
                "The user attributes that the client may read (ReadAttributes). Custom attributes have the prefix custom:. Absent: all standard attributes.")
        @Size(max = 200)
        @Nullable
        List<@Size(min = 1, max = 256) @Pattern(Patterns.ATTRIBUTE_NAME) String> readAttributes,

        @JsonPropertyDescription(
                "The user attributes that the client may write (WriteAttributes), without sub, email_verified and phone_number_verified. Absent: every mutable attribute of the pool, including custom ones.")
        @Size(max = 200)
        @Nullable
        List<@Size(min = 1, max = 256) @Pattern(Patterns.ATTRIBUTE_NAME) String> writeAttributes,

        @JsonPropertyDescription(
                "The Amazon Pinpoint project that receives sign-in events (AnalyticsConfiguration): either applicationARN, or applicationId with externalId and roleARN. Absent: none.")
        @Nullable
        AnalyticsConfiguration analyticsConfiguration,

        @JsonPropertyDescription(
                "How the operator treats the client. Manage: keeps it equal to this manifest. Observe: publishes the Secret of an existing client and reports differences in status.drift, but never writes to Cognito. Can be changed at any time. Absent: Manage.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Nullable
        Mode mode,

        @JsonPropertyDescription(
                "The existing client to adopt instead of creating one. The ClusterUserPool must permit it in spec.adoption. The client keeps its name unless clientName is set; the operator appends nothing to that name. Cannot be added, changed or removed after this object has a client. Absent: the operator creates a client.")
        @Nullable
        Adopt adopt,

        @JsonPropertyDescription(
                "The interval between drift checks of the client: 10m to 7d. Absent: the interval of the operator.")
        @Pattern(Patterns.DURATION)
        @Size(max = Patterns.DURATION_LENGTH)
        @Nullable
        String driftCheckInterval,

        @JsonPropertyDescription(
                "What the operator does with the client in Cognito when this object is deleted: Delete or Retain. With mode: Observe the operator deletes nothing. Can be changed while the deletion waits. Absent: Delete, but Retain for an adopted client.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription(
                "The Secret with the credentials of the client. Absent: a Secret with the name of this object.")
        @Nullable
        SecretSpec secret,

        @JsonPropertyDescription(
                "A ConfigMap with the public values of the client, for browsers and annotations. Absent: none.")
        @Nullable
        ConfigMapSpec configMap,

        @JsonPropertyDescription(
                "The namespaces that may have a copy of the Secret. Absent: no namespace but that of this object.")
        @Nullable
        ClientSharing sharing,

        @JsonPropertyDescription(
                "The rotation of the client secret, without downtime. Only for a client with a secret, and with mode: Manage. {}: only on request, with the annotation cognito.appclients.dev/rotate-requested-at. Absent: no rotation by age; a request uses the defaults.")
        @Nullable
        RotationSpec rotation) {}
