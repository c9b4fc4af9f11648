package dev.appclients.cognito.failure;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Everything that an AWS call can come to, other than success. Each kind says whether the call may have taken effect,
 * whether a human must act, and how soon another attempt makes sense (knowledge: the Cognito API's exceptions).
 */
public enum FailureKind {
    /** TooManyRequestsException and the like: refused, nothing happened. The budget slows down by itself. */
    THROTTLED(Effect.NONE, false, Pace.SOON),
    /** ConcurrentModificationException: another update of this pool is under way. */
    CONFLICT(Effect.NONE, false, Pace.SOON),
    /** 5xx: the service failed; the call may have taken effect. */
    SERVICE_FAULT(Effect.UNKNOWN, false, Pace.SOON),
    /** The service could not be reached: unknown host, refused connection. The request never left, nothing happened. */
    NOT_SENT(Effect.NONE, false, Pace.SOON),
    /** No answer: a time-out or a broken connection; the call may have taken effect. */
    UNREACHABLE(Effect.UNKNOWN, false, Pace.SOON),
    /** Credentials missing, expired, or not accepted by AWS. */
    CREDENTIALS(Effect.NONE, false, Pace.SOON),
    /** IAM says no. Never read as "gone". */
    ACCESS_DENIED(Effect.NONE, true, Pace.MINUTES),
    /** The role of the pool cannot be assumed. */
    ROLE_DENIED(Effect.NONE, true, Pace.MINUTES),
    /** The session tags of the operator's identity and of the operator together exceed the room that STS has for them. */
    SESSION_TAGS_TOO_LARGE(Effect.NONE, true, Pace.MINUTES),
    /** The app client does not exist. */
    CLIENT_NOT_FOUND(Effect.NONE, false, Pace.SOON),
    /** The user pool does not exist in this account and Region. */
    POOL_NOT_FOUND(Effect.NONE, true, Pace.MINUTES),
    /** A scope or an identity provider does not exist yet; it may appear. */
    DEPENDENCY_MISSING(Effect.NONE, true, Pace.MINUTES),
    /** Cognito refuses these settings; only another spec helps. */
    INVALID_SETTINGS(Effect.NONE, true, Pace.HOURLY),
    /** The pool's tier does not have this feature. */
    TIER_TOO_LOW(Effect.NONE, true, Pace.HOURLY),
    /** The pool holds as many clients as it may; asked again when one goes. */
    LIMIT_EXCEEDED(Effect.NONE, true, Pace.HOURLY),
    /** OperationNotEnabledException: a wrong Region, or a replica. */
    NOT_ENABLED(Effect.NONE, true, Pace.HOURLY),
    /** A refusal that this version does not know. */
    UNKNOWN_REFUSAL(Effect.NONE, true, Pace.MINUTES);

    private final Effect effect;
    private final boolean needsHuman;
    private final Pace pace;

    FailureKind(Effect effect, boolean needsHuman, Pace pace) {
        this.effect = effect;
        this.needsHuman = needsHuman;
        this.pace = pace;
    }

    /** Whether the call may have changed something although it failed. */
    public boolean mayHaveTakenEffect() {
        return effect == Effect.UNKNOWN;
    }

    /** Whether only a human can end it; retrying goes on nevertheless, slowly. */
    public boolean needsHuman() {
        return needsHuman;
    }

    /** How soon another attempt makes sense. */
    public Pace pace() {
        return pace;
    }

    private enum Effect {
        NONE,
        UNKNOWN
    }

    /** How soon another attempt makes sense: the first delay and the bound of the back-off between attempts. */
    public enum Pace {
        /** Passing trouble: from one second, up to three quarters of a minute, so that all come back within the minute. */
        SOON(Duration.ofSeconds(1), Duration.ofSeconds(45)),
        /** Something must be put right outside: from fifteen seconds, up to five minutes. */
        MINUTES(Duration.ofSeconds(15), Duration.ofMinutes(5)),
        /** Only a change helps; asked once an hour nevertheless, in case it is one that nobody here can see. */
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
         * How long to wait before the next attempt: anything above zero, up to a limit that doubles with each failure (full jitter).
         *
         * @param failures how often the attempt failed in a row, at least 1
         * @param random draws the delay, so that objects that fail together do not come back together
         */
        public Duration delay(int failures, RandomGenerator random) {
            int doublings = Math.min(failures - 1, 20);
            long limit = Math.min(first.toMillis() << doublings, bound.toMillis());
            return Duration.ofMillis(1 + random.nextLong(limit));
        }
    }
}
