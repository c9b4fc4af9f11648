package dev.appclients.cognito.aws.call;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.aws.budget.Budget;
import dev.appclients.cognito.failure.AwsCallException;
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
 * Makes calls. Each waits for the budget, resolves credentials, waits for a connection, checks that it is still wanted, makes one
 * attempt, and reports its outcome.
 */
public final class Calls {

    private final Budget budget;
    private final int maxConcurrentCalls;
    private final Semaphore connections;
    private final CallListener listener;
    private final LongSupplier nanoTime;

    public Calls(Budget budget, int maxConcurrentCalls, CallListener listener, LongSupplier nanoTime) {
        this.budget = budget;
        this.maxConcurrentCalls = maxConcurrentCalls;
        this.connections = new Semaphore(maxConcurrentCalls, true);
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    /**
     * One call.
     *
     * @param account the account whose quotas the call counts against
     * @param credentials resolved after the wait for the budget; may call STS
     * @param stillWanted checked after all waiting
     */
    public record Request(
            Operation operation,
            String account,
            PoolAccess access,
            Priority priority,
            Supplier<AwsCredentials> credentials,
            BooleanSupplier stillWanted) {}

    /**
     * Resolves the credentials of a call. Reports a call without credentials to the listener: otherwise the metrics would not show a
     * broken identity.
     *
     * @throws AwsCallException if there are none
     */
    public AwsCredentials credentials(Request request) {
        try {
            return request.credentials().get();
        } catch (AwsCallException failed) {
            if (failed.failure().kind() == FailureKind.CREDENTIALS) {
                long now = nanoTime.getAsLong();
                notifyListener(request, FailureKind.CREDENTIALS, now, now);
            }
            throw failed;
        }
    }

    /**
     * Waits, and makes one call.
     *
     * @param attempt makes the call, once
     * @param mapper maps an exception of the SDK to its failure
     * @throws AwsCallException if the call fails, or its answer is incomplete
     */
    public <R> R make(Request request, Attempt<R> attempt, Function<SdkException, Failure> mapper) {
        long requested = nanoTime.getAsLong();
        try (Budget.Permit permit = budget.acquire(
                request.account(),
                request.access().pool(),
                request.operation(),
                request.priority(),
                namespace(request.access()))) {
            AwsCredentialsProvider signer = prepare(request, permit);
            permit.callStarted();
            long started = nanoTime.getAsLong();
            // Holds until an answer or an exception says more: the effect of the call is unknown.
            FailureKind outcome = FailureKind.UNREACHABLE;
            try {
                R result = attempt.call(signer);
                permit.recordAnswer();
                outcome = null;
                return result;
            } catch (SdkException | UncheckedIOException e) {
                Failure failure = recordFailure(permit, asSdkException(e), mapper);
                outcome = failure.kind();
                throw new AwsCallException(failure);
            } catch (RuntimeException | Error defect) {
                permit.recordFailure(FailureKind.UNREACHABLE);
                throw defect;
            } finally {
                connections.release();
                notifyListener(request, outcome, requested, started);
            }
        }
    }

    /** Maps an I/O error while the answer is read to the exception that the SDK throws for its own transport errors. */
    private static SdkException asSdkException(RuntimeException e) {
        return e instanceof SdkException known ? known : FailureMapper.unreadableAnswer(e);
    }

    private static Failure recordFailure(Budget.Permit permit, SdkException e, Function<SdkException, Failure> mapper) {
        Failure failure = mapper.apply(e);
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt();
            return failure;
        }
        switch (failure.kind()) {
            case THROTTLED -> permit.recordThrottle(FailureMapper.retryAfter(e));
            case SERVICE_FAULT, NOT_SENT, UNREACHABLE -> permit.recordFailure(failure.kind());
            default -> permit.recordAnswer();
        }
        return failure;
    }

    /** Prepares the call. A failure cancels the permit, because no call was made. */
    private AwsCredentialsProvider prepare(Request request, Budget.Permit permit) {
        boolean ready = false;
        try {
            AwsCredentials credentials = credentials(request);
            awaitConnection(request.operation());
            try {
                if (!request.stillWanted().getAsBoolean()) {
                    throw new CallCancelled(request.operation().apiName());
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
                permit.cancel();
            }
        }
    }

    /** Inside the SDK, a call that waits for a connection could time out before it is sent, with an unknown effect. */
    private void awaitConnection(Operation operation) {
        try {
            connections.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallCancelled(operation.apiName());
        }
    }

    /** Waits until no call is in flight. */
    public void awaitIdle(Duration atMost) {
        try {
            if (!connections.tryAcquire(maxConcurrentCalls, atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
            connections.release(maxConcurrentCalls);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void notifyListener(Request request, @Nullable FailureKind failure, long requested, long started) {
        listener.callEnded(new CallListener.Call(
                request.operation().apiName(),
                request.access().pool().region(),
                failure,
                Duration.ofNanos(started - requested),
                Duration.ofNanos(nanoTime.getAsLong() - started)));
    }

    /** Calls for the pool itself take turns as one more namespace. */
    private static String namespace(PoolAccess access) {
        return access.namespace() == null ? "" : access.namespace();
    }

    /** One attempt at one call. */
    @FunctionalInterface
    public interface Attempt<R> {
        /** Makes the call; throws {@link SdkException} if it fails. */
        R call(AwsCredentialsProvider signer);
    }
}
