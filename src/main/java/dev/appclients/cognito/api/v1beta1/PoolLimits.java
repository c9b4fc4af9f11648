package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the UserPoolClients of a Restricted pool may use. An absent list permits the safe minimum. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PoolLimits(
        @JsonPropertyDescription("The permitted appTypes. Absent: Public, Confidential and MachineToMachine.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Size(max = 4)
        @Nullable
        List<AppType> appTypes,

        @JsonPropertyDescription(
                "Patterns of the permitted callbackURLs. * and ${namespace} are one whole label of the host each, but none of the last two. * is also the whole rest after a slash, and ${namespace} a whole segment of the path. A pattern with localhost, an IP address or a scheme of an application permits only the same URL. Absent: none.")
        @Size(max = 100)
        @Nullable
        List<@Size(min = 1, max = 1024) String> callbackURLs,

        @JsonPropertyDescription("Patterns of the permitted logoutURLs, as callbackURLs. Absent: none.")
        @Size(max = 100)
        @Nullable
        List<@Size(min = 1, max = 1024) String> logoutURLs,

        @JsonPropertyDescription(
                "The permitted allowedOAuthFlows. Absent: code, and client_credentials for appType MachineToMachine.")
        @Size(max = 3)
        @Nullable
        List<@Size(max = 32) String> oauthFlows,

        @JsonPropertyDescription(
                "Patterns of the permitted allowedOAuthScopes, such as ${namespace}/read. ${namespace} is a whole part before or after a slash. Patterns have no wildcards. Absent: openid, email and profile.")
        @Size(max = 100)
        @Nullable
        List<@Size(min = 1, max = 256) @Pattern(Patterns.SCOPE) String> oauthScopes,

        @JsonPropertyDescription(
                "The permitted explicitAuthFlows. Absent: ALLOW_USER_SRP_AUTH and ALLOW_REFRESH_TOKEN_AUTH.")
        @Size(max = 16)
        @Nullable
        List<@Size(max = 64) String> authFlows,

        @JsonPropertyDescription("The permitted supportedIdentityProviders. Absent: COGNITO.")
        @Size(max = 100)
        @Nullable
        List<@Size(min = 1, max = 32) @Pattern(Patterns.PROVIDER_NAME) String> identityProviders,

        @JsonPropertyDescription(
                "The permitted readAttributes, which also fill the absent list of a client. Absent: a client must name its readAttributes, and may name any.")
        @Size(max = 200)
        @Nullable
        List<@Size(min = 1, max = 256) @Pattern(Patterns.ATTRIBUTE_NAME) String> readAttributes,

        @JsonPropertyDescription("The permitted writeAttributes, as readAttributes.") @Size(max = 200) @Nullable
        List<@Size(min = 1, max = 256) @Pattern(Patterns.ATTRIBUTE_NAME) String> writeAttributes,

        @JsonPropertyDescription("The permitted Amazon Pinpoint projects, by ARN. Absent: none.")
        @Size(max = 32)
        @Nullable
        List<@Size(min = 1, max = 512) @Pattern(Patterns.ARN) String> analyticsARNs,

        @JsonPropertyDescription(
                "The longest validity of tokens. Absent: 1h for access and ID tokens, 30d for refresh tokens.")
        @Nullable
        TokenLimits maxTokenValidity,

        @JsonPropertyDescription(
                "The permitted types of Secrets. <domain>/* permits all types of a domain. Types of Kubernetes and Helm are never permitted. Absent: Opaque and servicebinding.io/*.")
        @Size(max = 32)
        @Nullable
        List<@Size(min = 1, max = 253) String> secretTypes,

        @JsonPropertyDescription(
                "The permitted labels and annotations of Secrets. Absent: none but app.kubernetes.io/name, part-of, component and version, and those of Reloader.")
        @Nullable
        MetadataLimits secretMetadata,

        @JsonPropertyDescription(
                "Settings that weaken security and are refused unless listed: LegacyUserExistenceErrors, NoTokenRevocation, ContextData. Absent: none.")
        @Size(max = 3)
        @Nullable
        List<@Size(max = 64) String> settings) {}
