package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The Secret with the credentials of a client. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretSpec(
        @JsonPropertyDescription(
                "The name of the Secret, in the namespace of this object. The operator never changes a Secret that it does not own. Absent: the name of this object.")
        @Size(min = 1, max = Patterns.OBJECT_NAME_LENGTH)
        @Pattern(Patterns.OBJECT_NAME)
        @Nullable
        String name,

        @JsonPropertyDescription(
                "The keys of the Secret. Standard: client-id, client-secret, issuer and so on. Absent: Standard.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Nullable
        SecretPreset preset,

        @JsonPropertyDescription(
                "What the operator does with the Secret when this object is deleted: Delete or Retain. Absent: Delete.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Nullable
        DeletionPolicy onDelete) {}
