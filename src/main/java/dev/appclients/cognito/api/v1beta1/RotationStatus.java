package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The rotation of a client's secret as the operator last saw it. Informative only: the operator decides by its own record. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RotationStatus(
        @JsonPropertyDescription(
                "The phase of the rotation. Steady: one secret is valid. Staged: the operator adds the new secret. Overlap: the old and the new secret are valid. Blocked: the rotation waits for a person.")
        @Required
        @Size(max = 64)
        String phase,

        @JsonPropertyDescription("The start of the phase.") @Size(max = 64) @Nullable
        String since,

        @JsonPropertyDescription(
                "The time of the next step: the end of the overlap, or the next rotation. Absent while it is not known.")
        @Size(max = 64)
        @Nullable
        String nextAt,

        @JsonPropertyDescription("The rotation in a few words, for example Overlap 9/10 until 2027-01-19.")
        @Size(max = 64)
        @Nullable
        String summary) {}
