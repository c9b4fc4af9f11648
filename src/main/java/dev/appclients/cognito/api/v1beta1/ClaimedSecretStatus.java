package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The copy as it was last written. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClaimedSecretStatus(
        @JsonPropertyDescription("The name of the Secret, in the namespace of this object.")
        @Required
        @Size(max = Patterns.OBJECT_NAME_LENGTH)
        String name,

        @JsonPropertyDescription("The keys of the Secret, sorted. Never contains a value.") @Size(max = 100) @Nullable
        List<@Size(max = 253) String> keys) {}
