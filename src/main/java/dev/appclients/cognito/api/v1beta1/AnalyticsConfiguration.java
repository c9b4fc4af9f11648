package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The Amazon Pinpoint project that receives sign-in events. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnalyticsConfiguration(
        @JsonPropertyDescription(
                "The ARN of the Pinpoint project (ApplicationArn). Excludes applicationId, externalId and roleARN. Absent: applicationId names the project.")
        @Size(min = 20, max = 2048)
        @Pattern(Patterns.ARN)
        @Nullable
        String applicationARN,

        @JsonPropertyDescription(
                "The id of the Pinpoint project (ApplicationId), hexadecimal. Needs externalId and roleARN. Absent: applicationARN names the project.")
        @Size(min = 1, max = 64)
        @Pattern(Patterns.HEXADECIMAL)
        @Nullable
        String applicationId,

        @JsonPropertyDescription(
                "The external id with which Cognito assumes roleARN (ExternalId). Required with applicationId, refused without it.")
        @Size(min = 1, max = 131072)
        @Pattern(Patterns.ONE_LINE)
        @Nullable
        String externalId,

        @JsonPropertyDescription(
                "The role that Cognito assumes to send the events (RoleArn). Required with applicationId, refused without it.")
        @Size(min = 20, max = 2048)
        @Pattern(Patterns.ROLE_ARN)
        @Nullable
        String roleARN,

        @JsonPropertyDescription("Whether the events contain user data (UserDataShared). Absent: false.") @Nullable
        Boolean userDataShared) {}
