package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The published Secret. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretStatus(
        @JsonPropertyDescription("The name of the Secret, in the namespace of this object.")
        @Required
        @Size(max = Patterns.OBJECT_NAME_LENGTH)
        String name,

        @JsonPropertyDescription("The keys of the Secret, sorted. Never contains a value.") @Size(max = 100) @Nullable
        List<@Size(max = 253) String> keys,

        @JsonPropertyDescription("Increases by one with each new secret of the client.") @Min(0) @Nullable
        Long revision,

        @JsonPropertyDescription(
                "The origin of the secret. Original: Cognito generated it at creation of the client, and still returns it. Rotated: it replaced an earlier one.")
        @Size(max = 64)
        @Nullable
        String source,

        @JsonPropertyDescription("The id of the secret in Cognito. Absent while the operator does not know it.")
        @Size(max = 256)
        @Nullable
        String secretId) {}
