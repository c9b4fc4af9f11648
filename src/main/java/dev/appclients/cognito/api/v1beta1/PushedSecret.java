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

/** The copies that a push makes. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PushedSecret(
        @JsonPropertyDescription(
                "The name of the Secret in each namespace. The operator never changes a Secret that it does not own.")
        @Required
        @Size(min = 1, max = Patterns.OBJECT_NAME_LENGTH)
        @Pattern(Patterns.OBJECT_NAME)
        String name,

        @JsonPropertyDescription("The keys of the Secret, as in spec.secret.preset, but not None. Absent: Standard.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Nullable
        SecretPreset preset) {}
