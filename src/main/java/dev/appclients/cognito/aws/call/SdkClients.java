package dev.appclients.cognito.aws.call;

import dev.appclients.cognito.aws.AwsConfiguration;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The SDK's clients: one per service and Region, with one connection pool and without retries. */
public final class SdkClients implements AutoCloseable {

    /**
     * An open connection keeps the bytes of its last response, which contain a client secret. The SDK closes idle connections once a minute
     * (AWS SDK 2.54, {@code IdleConnectionReaper}), so the last secret is gone 70 seconds after the last call.
     */
    private static final Duration MAX_IDLE = Duration.ofSeconds(10);

    private final AwsCredentialsProvider identity;
    private final ClientOverrideConfiguration overrides;
    private final @Nullable URI endpoint;
    private final SdkHttpClient http;
    private final Map<String, CognitoIdentityProviderClient> cognito = new ConcurrentHashMap<>();
    private final Map<String, StsClient> sts = new ConcurrentHashMap<>();
    /** Strong references: a logger that is garbage collected loses its level. */
    private final List<Logger> silenced = new ArrayList<>();

    public SdkClients(AwsConfiguration configuration, AwsCredentialsProvider identity) {
        silenceWireLogs();
        this.identity = identity;
        this.endpoint = configuration.endpoint();
        this.http = Apache5HttpClient.builder()
                .maxConnections(configuration.maxConcurrentCalls())
                .connectionTimeout(configuration.connectTimeout())
                .connectionAcquisitionTimeout(configuration.connectTimeout())
                // Later than the timeout of the call, which ends every slow call with one and the same message.
                .socketTimeout(configuration.callTimeout().plusSeconds(1))
                .connectionMaxIdleTime(MAX_IDLE)
                .tcpKeepAlive(true)
                .build();
        this.overrides = ClientOverrideConfiguration.builder()
                .apiCallTimeout(configuration.callTimeout())
                // A repeated create makes two clients, and each attempt needs a permit of the budget.
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .addExecutionInterceptor(new UnknownMembers())
                .addExecutionInterceptor(new WithheldErrorText())
                .build();
    }

    public CognitoIdentityProviderClient cognito(String region) {
        return cognito.computeIfAbsent(
                region,
                name -> configure(CognitoIdentityProviderClient.builder(), name)
                        .httpClient(http)
                        .build());
    }

    /** Its calls are signed with the operator's own credentials unless the request overrides them. */
    public StsClient sts(String region) {
        return sts.computeIfAbsent(
                region,
                name -> configure(StsClient.builder(), name).httpClient(http).build());
    }

    @Override
    public void close() {
        cognito.values().forEach(CognitoIdentityProviderClient::close);
        sts.values().forEach(StsClient::close);
        http.close();
    }

    private <B extends AwsClientBuilder<B, C>, C> B configure(B builder, String region) {
        builder.region(Region.of(region)).credentialsProvider(identity).overrideConfiguration(overrides);
        return endpoint == null ? builder : builder.endpointOverride(endpoint);
    }

    /**
     * At debug level, the HTTP client logs bodies and headers, which contain client secrets and session tokens, and the signer logs the
     * digest of a body.
     */
    private void silenceWireLogs() {
        Stream.of(
                        "org.apache.hc.client5.http.wire",
                        "org.apache.hc.client5.http.headers",
                        "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner")
                .map(Logger::getLogger)
                .forEach(logger -> {
                    logger.setLevel(Level.OFF);
                    silenced.add(logger);
                });
    }
}
