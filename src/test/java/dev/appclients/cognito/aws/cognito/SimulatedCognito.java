package dev.appclients.cognito.aws.cognito;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.RefreshTokenRotation;
import dev.appclients.cognito.model.Sets;
import dev.appclients.cognito.model.TokenValidity;
import dev.appclients.cognito.simulator.Simulator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A simulator with a pool, and the adapter connected to it like the operator. */
public final class SimulatedCognito implements AutoCloseable {

    public static final PoolId SHOP = new PoolId("eu-west-1_Shop");

    public final Simulator simulator = Simulator.start();
    final List<CallListener.Call> heard = new CopyOnWriteArrayList<>();
    final CognitoConnection connection;
    public final AppClients appClients;

    public SimulatedCognito() {
        this(AwsConfiguration.DEFAULT.withQuotas(Quotas.UNLIMITED));
    }

    public SimulatedCognito(AwsConfiguration configuration) {
        this(configuration, InstantSource.system());
    }

    public SimulatedCognito(AwsConfiguration configuration, InstantSource clock) {
        simulator.quotas().off();
        simulator.pool(SHOP.value()).resourceServer("orders", "read", "write").identityProvider("Google", "Google");
        connection = CognitoConnection.open(
                configuration.withEndpoint(simulator.endpoint()),
                heard::add,
                clock,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAOPERATOR", "not-a-real-key")));
        appClients = connection.appClients();
    }

    static PoolAccess access(String namespace) {
        return new PoolAccess(SHOP, null, null, namespace);
    }

    public static AppClientSettings settings(String name) {
        return new AppClientSettings(
                name,
                Sets.sorted(List.of("ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")),
                Duration.ofMinutes(3),
                TokenValidity.COGNITO_DEFAULT,
                RefreshTokenRotation.DISABLED,
                true,
                "ENABLED",
                false,
                new OAuth(
                        Sets.sorted(List.of("code")),
                        Sets.sorted(List.of("openid", "email", "orders/read")),
                        true,
                        Sets.sorted(List.of("https://shop.example.com/b", "https://shop.example.com/a")),
                        Sets.sorted(List.of("https://shop.example.com/")),
                        "https://shop.example.com/a"),
                Sets.sorted(List.of("COGNITO", "Google")),
                Sets.sorted(List.of("email", "name")),
                Sets.sorted(List.of("name", "email")),
                null);
    }

    @Override
    public void close() {
        connection.close();
        simulator.close();
    }
}
