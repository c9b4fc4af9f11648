package dev.appclients.cognito.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The operator's own identity. The SDK asks STS, or the agent on the node, anew whenever it has no credentials; when they have
 * failed again and again, they are asked once in some seconds, and a thousand clients share the answer.
 */
final class PatientIdentity implements AwsCredentialsProvider, SdkAutoCloseable {

    private static final Duration FAILURE_HOLDS = Duration.ofSeconds(5);

    private final AwsCredentialsProvider identity;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private int failuresInARow;
    private @Nullable SdkException lastFailure;
    private Instant failedAt = Instant.MIN;

    PatientIdentity(AwsCredentialsProvider identity, InstantSource clock) {
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        SdkException known = lastFailure();
        if (known != null) {
            throw known;
        }
        try {
            AwsCredentials credentials = ask();
            succeeded();
            return credentials;
        } catch (SdkException e) {
            failed(e);
            throw e;
        }
    }

    /** Once the SDK's chain has settled on a place, it lets through whatever that throws, such as a token file that is gone. */
    private AwsCredentials ask() {
        try {
            return identity.resolveCredentials();
        } catch (SdkException e) {
            throw e;
        } catch (RuntimeException e) {
            throw SdkClientException.create("Failed to read credentials: " + e.getMessage(), e);
        }
    }

    /** The failure that still holds, if there is one; the first who asks after it has expired finds out for the others. */
    private @Nullable SdkException lastFailure() {
        lock.lock();
        try {
            Instant now = clock.instant();
            boolean holds = failuresInARow >= Outage.SUSPICIOUS
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

    private void succeeded() {
        lock.lock();
        try {
            failuresInARow = 0;
            lastFailure = null;
        } finally {
            lock.unlock();
        }
    }

    private void failed(SdkException e) {
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
        if (identity instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
