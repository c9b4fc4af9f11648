package dev.appclients.cognito.failure;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The kinds of failure of an AWS call. Each kind says whether the call may have taken effect, whether a user must act, and when to
 * retry.
 */
public enum FailureKind {
    /** TooManyRequestsException and similar errors: AWS refused the call, and the operator lowers its call rate. */
    THROTTLED(Effect.NONE, false, Pace.SOON),
    /** ConcurrentModificationException: another update of this pool is in progress. */
    CONFLICT(Effect.NONE, false, Pace.SOON),
    /** 5xx: Cognito failed; the call may have taken effect. */
    SERVICE_FAULT(Effect.UNKNOWN, false, Pace.SOON),
    /** No connection: unknown host or refused connection. The request was not sent. */
    NOT_SENT(Effect.NONE, false, Pace.SOON),
    /** No answer: a timeout or a broken connection; the call may have taken effect. */
    UNREACHABLE(Effect.UNKNOWN, false, Pace.SOON),
    /** AWS credentials are missing, expired or rejected. */
    CREDENTIALS(Effect.NONE, false, Pace.SOON),
    /** IAM denies the action. It never means that the client is gone. */
    ACCESS_DENIED(Effect.NONE, true, Pace.MINUTES),
    /** STS does not let the operator assume the pool's role. */
    ROLE_DENIED(Effect.NONE, true, Pace.MINUTES),
    /** The session tags of the operator's identity and of the operator together exceed the limit of STS. */
    SESSION_TAGS_TOO_LARGE(Effect.NONE, true, Pace.MINUTES),
    /** The app client does not exist. */
    CLIENT_NOT_FOUND(Effect.NONE, false, Pace.SOON),
    /** The user pool does not exist in this account and Region. */
    POOL_NOT_FOUND(Effect.NONE, true, Pace.MINUTES),
    /** A scope or an identity provider does not exist; it may be created later. */
    DEPENDENCY_MISSING(Effect.NONE, true, Pace.MINUTES),
    /** Cognito refuses these settings; the user must change the manifest. */
    INVALID_SETTINGS(Effect.NONE, true, Pace.HOURLY),
    /** The pool's tier does not have this feature. */
    TIER_TOO_LOW(Effect.NONE, true, Pace.HOURLY),
    /** The pool has as many clients as its quota allows; retried when one is deleted. */
    LIMIT_EXCEEDED(Effect.NONE, true, Pace.HOURLY),
    /** The client has two secrets, as many as Cognito allows. */
    SECRET_LIMIT(Effect.NONE, true, Pace.MINUTES),
    /** Cognito refuses to add a secret: it refuses the supplied value, or this client cannot get a secret. */
    SECRET_NOT_ADDED(Effect.NONE, true, Pace.MINUTES),
    /** The secret to delete does not exist. */
    SECRET_NOT_FOUND(Effect.NONE, false, Pace.SOON),
    /** The secret to delete is the only one of its client. */
    LAST_SECRET(Effect.NONE, true, Pace.MINUTES),
    /** OperationNotEnabledException: a wrong Region, or a replica. */
    NOT_ENABLED(Effect.NONE, true, Pace.HOURLY),
    /** An error that this version does not know. */
    UNKNOWN_REFUSAL(Effect.NONE, true, Pace.MINUTES);

    private final Effect effect;
    private final boolean needsHuman;
    private final Pace pace;

    FailureKind(Effect effect, boolean needsHuman, Pace pace) {
        this.effect = effect;
        this.needsHuman = needsHuman;
        this.pace = pace;
    }

    /** Whether the call may have taken effect although it failed. */
    public boolean mayHaveTakenEffect() {
        return effect == Effect.UNKNOWN;
    }

    /** Whether a user must act. The operator retries nevertheless. */
    public boolean needsHuman() {
        return needsHuman;
    }

    /** When to retry. */
    public Pace pace() {
        return pace;
    }

    private enum Effect {
        NONE,
        UNKNOWN
    }

    /** The back-off between attempts: the first delay and the longest one. */
    public enum Pace {
        /** Transient errors: 1 s to 45 s, so that each object is retried within a minute. */
        SOON(Duration.ofSeconds(1), Duration.ofSeconds(45)),
        /** Errors that need a change outside the manifest: 15 s to 5 min. */
        MINUTES(Duration.ofSeconds(15), Duration.ofMinutes(5)),
        /** Errors that need a change: hourly, in case the operator cannot see the change. */
        HOURLY(Duration.ofHours(1), Duration.ofHours(1));

        private final Duration first;
        private final Duration bound;

        Pace(Duration first, Duration bound) {
            this.first = first;
            this.bound = bound;
        }

        /** The longest delay before the first further attempt. */
        public Duration first() {
            return first;
        }

        /** The longest delay between two attempts. */
        public Duration bound() {
            return bound;
        }

        /**
         * The delay before the next attempt: full jitter up to a limit that doubles with each failure.
         *
         * @param failures in a row, at least 1
         */
        public Duration delay(int failures, RandomGenerator random) {
            int doublings = Math.min(failures - 1, 20);
            long limit = Math.min(first.toMillis() << doublings, bound.toMillis());
            return Duration.ofMillis(1 + random.nextLong(limit));
        }
    }
}
