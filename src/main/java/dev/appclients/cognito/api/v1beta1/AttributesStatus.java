package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attributes that the users of a pool can have. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttributesStatus(
        @JsonPropertyDescription("The names of all attributes. Custom attributes have the prefix custom:.")
        @Required
        @Size(max = 1000)
        List<@Size(max = 2048) String> names,

        @JsonPropertyDescription(
                "The attributes that every user must have. The writeAttributes of a client must contain the mutable ones.")
        @Required
        @Size(max = 1000)
        List<@Size(max = 2048) String> required,

        @JsonPropertyDescription(
                "The attributes whose value can change once it is set. Absent in a status that an earlier version wrote; the operator then reads the pool again.")
        @Size(max = 1000)
        @Nullable
        List<@Size(max = 2048) String> mutable) {}
