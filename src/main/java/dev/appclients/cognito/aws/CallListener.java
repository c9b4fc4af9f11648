package dev.appclients.cognito.aws;

import dev.appclients.cognito.failure.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Receives each call to AWS after it has ended, on the calling thread: must be quick, and must not throw. */
@FunctionalInterface
public interface CallListener {

    /** Ignores all calls. */
    CallListener NONE = call -> {};

    /** A call has ended, or was not made because its credentials could not be had. */
    void callEnded(Call call);

    /**
     * One call.
     *
     * @param operation the API operation
     * @param region the Region of the endpoint
     * @param failure null for success
     * @param waited the wait for the budget, for credentials and for a connection
     * @param took the duration of the attempt, connecting included; about zero for a call that was not made
     */
    record Call(String operation, String region, @Nullable FailureKind failure, Duration waited, Duration took) {}
}
