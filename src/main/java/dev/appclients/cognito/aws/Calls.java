package dev.appclients.cognito.aws;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolAccess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes one call: waits for the budget, gets credentials, waits for a free connection, asks whether the call is still wanted,
 * makes one attempt, and says how it ended.
 */
final class Calls {

    private final Budget budget;
    private final int maxConcurrentCalls;
    private final Semaphore connections;
    private final CallListener listener;
    private final LongSupplier nanoTime;

    Calls(Budget budget, int maxConcurrentCalls, CallListener listener, LongSupplier nanoTime) {
        this.budget = budget;
        this.maxConcurrentCalls = maxConcurrentCalls;
        this.connections = new Semaphore(maxConcurrentCalls, true);
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    /**
     * What is called, and on whose behalf.
     *
     * @param account whose quotas it counts against
     * @param credentials asked for once the budget has been waited for; may call STS
     * @param stillWanted asked after all waiting
     */
    record Request(
            Operation operation,
            String account,
            PoolAccess access,
            Priority priority,
            Supplier<AwsCredentials> credentials,
            BooleanSupplier stillWanted) {}

    /**
     * Waits, and makes one call.
     *
     * @param attempt makes the call, once
     * @param meaning of an exception
     * @throws FailedCall if the call fails, or its answer breaks off
     */
    <R> R make(Request request, Attempt<R> attempt, Function<SdkException, Failure> meaning) {
        long asked = nanoTime.getAsLong();
        try (Budget.Permit permit = budget.acquire(
                request.account(),
                request.access().pool(),
                request.operation(),
                request.priority(),
                namespace(request.access()))) {
            AwsCredentialsProvider signer = prepare(request, permit);
            permit.begun();
            long begun = nanoTime.getAsLong();
            // How the call ended as long as nothing else is known: an exception that is no answer leaves its effect
            // open.
            FailureKind end = FailureKind.UNREACHABLE;
            try {
                R result = attempt.call(signer);
                permit.answered();
                end = null;
                return result;
            } catch (SdkException | UncheckedIOException e) {
                Failure failure = failed(permit, asSdkException(e), meaning);
                end = failure.kind();
                throw new FailedCall(failure);
            } catch (RuntimeException | Error defect) {
                permit.failed(FailureKind.UNREACHABLE);
                throw defect;
            } finally {
                connections.release();
                ended(request, end, asked, begun);
            }
        }
    }

    /** What is thrown below the SDK while it reads an answer is a failure of the transport like those that the SDK reports. */
    private static SdkException asSdkException(RuntimeException e) {
        return e instanceof SdkException known ? known : Failures.brokenOff(e);
    }

    private static Failure failed(Budget.Permit permit, SdkException e, Function<SdkException, Failure> meaning) {
        Failure failure = meaning.apply(e);
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt();
        } else {
            tell(permit, failure.kind(), e);
        }
        return failure;
    }

    /** Those who wait for the same learn from how this call ended. */
    private static void tell(Budget.Permit permit, FailureKind kind, SdkException e) {
        switch (kind) {
            case THROTTLED -> permit.throttled(Failures.askedToWait(e));
            case SERVICE_FAULT, NOT_SENT, UNREACHABLE -> permit.failed(kind);
            default -> permit.answered();
        }
    }

    /** All that must be there before the call. What fails here gives the turn back, since nothing was called. */
    private AwsCredentialsProvider prepare(Request request, Budget.Permit permit) {
        boolean ready = false;
        try {
            AwsCredentials credentials = request.credentials().get();
            awaitConnection(request.operation());
            try {
                if (!request.stillWanted().getAsBoolean()) {
                    throw new CallNoLongerWanted(request.operation().apiName());
                }
                ready = true;
            } finally {
                if (!ready) {
                    connections.release();
                }
            }
            return StaticCredentialsProvider.create(credentials);
        } finally {
            if (!ready) {
                permit.unused();
            }
        }
    }

    /** A call that waits for a connection inside the SDK could time out without having been made, and leave doubt. */
    private void awaitConnection(Operation operation) {
        try {
            connections.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallNoLongerWanted(operation.apiName());
        }
    }

    /** Waits until nobody calls any more, but not for ever. */
    void awaitEnd(Duration atMost) {
        try {
            if (!connections.tryAcquire(maxConcurrentCalls, atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
            connections.release(maxConcurrentCalls);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ended(Request request, @Nullable FailureKind failure, long asked, long begun) {
        listener.ended(new CallListener.Call(
                request.operation().apiName(),
                request.access().pool().region(),
                failure,
                Duration.ofNanos(begun - asked),
                Duration.ofNanos(nanoTime.getAsLong() - begun)));
    }

    /** Calls that serve the pool itself take turns like a namespace of their own. */
    private static String namespace(PoolAccess access) {
        return access.namespace() == null ? "" : access.namespace();
    }

    /** One attempt at one call. */
    @FunctionalInterface
    interface Attempt<R> {
        /** Calls, once; throws {@link SdkException} when that does not succeed. */
        R call(AwsCredentialsProvider signer);
    }
}
