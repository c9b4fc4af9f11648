package dev.appclients.cognito.aws;

import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.model.PoolAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * One session of a role. It is renewed some minutes before it expires; when that fails for a passing reason, it serves on as
 * long as it lives. A refusal is remembered for some seconds, so that a thousand waiters do not each ask a role that says no.
 */
final class RoleSession {

    private static final Duration RENEW_BEFORE = Duration.ofMinutes(5);
    private static final Duration UNUSABLE_BEFORE = Duration.ofMinutes(1);
    private static final Duration REFUSAL_HOLDS = Duration.ofSeconds(5);
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Assume assume;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Issued issued;
    private Instant issuedAt = Instant.EPOCH;
    private @Nullable Refusal refusal;

    RoleSession(Assume assume, InstantSource clock) {
        this.assume = assume;
        this.clock = clock;
    }

    /** Credentials with some minutes to live at least; {@link FailedCall} if the role cannot be assumed. */
    AwsCredentials credentials(PoolAccess access) {
        lockOrGiveUp();
        try {
            Instant now = clock.instant();
            Issued current = issued;
            // One that was issued in the future was dated by a clock that has been set back: its age is not known.
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

    /** The credentials are of no use any more. */
    void forget() {
        lock.lock();
        try {
            issued = null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A call was denied. That may be because the sessions of the role were revoked up to some moment, which only a new one ends;
     * a session that is young is no better when it is newer.
     */
    void doubt() {
        lock.lock();
        try {
            if (!clock.instant().isBefore(issuedAt.plus(YOUNG))) {
                issued = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private AwsCredentials renewed(PoolAccess access, Instant now) {
        try {
            if (refusal != null && refusal.holds(now)) {
                throw refusal.failure();
            }
            Issued fresh = assume.role(access);
            issued = fresh;
            issuedAt = now;
            refusal = null;
            return fresh.credentials();
        } catch (FailedCall e) {
            if (refusal == null || refusal.failure() != e) {
                refusal = new Refusal(e, now);
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

    private void lockOrGiveUp() {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallNoLongerWanted(Operation.ASSUME_ROLE.apiName());
        }
    }

    /** Asks STS, once. */
    @FunctionalInterface
    interface Assume {
        /** Credentials of a new session; {@link FailedCall} if STS says no, or does not answer. */
        Issued role(PoolAccess access);
    }

    /** Credentials, and until when they are good. */
    record Issued(AwsCredentials credentials, Instant expires) {}

    private record Refusal(FailedCall failure, Instant since) {

        boolean holds(Instant now) {
            return !now.isBefore(since) && now.isBefore(since.plus(REFUSAL_HOLDS));
        }
    }
}
