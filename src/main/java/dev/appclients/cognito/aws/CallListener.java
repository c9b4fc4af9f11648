package dev.appclients.cognito.aws;

import dev.appclients.cognito.failure.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hears of every call to AWS when it has ended. Called on the calling thread: must be quick, and must not throw. */
@FunctionalInterface
public interface CallListener {

    /** Nobody listens. */
    CallListener NONE = call -> {};

    /** A call has ended. */
    void ended(Call call);

    /**
     * One call.
     *
     * @param operation the API operation
     * @param region the Region that was called
     * @param failure null for success
     * @param waited how long it waited for the budget
     * @param took how long the one attempt took, connecting included
     */
    record Call(String operation, String region, @Nullable FailureKind failure, Duration waited, Duration took) {}
}
