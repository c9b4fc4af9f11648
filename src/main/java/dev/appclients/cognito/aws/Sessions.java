package dev.appclients.cognito.aws;

import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.model.PoolAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Whose credentials sign a call: the operator's own, or those of one session per role, external id and namespace. A session
 * is kept until nothing has used it for an hour, when its credentials have expired. So each pair that is in use costs one
 * AssumeRole an hour, however many there are, and some two kilobytes of heap, most of it the session token.
 */
final class Sessions {

    /** As long as credentials live: what is idle for so long has nothing left to keep. */
    private static final Duration FORGOTTEN_AFTER = StsSessions.SESSION;

    private static final Duration SWEPT_EVERY = Duration.ofMinutes(1);

    private final AwsCredentialsProvider identity;
    private final RoleSession.Assume assume;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Used> sessions = new HashMap<>();
    private Instant sweptAt = Instant.EPOCH;

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
            Instant now = clock.instant();
            sweep(now);
            Used used = sessions.computeIfAbsent(key, unknown -> new Used(new RoleSession(assume, clock)));
            used.at = now;
            return used.session;
        } finally {
            lock.unlock();
        }
    }

    private void sweep(Instant now) {
        if (!now.isBefore(sweptAt) && now.isBefore(sweptAt.plus(SWEPT_EVERY))) {
            return;
        }
        sweptAt = now;
        // What was used in the future was used before the clock was set back.
        sessions.values().stream().filter(used -> used.at.isAfter(now)).forEach(used -> used.at = now);
        sessions.values().removeIf(used -> used.at.plus(FORGOTTEN_AFTER).isBefore(now));
    }

    /** How many sessions are held. */
    int size() {
        lock.lock();
        try {
            return sessions.size();
        } finally {
            lock.unlock();
        }
    }

    /** Guarded by the lock, but for what the session guards itself. */
    private static final class Used {

        private final RoleSession session;
        private Instant at = Instant.EPOCH;

        Used(RoleSession session) {
            this.session = session;
        }
    }

    private record Key(
            String roleArn,
            @Nullable String externalId,
            @Nullable String namespace) {}
}
