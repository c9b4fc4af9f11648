package dev.appclients.cognito.aws.session;

import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.aws.budget.CircuitBreaker;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Backs off when the operator's own credentials cannot be resolved. After five failures in a row, it resolves them once in five seconds,
 * and callers get the last failure meanwhile. Without it, each failing call would send a request to STS or to the node's agent.
 */
public final class BackoffCredentials implements AwsCredentialsProvider, SdkAutoCloseable {

    private static final Duration FAILURE_HOLDS = Duration.ofSeconds(5);

    private final AwsCredentialsProvider provider;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private int failuresInARow;
    private @Nullable SdkException lastFailure;
    private Instant failedAt = Instant.MIN;

    public BackoffCredentials(AwsCredentialsProvider provider, InstantSource clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /**
     * Resolves the operator's own credentials before a call. Within the call, missing credentials look like a broken connection.
     *
     * @throws AwsCallException of kind CREDENTIALS if there are none, whatever the cause
     */
    AwsCredentials resolveFor(Operation operation) {
        try {
            return resolveCredentials();
        } catch (SdkException e) {
            throw new AwsCallException(
                    new Failure(
                            FailureKind.CREDENTIALS,
                            operation.apiName(),
                            "the operator has no usable AWS credentials (" + e.getMessage()
                                    + "). Check the IAM role of its service account (IRSA or EKS Pod Identity), or its environment"));
        }
    }

    @Override
    public AwsCredentials resolveCredentials() {
        SdkException known = currentFailure();
        if (known != null) {
            throw known;
        }
        try {
            AwsCredentials credentials = provider.resolveCredentials();
            recordSuccess();
            return credentials;
        } catch (SdkException e) {
            recordFailure(e);
            throw e;
        }
    }

    /** The failure that still holds, or null. After it expires, one caller resolves again, and the others still get it. */
    private @Nullable SdkException currentFailure() {
        lock.lock();
        try {
            Instant now = clock.instant();
            boolean holds = failuresInARow >= CircuitBreaker.FAILURE_THRESHOLD
                    && !now.isBefore(failedAt)
                    && now.isBefore(failedAt.plus(FAILURE_HOLDS));
            if (!holds) {
                failedAt = now;
                return null;
            }
            return lastFailure;
        } finally {
            lock.unlock();
        }
    }

    private void recordSuccess() {
        lock.lock();
        try {
            failuresInARow = 0;
            lastFailure = null;
        } finally {
            lock.unlock();
        }
    }

    private void recordFailure(SdkException e) {
        lock.lock();
        try {
            failuresInARow++;
            lastFailure = e;
            failedAt = clock.instant();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        if (provider instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
