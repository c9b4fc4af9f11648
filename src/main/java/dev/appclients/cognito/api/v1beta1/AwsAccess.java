package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How the operator accesses AWS for a pool. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AwsAccess(
        @JsonPropertyDescription(
                "The identity with which the operator calls AWS for this pool. Operator: its own identity. AssumeRole: the role in roleARN.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Required
        AwsIdentity identity,

        @JsonPropertyDescription("The role to assume. Required with identity: AssumeRole, refused otherwise.")
        @Size(min = 20, max = 2048)
        @Pattern(Patterns.ROLE_ARN)
        @Nullable
        String roleARN,

        @JsonPropertyDescription(
                "The external id that the trust policy of the role requires (ExternalId). Only with identity: AssumeRole. Absent: none.")
        @Size(min = 2, max = 1224)
        @Pattern(Patterns.EXTERNAL_ID)
        @Nullable
        String externalId) {}
