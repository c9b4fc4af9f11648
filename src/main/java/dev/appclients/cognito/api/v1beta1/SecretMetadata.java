package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Labels and annotations of a Secret. Only keys with a domain that no other controller uses are permitted. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretMetadata(
        @JsonPropertyDescription("The labels, each key with a domain that no other controller uses. Absent: none.")
        @Size(max = 16)
        @Nullable
        Map<String, @Size(max = 63) @Pattern(Patterns.LABEL_VALUE) String> labels,

        @JsonPropertyDescription("The annotations, each key with a domain that no other controller uses. Absent: none.")
        @Size(max = 16)
        @Nullable
        Map<String, @Size(max = 1024) String> annotations) {}
