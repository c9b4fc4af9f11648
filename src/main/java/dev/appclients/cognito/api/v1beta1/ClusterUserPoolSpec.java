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

/** An existing user pool, how to reach it, and who may use it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClusterUserPoolSpec(
        @JsonPropertyDescription(
                "The id of the pool (UserPoolId), such as eu-west-1_AbCdEf123; the Region is the part before the underscore. Cannot be changed.")
        @Required
        @Size(min = 1, max = 55)
        @Pattern(Patterns.USER_POOL_ID)
        String userPoolId,

        @JsonPropertyDescription("As whom the operator calls AWS for this pool.") @Required
        AwsAccess aws,

        @JsonPropertyDescription(
                "How far the namespaces that may use the pool are trusted. Trusted: they may set anything.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Required
        Tenancy tenancy,

        @JsonPropertyDescription("The namespaces whose UserPoolClients may use the pool. Absent: none.") @Nullable
        NamespaceSelection namespaces,

        @JsonPropertyDescription("The app clients of the pool that may be adopted, each by whom and how. Absent: none.")
        @Size(max = 1000)
        @Nullable
        List<AdoptionEntry> adoption,

        @JsonPropertyDescription(
                "Which domain of the pool the endpoints use, as Cognito names it: a custom domain such as auth.example.com, or the prefix of a prefix domain. Absent: the active custom domain that was there first, else the prefix domain.")
        @Size(min = 1, max = 253)
        @Pattern(Patterns.OBJECT_NAME)
        @Nullable
        String domain) {}
