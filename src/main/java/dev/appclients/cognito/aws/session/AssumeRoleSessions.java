package dev.appclients.cognito.aws.session;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.aws.call.Calls;
import dev.appclients.cognito.aws.call.FailureMapper;
import dev.appclients.cognito.aws.call.SdkClients;
import dev.appclients.cognito.model.PoolAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/** Assumes the roles of pools. Session tags name the cluster and the namespace, so that IAM policies can use them. */
public final class AssumeRoleSessions implements RoleSession.Assume {

    /**
     * Not a key of EKS Pod Identity: its tags describe the operator's own pod, are transitive, and cannot be set again. Short, because
     * they leave about a quarter of the size that STS allows for session tags.
     */
    static final String CLUSTER_TAG = "cco-cluster";

    static final String NAMESPACE_TAG = "cco-namespace";

    private static final String SESSION_NAME = "cognito-client-operator";
    private static final int LONGEST_SESSION_NAME = 64;
    /** The maximum of STS for role chaining. */
    static final Duration SESSION_DURATION = Duration.ofHours(1);

    private final Calls calls;
    private final SdkClients clients;
    private final BackoffCredentials identity;
    private final String ownAccount;
    private final @Nullable String cluster;
    private final InstantSource clock;

    public AssumeRoleSessions(
            Calls calls,
            SdkClients clients,
            BackoffCredentials identity,
            String ownAccount,
            @Nullable String cluster,
            InstantSource clock) {
        this.calls = calls;
        this.clients = clients;
        this.identity = identity;
        this.ownAccount = ownAccount;
        this.cluster = cluster;
        this.clock = clock;
    }

    @Override
    public RoleSession.Issued role(PoolAccess access) {
        String role = Objects.requireNonNull(access.roleArn());
        StsClient sts = clients.sts(access.pool().region());
        AssumeRoleRequest request = request(access, role);
        Instant requestedAt = clock.instant();
        Credentials given = calls.make(
                        new Calls.Request(
                                Operation.ASSUME_ROLE,
                                ownAccount,
                                access,
                                Priority.USER,
                                () -> identity.resolveFor(Operation.ASSUME_ROLE),
                                () -> true),
                        signer -> sts.assumeRole(request),
                        e -> FailureMapper.roleDenied(role, access.externalId() != null, e))
                .credentials();
        // The clocks may differ: a session is used no longer than requested, counted from before the call.
        Instant atMost = requestedAt.plus(SESSION_DURATION);
        Instant expires = given.expiration().isBefore(atMost) ? given.expiration() : atMost;
        return new RoleSession.Issued(
                AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken()),
                expires);
    }

    private AssumeRoleRequest request(PoolAccess access, String role) {
        List<Tag> tags = new ArrayList<>();
        if (cluster != null) {
            tags.add(Tag.builder().key(CLUSTER_TAG).value(cluster).build());
        }
        // Empty for the pool itself, so that reading the pool already fails if the role does not allow tags.
        tags.add(Tag.builder()
                .key(NAMESPACE_TAG)
                .value(Objects.requireNonNullElse(access.namespace(), ""))
                .build());
        return AssumeRoleRequest.builder()
                .roleArn(role)
                .externalId(access.externalId())
                .roleSessionName(sessionName(access.namespace()))
                .durationSeconds((int) SESSION_DURATION.toSeconds())
                .tags(tags)
                .build();
    }

    /** Shown in CloudTrail. A long namespace is cut here; the tag has all of it. */
    private static String sessionName(@Nullable String namespace) {
        String name = namespace == null ? SESSION_NAME : SESSION_NAME + "@" + namespace;
        return name.length() > LONGEST_SESSION_NAME ? name.substring(0, LONGEST_SESSION_NAME) : name;
    }
}
