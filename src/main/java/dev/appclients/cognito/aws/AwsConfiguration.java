package dev.appclients.cognito.aws;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of calls to AWS.
 *
 * @param callTimeout the bound of one call, connecting included; well under the leader's lease, so that a call ends before another
 *     leader starts
 * @param connectTimeout the bound of connecting; under {@code callTimeout}, so that a call that was never sent is known as such
 * @param maxConcurrentCalls how many calls may be in flight at once; at least 1
 * @param quotas the request quotas
 * @param cluster the name of the Kubernetes cluster, for the session tag of assumed roles; null for no tag
 * @param endpoint the endpoint of all services; null for the endpoint of AWS or of {@code AWS_ENDPOINT_URL}
 */
public record AwsConfiguration(
        Duration callTimeout,
        Duration connectTimeout,
        int maxConcurrentCalls,
        Quotas quotas,
        @Nullable String cluster,
        @Nullable URI endpoint) {

    /** For a leader's lease of fifteen seconds. */
    public static final AwsConfiguration DEFAULT =
            new AwsConfiguration(Duration.ofSeconds(8), Duration.ofSeconds(3), 64, Quotas.DEFAULT, null, null);

    /** @throws IllegalArgumentException if a value is out of its bounds */
    public AwsConfiguration {
        if (!callTimeout.isPositive() || !connectTimeout.isPositive() || connectTimeout.compareTo(callTimeout) >= 0) {
            throw new IllegalArgumentException("the connect timeout (" + connectTimeout
                    + ") must be positive and less than the call timeout (" + callTimeout + ")");
        }
        if (maxConcurrentCalls < 1) {
            throw new IllegalArgumentException("the number of concurrent calls must be at least 1");
        }
    }

    /** A copy with other quotas. */
    public AwsConfiguration withQuotas(Quotas other) {
        return new AwsConfiguration(callTimeout, connectTimeout, maxConcurrentCalls, other, cluster, endpoint);
    }

    /** A copy with another endpoint. */
    public AwsConfiguration withEndpoint(@Nullable URI other) {
        return new AwsConfiguration(callTimeout, connectTimeout, maxConcurrentCalls, quotas, cluster, other);
    }

    /** A copy with another cluster name. */
    public AwsConfiguration withCluster(@Nullable String other) {
        return new AwsConfiguration(callTimeout, connectTimeout, maxConcurrentCalls, quotas, other, endpoint);
    }

    /** A copy with other timeouts. */
    public AwsConfiguration withCallTimeout(Duration call, Duration connect) {
        return new AwsConfiguration(call, connect, maxConcurrentCalls, quotas, cluster, endpoint);
    }
}
