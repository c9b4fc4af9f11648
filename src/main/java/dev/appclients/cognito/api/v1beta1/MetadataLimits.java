package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The labels and annotations that a pool permits on Secrets. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetadataLimits(
        @JsonPropertyDescription(
                "The permitted label keys, each with a domain that no other controller uses. Absent: none.")
        @Size(max = 32)
        @Nullable
        List<@Size(min = 1, max = Patterns.LABEL_KEY_LENGTH) @Pattern(Patterns.LABEL_KEY) String> labelKeys,

        @JsonPropertyDescription(
                "The permitted annotation keys, each with a domain that no other controller uses. Absent: none.")
        @Size(max = 32)
        @Nullable
        List<@Size(min = 1, max = Patterns.LABEL_KEY_LENGTH) @Pattern(Patterns.LABEL_KEY) String> annotationKeys) {}
