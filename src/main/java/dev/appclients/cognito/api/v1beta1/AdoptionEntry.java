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

/** The permission to adopt one app client: the namespaces and the allowed modes. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AdoptionEntry(
        @JsonPropertyDescription("The id of the app client in Cognito (ClientId).")
        @Required
        @Size(min = 1, max = 128)
        @Pattern(Patterns.CLIENT_ID)
        String clientId,

        @JsonPropertyDescription(
                "The namespaces whose UserPoolClients may adopt the client. They must also be in the namespaces of the pool.")
        @Required
        NamespaceSelection namespaces,

        @JsonPropertyDescription(
                "The modes that these UserPoolClients may use. Observe: publish the Secret and report drift. Manage: change the client, and delete it with deletionPolicy: Delete.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Required
        @Size(min = 1, max = 2)
        List<Mode> modes) {}
