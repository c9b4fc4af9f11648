package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Secret that was published. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretStatus(
        @JsonPropertyDescription("The name of the Secret, in the namespace of this object.")
        @Required
        @Size(max = Patterns.OBJECT_NAME_LENGTH)
        String name,

        @JsonPropertyDescription("The keys that the Secret carries, sorted; never a value.") @Size(max = 100) @Nullable
        List<@Size(max = 253) String> keys,

        @JsonPropertyDescription("Grows by one with each new secret of the client.") @Min(0) @Nullable
        Long revision,

        @JsonPropertyDescription(
                "Where the secret of the client came from. Original: it was made together with the client, so Cognito can still tell it.")
        @Size(max = 64)
        @Nullable
        String source) {}
