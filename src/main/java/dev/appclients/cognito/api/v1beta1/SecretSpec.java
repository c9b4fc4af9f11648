package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The Secret that a client is published in. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretSpec(
        @JsonPropertyDescription(
                "The name of the Secret, in the namespace of this object. A Secret that belongs to somebody else is never touched. Absent: the name of this object.")
        @Size(min = 1, max = Patterns.OBJECT_NAME_LENGTH)
        @Pattern(Patterns.OBJECT_NAME)
        @Nullable
        String name,

        @JsonPropertyDescription(
                "Which keys the Secret carries: Standard, which is client-id, client-secret, issuer and so on. Absent: Standard.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Nullable
        SecretPreset preset,

        @JsonPropertyDescription(
                "What happens to the Secret when this object is deleted: Delete or Retain. Absent: Delete.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Nullable
        DeletionPolicy onDelete) {}
