package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ConfigMap with the public values of a client. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConfigMapSpec(
        @JsonPropertyDescription(
                "The name of the ConfigMap, in the namespace of this object. The operator never changes a ConfigMap that it does not own. Absent: the name of this object.")
        @Size(min = 1, max = Patterns.OBJECT_NAME_LENGTH)
        @Pattern(Patterns.OBJECT_NAME)
        @Nullable
        String name,

        @JsonPropertyDescription(
                "The keys of the ConfigMap, as in spec.secret.preset, without the client secret. Absent: Standard.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Nullable
        SecretPreset preset,

        @JsonPropertyDescription(
                "More keys of the ConfigMap, at most 20, as in spec.secret.template, without the variable clientSecret. Absent: none.")
        @Size(max = 20)
        @Nullable
        Map<String, @Size(max = 4096) String> template) {}
