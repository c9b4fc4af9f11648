package dev.appclients.cognito.aws;

import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.model.PoolAccess;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Whose credentials sign a call: the operator's own, or those of one session per role, external id and namespace. Holds the
 * sessions used last, up to a bound.
 */
final class Sessions {

    private static final int MOST_SESSIONS = 1000;

    private final AwsCredentialsProvider identity;
    private final RoleSession.Assume assume;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, RoleSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

    Sessions(AwsCredentialsProvider identity, RoleSession.Assume assume, InstantSource clock) {
        this.identity = identity;
        this.assume = assume;
        this.clock = clock;
    }

    /**
     * Credentials that are valid for some minutes at least.
     *
     * @throws FailedCall if there are none: without own credentials, or when the role cannot be assumed
     */
    AwsCredentials credentials(PoolAccess access, Operation operation) {
        if (access.roleArn() != null) {
            return session(access, access.roleArn()).credentials(access);
        }
        try {
            return identity.resolveCredentials();
        } catch (SdkException e) {
            throw new FailedCall(Failures.noCredentials(operation, e));
        }
    }

    /** AWS did not accept them: the next call gets new ones. */
    void forget(PoolAccess access) {
        if (access.roleArn() != null) {
            session(access, access.roleArn()).forget();
        }
    }

    /** AWS denied a call: a later one is made with a session that is new. */
    void doubt(PoolAccess access) {
        if (access.roleArn() != null) {
            session(access, access.roleArn()).doubt();
        }
    }

    private RoleSession session(PoolAccess access, String roleArn) {
        Key key = new Key(roleArn, access.externalId(), access.namespace());
        lock.lock();
        try {
            RoleSession session = sessions.computeIfAbsent(key, unknown -> new RoleSession(assume, clock));
            if (sessions.size() > MOST_SESSIONS) {
                sessions.remove(sessions.keySet().iterator().next());
            }
            return session;
        } finally {
            lock.unlock();
        }
    }

    private record Key(
            String roleArn,
            @Nullable String externalId,
            @Nullable String namespace) {}
}
