package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** When the secret of a client is replaced, and how long the old one stays valid. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RotationSpec(
        @JsonPropertyDescription(
                "The age at which the operator replaces the secret: longer than maxOverlap, up to 3650d. Absent: only on request.")
        @Pattern(Patterns.DURATION)
        @Size(max = Patterns.DURATION_LENGTH)
        @Nullable
        String every,

        @JsonPropertyDescription(
                "How long the old secret stays valid after the Secret and the last copy have the new one: 10m to 30d, and not longer than maxOverlap. Absent: 7d.")
        @Pattern(Patterns.DURATION)
        @Size(max = Patterns.DURATION_LENGTH)
        @Nullable
        String overlap,

        @JsonPropertyDescription(
                "The longest time that the old secret stays valid beside the new one, even if a copy still has the old one: 10m to 60d. Absent: 14d.")
        @Pattern(Patterns.DURATION)
        @Size(max = Patterns.DURATION_LENGTH)
        @Nullable
        String maxOverlap) {}
