package dev.appclients.cognito.aws.cognito;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.aws.call.FailureMapper;
import dev.appclients.cognito.aws.call.SdkClients;
import dev.appclients.cognito.failure.Failure;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The operator's connection to AWS and its SDK client, also for calls that the operator never makes, such as partial updates. */
public final class RawCognito implements AutoCloseable {

    private final SdkClients clients;
    private final CognitoConnection connection;

    private final @Nullable URI simulator;

    private RawCognito(AwsConfiguration configuration, AwsCredentialsProvider identity) {
        simulator = configuration.endpoint();
        clients = new SdkClients(configuration, identity);
        connection = CognitoConnection.open(configuration, CallListener.NONE, Clock.systemUTC(), identity);
    }

    /** With the credentials of the SDK's default chain, like the operator. */
    public static RawCognito open(AwsConfiguration configuration) {
        return new RawCognito(
                configuration, DefaultCredentialsProvider.builder().build());
    }

    /** With an access key for a simulator. */
    public static RawCognito openSimulator(AwsConfiguration configuration) {
        return new RawCognito(
                configuration, StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDCONTRACT", "unused")));
    }

    /** The SDK's client, without retries and with the operator's timeouts. */
    public CognitoIdentityProviderClient sdk(String region) {
        return clients.cognito(region);
    }

    public StsClient sts(String region) {
        return clients.sts(region);
    }

    /** The token endpoint of the pool with this domain; of the simulator, if this is one. */
    public URI tokenEndpoint(String host) {
        return simulator == null ? URI.create("https://" + host + "/oauth2/token") : simulator.resolve("/oauth2/token");
    }

    /** The operator's adapter. */
    public AppClients appClients() {
        return connection.appClients();
    }

    /** The failure that the operator maps an exception to. */
    public static Failure meaning(String apiName, SdkException e) {
        Operation operation = Arrays.stream(Operation.values())
                .filter(each -> each.apiName().equals(apiName))
                .findFirst()
                .orElse(Operation.UPDATE_CLIENT);
        return FailureMapper.of(operation, e);
    }

    @Override
    public void close() {
        connection.close();
        clients.close();
    }
}
