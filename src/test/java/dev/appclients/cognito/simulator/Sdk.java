package dev.appclients.cognito.simulator;

import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.sts.StsClient;

/** Creates clients of the real SDK for a simulator, without retries, so that one call is one request. */
final class Sdk {

    static final String POOL = "eu-west-1_Shop";

    private Sdk() {}

    static AwsCredentials key(String accessKeyId) {
        return AwsBasicCredentials.create(accessKeyId, "irrelevant");
    }

    static CognitoIdentityProviderClient cognito(Simulator simulator) {
        return cognito(simulator, key("AKIADUMMY"), Region.EU_WEST_1);
    }

    static CognitoIdentityProviderClient cognito(Simulator simulator, AwsCredentials credentials, Region region) {
        return CognitoIdentityProviderClient.builder()
                .endpointOverride(simulator.endpoint())
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(64))
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    static StsClient sts(Simulator simulator, AwsCredentials credentials) {
        return StsClient.builder()
                .endpointOverride(simulator.endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(Apache5HttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    static UserPoolClientType create(
            CognitoIdentityProviderClient cognito, UnaryOperator<CreateUserPoolClientRequest.Builder> settings) {
        return cognito.createUserPoolClient(settings.apply(CreateUserPoolClientRequest.builder()
                                .userPoolId(POOL)
                                .clientName("web"))
                        .build())
                .userPoolClient();
    }

    static UserPoolClientType update(
            CognitoIdentityProviderClient cognito,
            String clientId,
            UnaryOperator<UpdateUserPoolClientRequest.Builder> settings) {
        return cognito.updateUserPoolClient(settings.apply(UpdateUserPoolClientRequest.builder()
                                .userPoolId(POOL)
                                .clientId(clientId)
                                .clientName("web"))
                        .build())
                .userPoolClient();
    }

    static UserPoolClientType describe(CognitoIdentityProviderClient cognito, String clientId) {
        return cognito.describeUserPoolClient(r -> r.userPoolId(POOL).clientId(clientId))
                .userPoolClient();
    }
}
