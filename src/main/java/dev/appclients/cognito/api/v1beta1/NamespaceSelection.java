package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of namespaces. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NamespaceSelection(
        @JsonPropertyDescription(
                "All: every namespace. Names: the namespaces in names. Selector: the namespaces whose labels match selector.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Required
        NamespacesFrom from,

        @JsonPropertyDescription("The namespaces, by name. Required with from: Names, refused otherwise.")
        @Size(max = 1000)
        @Nullable
        List<@Size(min = 1, max = 63) @Pattern(Patterns.LABEL_NAME) String> names,

        @JsonPropertyDescription("The labels of the namespaces. Required with from: Selector, refused otherwise.")
        @Nullable
        NamespaceSelector selector) {}
