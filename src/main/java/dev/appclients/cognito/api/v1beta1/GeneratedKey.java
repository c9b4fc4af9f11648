package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A key of a Secret with a random value that the operator generates once. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GeneratedKey(
        @JsonPropertyDescription("The key. Must not be a key of the preset or of template.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Patterns.DATA_KEY)
        String key,

        @JsonPropertyDescription("The number of random bytes: 16 to 64. Absent: 32.") @Min(16) @Max(64) @Nullable
        Integer bytes,

        @JsonPropertyDescription(
                "How the bytes are written: Base64Url without padding, Base64 or Hex. Absent: Base64Url.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Nullable
        KeyEncoding encoding) {}
