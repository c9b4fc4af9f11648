package dev.appclients.cognito.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The copy that a claim asks for. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClaimedSecret(
        @JsonPropertyDescription(
                "The name of the Secret, in the namespace of this object. The operator never changes a Secret that it does not own. Absent: the name of this object.")
        @Size(min = 1, max = Patterns.OBJECT_NAME_LENGTH)
        @Pattern(Patterns.OBJECT_NAME)
        @Nullable
        String name,

        @JsonPropertyDescription(
                "The keys of the Secret, in the spelling of its consumer. Standard: client-id, client-secret, issuer and so on. CamelCase, SnakeCase and Env: the same keys as clientId, client_id and CLIENT_ID. ServiceBinding: the keys of the Service Binding specification. None: only the keys of template. Absent: Standard.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Nullable
        SecretPreset preset,

        @JsonPropertyDescription(
                "The type of the Secret. The pool of the client limits it. Never a type of Kubernetes or Helm. Can change only together with name. Absent: servicebinding.io/oauth2 with preset ServiceBinding, else Opaque.")
        @Size(min = 1, max = 253)
        @Pattern(Patterns.SECRET_TYPE)
        @Nullable
        String type,

        @JsonPropertyDescription(
                "Labels and annotations of the Secret. The pool of the client limits them. Absent: none but those of the operator.")
        @Nullable
        SecretMetadata metadata,

        @JsonPropertyDescription(
                "More keys of the Secret, at most 20. A value is text with variables: $(clientId), or $(json(clientId)) with the function json, base64 or urlencode. $$( is a literal $(. A key may replace one of the preset, but not those of the client id and the client secret. With preset None, an entry that is exactly $(clientSecret) is required for a client with a secret. Absent: none.")
        @Size(max = 20)
        @Nullable
        Map<String, @Size(max = 4096) String> template,

        @JsonPropertyDescription("Keys with random values that the operator generates once and keeps. Absent: none.")
        @Size(max = 10)
        @Nullable
        List<GeneratedKey> generate) {}
