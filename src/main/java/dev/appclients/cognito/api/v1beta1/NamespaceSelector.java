package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Selects namespaces by their labels; every entry must match. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NamespaceSelector(
        @JsonPropertyDescription(
                "Labels that the namespace must have, with exactly these values. Absent: only matchExpressions select.")
        @Size(max = 64)
        @Nullable
        Map<String, @Size(max = 63) @Pattern(Patterns.LABEL_VALUE) String> matchLabels,

        @JsonPropertyDescription("Requirements on the labels of the namespace. Absent: only matchLabels select.")
        @Size(max = 32)
        @Nullable
        List<LabelRequirement> matchExpressions) {}
