package dev.appclients.cognito.aws.cognito;

import dev.appclients.cognito.aws.call.FailureMapper;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolAccess;
import java.util.function.Supplier;

/** Reads the pool if "not found" does not say whether an app client or its pool is missing. */
final class NotFoundCheck {

    private final PoolFactsReader facts;

    NotFoundCheck(PoolFactsReader facts) {
        this.facts = facts;
    }

    /** Makes a call for an app client. Its "not found" is CLIENT_NOT_FOUND only if the pool exists. */
    <R> R disambiguating(PoolAccess access, Supplier<R> call) {
        try {
            return call.get();
        } catch (AwsCallException e) {
            if (!FailureMapper.isAmbiguous(e.failure())) {
                throw e;
            }
            throw new AwsCallException(disambiguated(access, e.failure()));
        }
    }

    private Failure disambiguated(PoolAccess access, Failure notFound) {
        try {
            facts.describe(access);
            return notFound;
        } catch (AwsCallException e) {
            return undecided(notFound, "Whether the client or its pool does not exist", e.failure());
        }
    }

    /**
     * The failure of a call whose refusal stays ambiguous, because a read failed.
     *
     * @param question the subject of the sentence, such as {@code Whether the secret exists}
     */
    static Failure undecided(Failure refusal, String question, Failure failedRead) {
        FailureKind kind = failedRead.kind();
        boolean decided = kind == FailureKind.POOL_NOT_FOUND || kind == FailureKind.CLIENT_NOT_FOUND;
        return new Failure(
                kind,
                refusal.operation(),
                decided
                        ? failedRead.message()
                        : refusal.message() + " " + question + " is unknown, because " + failedRead.operation()
                                + " failed: " + failedRead.message());
    }
}
