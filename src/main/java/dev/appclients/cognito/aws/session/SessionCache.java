package dev.appclients.cognito.aws.session;

import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.model.PoolAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Caches the credentials that sign calls: the operator's own, or those of one session per role, external id and namespace. A session
 * is dropped after an hour without use, when its credentials have expired. Each session in use costs one AssumeRole an hour and about
 * two kilobytes of heap, most of them for the session token.
 */
public final class SessionCache {

    /** The lifetime of its credentials: after it, an idle session is worthless. */
    private static final Duration IDLE_LIMIT = AssumeRoleSessions.SESSION_DURATION;

    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

    private final BackoffCredentials identity;
    private final RoleSession.Assume assume;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Used> sessions = new HashMap<>();
    private Instant sweptAt = Instant.EPOCH;

    public SessionCache(BackoffCredentials identity, RoleSession.Assume assume, InstantSource clock) {
        this.identity = identity;
        this.assume = assume;
        this.clock = clock;
    }

    /**
     * Credentials that are valid for at least a minute.
     *
     * @throws AwsCallException if the operator has no credentials of its own, or the role cannot be assumed
     */
    public AwsCredentials credentials(PoolAccess access, Operation operation) {
        if (access.roleArn() != null) {
            return session(access, access.roleArn()).credentials(access);
        }
        return identity.resolveFor(operation);
    }

    /** AWS rejected these credentials: the next call gets newer ones. */
    public void invalidate(PoolAccess access, AwsCredentials rejected) {
        if (access.roleArn() != null) {
            session(access, access.roleArn()).invalidate(rejected);
        }
    }

    /** AWS denied a call: the next call gets a new session if this one is old enough to have been revoked. */
    public void recordDenial(PoolAccess access) {
        if (access.roleArn() != null) {
            session(access, access.roleArn()).recordDenial();
        }
    }

    private RoleSession session(PoolAccess access, String roleArn) {
        Key key = new Key(roleArn, access.externalId(), access.namespace());
        lock.lock();
        try {
            Instant now = clock.instant();
            sweep(now);
            Used used = sessions.computeIfAbsent(key, unknown -> new Used(new RoleSession(assume, clock)));
            used.lastUse = now;
            return used.session;
        } finally {
            lock.unlock();
        }
    }

    private void sweep(Instant now) {
        if (!now.isBefore(sweptAt) && now.isBefore(sweptAt.plus(SWEEP_INTERVAL))) {
            return;
        }
        sweptAt = now;
        // A use in the future was recorded before the clock was set back.
        sessions.values().stream().filter(used -> used.lastUse.isAfter(now)).forEach(used -> used.lastUse = now);
        sessions.values().removeIf(used -> used.lastUse.plus(IDLE_LIMIT).isBefore(now));
    }

    /** The number of cached sessions. */
    int size() {
        lock.lock();
        try {
            return sessions.size();
        } finally {
            lock.unlock();
        }
    }

    /** Guarded by the lock, except for the session's own state. */
    private static final class Used {

        private final RoleSession session;
        private Instant lastUse = Instant.EPOCH;

        Used(RoleSession session) {
            this.session = session;
        }
    }

    private record Key(
            String roleArn,
            @Nullable String externalId,
            @Nullable String namespace) {}
}
