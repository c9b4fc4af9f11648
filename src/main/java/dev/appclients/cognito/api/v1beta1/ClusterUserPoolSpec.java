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

/** An existing user pool, the access to it, and the namespaces that may use it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClusterUserPoolSpec(
        @JsonPropertyDescription(
                "The id of the pool (UserPoolId), such as eu-west-1_AbCdEf123. The part before the underscore is the Region. Cannot be changed.")
        @Required
        @Size(min = 1, max = 55)
        @Pattern(Patterns.USER_POOL_ID)
        String userPoolId,

        @JsonPropertyDescription("The identity with which the operator calls AWS for this pool.") @Required
        AwsAccess aws,

        @JsonPropertyDescription(
                "How far the pool trusts its namespaces. Trusted: their UserPoolClients may use every setting. Restricted: only what allow permits.")
        @JsonFormat(with = Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @Required
        Tenancy tenancy,

        @JsonPropertyDescription("The namespaces whose UserPoolClients may use the pool. Absent: none.") @Nullable
        NamespaceSelection namespaces,

        @JsonPropertyDescription(
                "What the UserPoolClients of a Restricted pool may use. A list that is absent permits the safe minimum, and an empty list permits nothing. Refused with tenancy: Trusted. Absent: the safe minimum.")
        @Nullable
        PoolLimits allow,

        @JsonPropertyDescription(
                "The app clients of the pool that UserPoolClients may adopt, each with namespaces and modes. Absent: none.")
        @Size(max = 1000)
        @Nullable
        List<AdoptionEntry> adoption,

        @JsonPropertyDescription(
                "Where copies of the Secrets of the pool's clients may be. Absent: no copy leaves the namespace of its client.")
        @Nullable
        PoolSharing sharing,

        @JsonPropertyDescription("How many objects of each namespace the pool serves. Absent: unlimited.") @Nullable
        PoolQuota quota,

        @JsonPropertyDescription(
                "The domain of the pool for the endpoints: a custom domain such as auth.example.com, or the prefix of a prefix domain. Absent: the oldest active custom domain, else the prefix domain.")
        @Size(min = 1, max = 253)
        @Pattern(Patterns.OBJECT_NAME)
        @Nullable
        String domain) {}
