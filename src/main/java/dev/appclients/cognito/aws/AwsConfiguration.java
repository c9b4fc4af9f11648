package dev.appclients.cognito.aws;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How AWS is called.
 *
 * @param callTimeout how long one call may take, connection included; must stay well under the leader's lease, so that a call
 *     ends before another leader begins
 * @param connectTimeout how long it may take to connect: under {@code callTimeout}, so that a call which never left is known as such
 * @param maxConcurrentCalls the most calls under way at once: at least 1
 * @param quotas the request quotas to keep to
 * @param cluster the name of the Kubernetes cluster, a session tag of assumed roles; null for no such tag
 * @param endpoint where all calls go; null for AWS itself, or what {@code AWS_ENDPOINT_URL} says
 */
public record AwsConfiguration(
        Duration callTimeout,
        Duration connectTimeout,
        int maxConcurrentCalls,
        Quotas quotas,
        @Nullable String cluster,
        @Nullable URI endpoint) {

    /** What suits a leader's lease of fifteen seconds. */
    public static final AwsConfiguration DEFAULT =
            new AwsConfiguration(Duration.ofSeconds(8), Duration.ofSeconds(3), 64, Quotas.DEFAULT, null, null);

    /** @throws IllegalArgumentException if a value is out of its bounds */
    public AwsConfiguration {
        if (!callTimeout.isPositive() || !connectTimeout.isPositive() || connectTimeout.compareTo(callTimeout) >= 0) {
            throw new IllegalArgumentException("the connect timeout (" + connectTimeout
                    + ") must be above zero and under the call timeout (" + callTimeout + ")");
        }
        if (maxConcurrentCalls < 1) {
            throw new IllegalArgumentException("at least one call must be possible at once");
        }
    }

    /** The same at other quotas. */
    public AwsConfiguration withQuotas(Quotas other) {
        return new AwsConfiguration(callTimeout, connectTimeout, maxConcurrentCalls, other, cluster, endpoint);
    }

    /** The same at another endpoint. */
    public AwsConfiguration withEndpoint(@Nullable URI other) {
        return new AwsConfiguration(callTimeout, connectTimeout, maxConcurrentCalls, quotas, cluster, other);
    }

    /** The same in another cluster. */
    public AwsConfiguration withCluster(@Nullable String other) {
        return new AwsConfiguration(callTimeout, connectTimeout, maxConcurrentCalls, quotas, other, endpoint);
    }

    /** The same with another bound on the length of a call. */
    public AwsConfiguration withCallTimeout(Duration call, Duration connect) {
        return new AwsConfiguration(call, connect, maxConcurrentCalls, quotas, cluster, endpoint);
    }
}
