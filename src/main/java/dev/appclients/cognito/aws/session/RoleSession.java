package dev.appclients.cognito.aws.session;

import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.model.PoolAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * One session of a role. It is renewed five minutes before it expires. If the renewal fails with a transient error, the session is used
 * until a minute before it expires. A failure is cached for five seconds, so that a thousand waiting calls cost one AssumeRole.
 */
final class RoleSession {

    private static final Duration RENEW_BEFORE = Duration.ofMinutes(5);
    private static final Duration UNUSABLE_BEFORE = Duration.ofMinutes(1);
    private static final Duration FAILURE_HOLDS = Duration.ofSeconds(5);
    private static final Duration RENEWED_ON_DENIAL_AFTER = Duration.ofMinutes(1);

    private final Assume assume;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Issued issued;
    private Instant issuedAt = Instant.EPOCH;
    private @Nullable CachedFailure lastFailure;

    RoleSession(Assume assume, InstantSource clock) {
        this.assume = assume;
        this.clock = clock;
    }

    /** Valid credentials; throws {@link AwsCallException} if the role cannot be assumed. */
    AwsCredentials credentials(PoolAccess access) {
        lockInterruptibly();
        try {
            Instant now = clock.instant();
            Issued current = issued;
            // The age of a session that was issued in the future is unknown: the clock has been set back.
            if (current != null
                    && !issuedAt.isAfter(now)
                    && now.isBefore(current.expires().minus(RENEW_BEFORE))) {
                return current.credentials();
            }
            return renewed(access, now);
        } finally {
            lock.unlock();
        }
    }

    /** AWS rejected these credentials: the next caller gets new ones, unless another rejection has led to newer ones already. */
    void invalidate(AwsCredentials rejected) {
        lock.lock();
        try {
            if (issued != null && issued.credentials().equals(rejected)) {
                issued = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A call was denied. The role's sessions may have been revoked, so an older session is renewed. A session of less than a minute is
     * kept: a new one would be denied too.
     */
    void recordDenial() {
        lock.lock();
        try {
            if (!clock.instant().isBefore(issuedAt.plus(RENEWED_ON_DENIAL_AFTER))) {
                issued = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private AwsCredentials renewed(PoolAccess access, Instant now) {
        try {
            if (lastFailure != null && lastFailure.holds(now)) {
                throw lastFailure.failure();
            }
            Issued fresh = assume.role(access);
            issued = fresh;
            issuedAt = now;
            lastFailure = null;
            return fresh.credentials();
        } catch (AwsCallException e) {
            if (lastFailure == null || lastFailure.failure() != e) {
                // From its end on: those that waited for this call meanwhile get its failure too, however long it took.
                lastFailure = new CachedFailure(e, clock.instant());
            }
            Issued current = issued;
            if (current != null
                    && !e.failure().kind().needsHuman()
                    && now.isBefore(current.expires().minus(UNUSABLE_BEFORE))) {
                return current.credentials();
            }
            throw e;
        }
    }

    private void lockInterruptibly() {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallCancelled(Operation.ASSUME_ROLE.apiName());
        }
    }

    /** One AssumeRole. */
    @FunctionalInterface
    interface Assume {
        /** Assumes the role; throws {@link AwsCallException} if STS refuses or does not answer. */
        Issued role(PoolAccess access);
    }

    /** The credentials of a session and their expiry. */
    record Issued(AwsCredentials credentials, Instant expires) {}

    private record CachedFailure(AwsCallException failure, Instant since) {

        boolean holds(Instant now) {
            return !now.isBefore(since) && now.isBefore(since.plus(FAILURE_HOLDS));
        }
    }
}
