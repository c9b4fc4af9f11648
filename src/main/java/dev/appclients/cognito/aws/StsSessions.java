package dev.appclients.cognito.aws;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.model.PoolAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/** Assumes the roles of pools. The session says in its tags which cluster and namespace it serves, so that IAM can judge it. */
final class StsSessions implements RoleSession.Assume {

    /**
     * Not a key that EKS Pod Identity uses: those describe the operator's own pod, and cannot be given twice. Short, because
     * they go along into this session and leave about a quarter of the room that STS has for session tags.
     */
    static final String CLUSTER_TAG = "cco-cluster";

    static final String NAMESPACE_TAG = "cco-namespace";

    private static final String SESSION_NAME = "cognito-client-operator";
    private static final int LONGEST_SESSION_NAME = 64;
    /** The longest that STS gives a role which was assumed by another. */
    static final Duration SESSION = Duration.ofHours(1);

    private final Calls calls;
    private final SdkClients clients;
    private final AwsCredentialsProvider identity;
    private final String ownAccount;
    private final @Nullable String cluster;
    private final InstantSource clock;

    StsSessions(
            Calls calls,
            SdkClients clients,
            AwsCredentialsProvider identity,
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
        Instant asked = clock.instant();
        Credentials given = calls.make(
                        new Calls.Request(
                                Operation.ASSUME_ROLE, ownAccount, access, Priority.USER, this::own, () -> true),
                        signer -> sts.assumeRole(request),
                        e -> Failures.roleDenied(role, access.externalId() != null, e))
                .credentials();
        // Our clock may be wrong, and theirs rules: so never longer than what was asked for, from before the call.
        Instant atMost = asked.plus(SESSION);
        Instant expires = given.expiration().isBefore(atMost) ? given.expiration() : atMost;
        return new RoleSession.Issued(
                AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken()),
                expires);
    }

    /** Inside the call, missing credentials could not be told from a broken connection. */
    private AwsCredentials own() {
        try {
            return identity.resolveCredentials();
        } catch (SdkException e) {
            throw new FailedCall(Failures.noCredentials(Operation.ASSUME_ROLE, e));
        }
    }

    private AssumeRoleRequest request(PoolAccess access, String role) {
        List<Tag> tags = new ArrayList<>();
        if (cluster != null) {
            tags.add(Tag.builder().key(CLUSTER_TAG).value(cluster).build());
        }
        // Empty for the pool itself: so its own look already shows whether the role allows tags, and not its first
        // client.
        tags.add(Tag.builder()
                .key(NAMESPACE_TAG)
                .value(Objects.requireNonNullElse(access.namespace(), ""))
                .build());
        return AssumeRoleRequest.builder()
                .roleArn(role)
                .externalId(access.externalId())
                .roleSessionName(sessionName(access.namespace()))
                .durationSeconds((int) SESSION.toSeconds())
                .tags(tags)
                .build();
    }

    /** For the reader of CloudTrail; a long namespace is cut here, and whole in the tag. */
    private static String sessionName(@Nullable String namespace) {
        String name = namespace == null ? SESSION_NAME : SESSION_NAME + "@" + namespace;
        return name.length() > LONGEST_SESSION_NAME ? name.substring(0, LONGEST_SESSION_NAME) : name;
    }
}
