package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One requirement on the labels of a namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LabelRequirement(
        @JsonPropertyDescription("The key of the label.")
        @Required
        @Size(min = 1, max = Patterns.LABEL_KEY_LENGTH)
        @Pattern(Patterns.LABEL_KEY)
        String key,

        @JsonPropertyDescription("In, NotIn, Exists or DoesNotExist.") @Required
        String operator,

        @JsonPropertyDescription(
                "The values of the label. Required with In and NotIn, refused with Exists and DoesNotExist.")
        @Size(max = 64)
        @Nullable
        List<@Size(max = 63) @Pattern(Patterns.LABEL_VALUE) String> values) {}
