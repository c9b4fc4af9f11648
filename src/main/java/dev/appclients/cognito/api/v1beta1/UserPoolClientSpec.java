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
 * What an app client should be.
 *
 * <p>A setting that is absent, and a list that is empty, are the same: what {@link AppType} fills in, else Cognito's own
 * default. The rules across fields stand in the CRD.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UserPoolClientSpec(
        @JsonPropertyDescription("The user pool that the client belongs to. Cannot be changed.") @Required
        UserPoolRef userPoolRef,

        @JsonPropertyDescription(
                "What kind of application the client is for; fills in what is left out here. Public: no secret, sign-in by SRP and refresh. Confidential: a secret, the same flows. MachineToMachine: a secret, the OAuth flow client_credentials, and refresh as the only authentication flow. Public and Confidential with the flow code or implicit: COGNITO as identity provider. Other: Cognito's own defaults. Cannot be changed.")
        @Required
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        AppType appType,

        @JsonPropertyDescription(
                "The name that people see in Cognito (ClientName), at most 117 characters; the operator appends a dot and ten characters that make it unique. Absent: <namespace>.<name>.")
        @Size(min = 1, max = 117)
        @Pattern(Patterns.CLIENT_NAME)
        @Nullable
        String clientName,

        @JsonPropertyDescription(
                "Whether the client gets a secret (GenerateSecret). Only with appType Other; the other types decide it. Cannot be changed. Absent: by appType, and false with Other.")
        @Nullable
        Boolean generateSecret,

        @JsonPropertyDescription(
                "The ways in which users may authenticate (ExplicitAuthFlows). The names without ALLOW_ are Cognito's older ones and do not mix with the others. Absent or empty: by appType.")
        @Size(max = 16)
        @Nullable
        List<@Size(max = 64) String> explicitAuthFlows,

        @JsonPropertyDescription(
                "How long a user has to answer each challenge of a sign-in (AuthSessionValidity): 3m to 15m, in whole minutes. Absent: 3m.")
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
                "Whether each refresh returns a new refresh token and retires the old one (RefreshTokenRotation). Absent: it does not.")
        @Nullable
        RefreshTokenRotation refreshTokenRotation,

        @JsonPropertyDescription(
                "Whether refresh tokens can be revoked, and with them the tokens that came from them (EnableTokenRevocation). Absent: true.")
        @Nullable
        Boolean enableTokenRevocation,

        @JsonPropertyDescription(
                "Whether a sign-in hides that a user does not exist (PreventUserExistenceErrors): ENABLED hides it, LEGACY tells. Absent: ENABLED.")
        @Nullable
        String preventUserExistenceErrors,

        @JsonPropertyDescription(
                "Whether the client may pass on the device and address of its users to threat protection (EnablePropagateAdditionalUserContextData). Needs a secret to be of use. Absent: false.")
        @Nullable
        Boolean enablePropagateAdditionalUserContextData,

        @JsonPropertyDescription(
                "The OAuth flows that the client may use (AllowedOAuthFlows). code and implicit need callbackURLs; client_credentials needs a secret and stands alone. Absent or empty: client_credentials for appType MachineToMachine, else none.")
        @Size(max = 3)
        @Nullable
        List<@Size(max = 32) String> allowedOAuthFlows,

        @JsonPropertyDescription(
                "The OAuth scopes that the client may ask for (AllowedOAuthScopes): OpenID Connect scopes, aws.cognito.signin.user.admin, and <resource server>/<scope> of the pool; at most 50. Required where OAuth flows are in use. Absent: none.")
        @Size(max = 50)
        @Nullable
        List<@Size(min = 1, max = 256) @Pattern(Patterns.SCOPE) String> allowedOAuthScopes,

        @JsonPropertyDescription(
                "Whether the client may use OAuth and the login pages at all (AllowedOAuthFlowsUserPoolClient). Absent: true exactly when there are OAuth flows.")
        @Nullable
        Boolean allowedOAuthFlowsUserPoolClient,

        @JsonPropertyDescription(
                "Where users may be sent after signing in (CallbackURLs); at most 100, each absolute, at most 1024 characters, without fragment and wildcard. https, or an application's own scheme, or http on localhost, 127.0.0.1 and [::1]. Absent: none.")
        @Size(max = 100)
        @Nullable
        List<@Size(min = 1, max = 1024) @Pattern(Patterns.URL) String> callbackURLs,

        @JsonPropertyDescription(
                "Where users may be sent after signing out (LogoutURLs); at most 100, as callbackURLs. Absent: none.")
        @Size(max = 100)
        @Nullable
        List<@Size(min = 1, max = 1024) @Pattern(Patterns.URL) String> logoutURLs,

        @JsonPropertyDescription(
                "The callback that is used when a request names none (DefaultRedirectURI); one of callbackURLs. Absent: none.")
        @Size(min = 1, max = 1024)
        @Pattern(Patterns.URL)
        @Nullable
        String defaultRedirectURI,

        @JsonPropertyDescription(
                "Who may sign users in (SupportedIdentityProviders): COGNITO for the pool itself, Facebook, Google, SignInWithApple, LoginWithAmazon, and the pool's own SAML and OpenID Connect providers by name. Absent or empty: COGNITO for appType Public and Confidential with the flow code or implicit, else none.")
        @Size(max = 1000)
        @Nullable
        List<@Size(min = 1, max = 32) @Pattern(Patterns.PROVIDER_NAME) String> supportedIdentityProviders,

        @JsonPropertyDescription(
                "The user attributes that the client may read (ReadAttributes); the pool's own carry the prefix custom:. Absent: all standard attributes.")
        @Size(max = 200)
        @Nullable
        List<@Size(min = 1, max = 2048) @Pattern(Patterns.ATTRIBUTE_NAME) String> readAttributes,

        @JsonPropertyDescription(
                "The user attributes that the client may write (WriteAttributes); never sub, email_verified or phone_number_verified. Absent: every mutable attribute of the pool, custom ones too.")
        @Size(max = 200)
        @Nullable
        List<@Size(min = 1, max = 2048) @Pattern(Patterns.ATTRIBUTE_NAME) String> writeAttributes,

        @JsonPropertyDescription(
                "The Amazon Pinpoint project that receives sign-in events (AnalyticsConfiguration): either applicationARN, or applicationId with externalId and roleARN. Absent: none.")
        @Nullable
        AnalyticsConfiguration analyticsConfiguration,

        @JsonPropertyDescription(
                "What the operator does with the client. Manage: keeps it equal to this manifest. Observe: never writes to Cognito; publishes the Secret of a client that is there, and says in status.drift what differs. May be changed at any time. Absent: Manage.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Nullable
        Mode mode,

        @JsonPropertyDescription(
                "The client that is there already and is to be taken over instead of a new one; the ClusterUserPool must permit it in spec.adoption. It keeps its name, unless clientName is written, which it then gets as it is. Cannot be added, changed or removed once this object has a client. Absent: a client is created.")
        @Nullable
        Adopt adopt,

        @JsonPropertyDescription(
                "How often the client in Cognito is compared with this manifest: 10m to 7d. Absent: the operator's own interval.")
        @Pattern(Patterns.DURATION)
        @Size(max = Patterns.DURATION_LENGTH)
        @Nullable
        String driftCheckInterval,

        @JsonPropertyDescription(
                "What happens to the client in Cognito when this object is deleted: Delete or Retain. With mode Observe nothing is deleted. May be changed while the deletion waits. Absent: Delete, but Retain for an adopted client.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription(
                "The Secret that the client is published in. Absent: one with the name of this object.")
        @Nullable
        SecretSpec secret) {}
