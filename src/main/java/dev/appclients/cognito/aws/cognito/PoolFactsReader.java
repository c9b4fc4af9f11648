package dev.appclients.cognito.aws.cognito;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.aws.call.FailureMapper;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolDomain;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.PoolId;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolDomainRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DomainDescriptionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SchemaAttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** Reads the facts of a pool. */
final class PoolFactsReader {

    private final PoolCalls calls;

    PoolFactsReader(PoolCalls calls) {
        this.calls = calls;
    }

    PoolFacts read(PoolAccess access, @Nullable String preferredDomain) {
        UserPoolType pool = describe(access);
        PoolArn arn = new PoolArn(pool.arn());
        calls.learn(access, arn);
        return new PoolFacts(
                arn, issuer(access.pool(), pool), domain(access, pool, preferredDomain), tier(pool), attributes(pool));
    }

    static String tier(UserPoolType pool) {
        return pool.userPoolTierAsString() == null ? "" : pool.userPoolTierAsString();
    }

    static PoolAttributes attributes(UserPoolType pool) {
        return PoolAttributes.of(
                names(pool, attribute -> true),
                names(pool, attribute -> Boolean.TRUE.equals(attribute.required())),
                names(pool, attribute -> Boolean.TRUE.equals(attribute.mutable())));
    }

    private static List<String> names(UserPoolType pool, Predicate<SchemaAttributeType> which) {
        return pool.schemaAttributes().stream()
                .filter(which)
                .map(SchemaAttributeType::name)
                .toList();
    }

    /** One {@code DescribeUserPool}. */
    UserPoolType describe(PoolAccess access) {
        UserPoolType pool = calls.read(
                        access,
                        Operation.DESCRIBE_POOL,
                        Priority.USER,
                        (cognito, auth) -> cognito.describeUserPool(DescribeUserPoolRequest.builder()
                                .userPoolId(access.pool().value())
                                .overrideConfiguration(auth.build())
                                .build()))
                .userPool();
        if (pool == null || pool.arn() == null) {
            throw new AwsCallException(FailureMapper.incomplete(Operation.DESCRIBE_POOL, "user pool"));
        }
        return pool;
    }

    /** A wrong issuer breaks each consumer, so an unknown type is an error. */
    private static String issuer(PoolId id, UserPoolType pool) {
        String suffix = PartitionMetadata.of(Region.of(id.region())).dnsSuffix();
        String type = pool.issuerConfiguration() == null
                ? "ORIGINAL"
                : pool.issuerConfiguration().typeAsString();
        return switch (type) {
            case "ORIGINAL" -> "https://cognito-idp." + id.region() + "." + suffix + "/" + id;
            case "UPDATED" -> "https://issuer-cognito-idp." + id.region() + "." + suffix + "/" + id;
            case null, default ->
                throw new AwsCallException(new Failure(
                        FailureKind.UNKNOWN_REFUSAL,
                        Operation.DESCRIBE_POOL.apiName(),
                        "the user pool " + id + " has the issuer type " + type
                                + ", which this version of the operator does not support. Upgrade the operator"));
        };
    }

    private @Nullable PoolDomain domain(PoolAccess access, UserPoolType pool, @Nullable String preferred) {
        List<Candidate> candidates = Candidate.of(access.pool(), pool);
        if (preferred != null) {
            return preferred(access, candidates, preferred);
        }
        PoolDomain unverified = null;
        for (Candidate candidate : candidates) {
            Reading reading = read(access, candidate);
            if (reading.permitted() && reading.usable(candidate)) {
                return reading.domain(candidate);
            }
            if (!reading.permitted()) {
                // The prefix domain comes last and always serves, so it replaces a custom domain without a reading.
                unverified = reading.domain(candidate);
            }
        }
        return unverified;
    }

    private PoolDomain preferred(PoolAccess access, List<Candidate> candidates, String preferred) {
        Candidate candidate = candidates.stream()
                .filter(known -> known.matches(preferred))
                .findFirst()
                .orElseThrow(() -> missing("the user pool " + access.pool() + " has no domain '" + preferred
                        + "'; it has "
                        + (candidates.isEmpty()
                                ? "none"
                                : candidates.stream().map(Candidate::host).collect(Collectors.joining(", ")))));
        Reading reading = read(access, candidate);
        if (!reading.usable(candidate)) {
            throw missing("the domain '" + preferred + "' of the user pool " + access.pool() + " is " + reading.status()
                    + ", not ACTIVE");
        }
        return reading.domain(candidate);
    }

    private static AwsCallException missing(String message) {
        return new AwsCallException(
                new Failure(FailureKind.DEPENDENCY_MISSING, Operation.DESCRIBE_DOMAIN.apiName(), message));
    }

    /** IAM cannot limit this permission to a pool, so the operator may lack it: then the status is unknown. */
    private Reading read(PoolAccess access, Candidate candidate) {
        try {
            @Nullable
            DomainDescriptionType domain = calls.read(
                            access,
                            Operation.DESCRIBE_DOMAIN,
                            Priority.USER,
                            (cognito, auth) -> cognito.describeUserPoolDomain(DescribeUserPoolDomainRequest.builder()
                                    .domain(candidate.name())
                                    .overrideConfiguration(auth.build())
                                    .build()))
                    .domainDescription();
            // Cognito answers with an empty description if there is no such domain.
            String status = domain == null ? null : domain.statusAsString();
            return new Reading(
                    true, status == null ? "unknown" : status, domain == null ? null : domain.managedLoginVersion());
        } catch (AwsCallException e) {
            if (e.failure().kind() != FailureKind.ACCESS_DENIED) {
                throw e;
            }
            return new Reading(false, "unknown", null);
        }
    }

    /** A domain in the description of the pool. */
    private record Candidate(String name, String host, boolean custom) {

        /** The custom domain first. */
        static List<Candidate> of(PoolId id, UserPoolType pool) {
            return Stream.concat(
                            Stream.ofNullable(pool.customDomain()).map(name -> new Candidate(name, name, true)),
                            Stream.ofNullable(pool.domain())
                                    .map(name -> new Candidate(name, prefixHost(id.region(), name), false)))
                    .filter(candidate -> !candidate.name().isEmpty())
                    .toList();
        }

        boolean matches(String preferred) {
            return preferred.equals(name) || preferred.equals(host);
        }

        private static String prefixHost(String region, String prefix) {
            String auth = region.startsWith("us-gov-") ? ".auth-fips." : ".auth.";
            return prefix + auth + region + ".amazoncognito.com";
        }
    }

    /** The answer to DescribeUserPoolDomain, if the call is permitted. */
    private record Reading(
            boolean permitted, String status, @Nullable Integer loginVersion) {

        /** A custom domain serves while its certificate is replaced (UPDATING). */
        private static final Set<String> SERVING = Set.of("ACTIVE", "UPDATING");

        boolean usable(Candidate candidate) {
            return !permitted || !candidate.custom() || SERVING.contains(status);
        }

        PoolDomain domain(Candidate candidate) {
            return new PoolDomain(candidate.host(), loginVersion);
        }
    }
}
