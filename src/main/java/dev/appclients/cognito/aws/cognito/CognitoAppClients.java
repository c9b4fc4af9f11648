package dev.appclients.cognito.aws.cognito;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.aws.call.FailureMapper;
import dev.appclients.cognito.aws.call.UnknownMembers;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.model.AddedSecret;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolCatalog;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.SecretListing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** App clients in Amazon Cognito, over the AWS SDK. */
final class CognitoAppClients implements AppClients {

    private final PoolCalls calls;
    private final PoolFactsReader facts;
    private final NotFoundCheck notFound;
    private final ClientSecretCalls secrets;
    private final ClientListings listings;
    private final PoolCatalogReader catalogs;

    CognitoAppClients(PoolCalls calls, InstantSource clock) {
        this.calls = calls;
        this.facts = new PoolFactsReader(calls);
        this.notFound = new NotFoundCheck(facts);
        this.secrets = new ClientSecretCalls(calls, notFound, clock);
        this.listings = new ClientListings(new ClientNamePages(calls, clock)::read, clock);
        this.catalogs = new PoolCatalogReader(calls, facts, clock);
    }

    @Override
    public AppClient create(
            PoolAccess access, AppClientSettings settings, boolean generateSecret, BooleanSupplier stillWanted) {
        Collection<String> unknown = UnknownMembers.collector();
        var request = SettingsMapper.create(access.pool(), settings, generateSecret).toBuilder();
        var answer = calls.make(
                access,
                Operation.CREATE_CLIENT,
                Priority.USER,
                stillWanted,
                (cognito, auth) -> cognito.createUserPoolClient(
                        request.overrideConfiguration(UnknownMembers.collecting(auth, unknown))
                                .build()));
        return client(access, Operation.CREATE_CLIENT, answer.userPoolClient(), unknown);
    }

    @Override
    public AppClient describe(PoolAccess access, String clientId, Priority priority) {
        Collection<String> unknown = UnknownMembers.collector();
        var request = DescribeUserPoolClientRequest.builder()
                .userPoolId(access.pool().value())
                .clientId(clientId);
        var answer = notFound.disambiguating(
                access,
                () -> calls.read(
                        access,
                        Operation.DESCRIBE_CLIENT,
                        priority,
                        (cognito, auth) -> cognito.describeUserPoolClient(
                                request.overrideConfiguration(UnknownMembers.collecting(auth, unknown))
                                        .build())));
        return client(access, Operation.DESCRIBE_CLIENT, answer.userPoolClient(), unknown);
    }

    @Override
    public AppClient update(
            PoolAccess access, String clientId, AppClientSettings settings, BooleanSupplier stillWanted) {
        Collection<String> unknown = UnknownMembers.collector();
        var request = SettingsMapper.update(access.pool(), clientId, settings).toBuilder();
        var answer = notFound.disambiguating(
                access,
                () -> calls.make(
                        access,
                        Operation.UPDATE_CLIENT,
                        Priority.USER,
                        stillWanted,
                        (cognito, auth) -> cognito.updateUserPoolClient(
                                request.overrideConfiguration(UnknownMembers.collecting(auth, unknown))
                                        .build())));
        return client(access, Operation.UPDATE_CLIENT, answer.userPoolClient(), unknown);
    }

    @Override
    public void delete(PoolAccess access, String clientId, BooleanSupplier stillWanted) {
        var request = DeleteUserPoolClientRequest.builder()
                .userPoolId(access.pool().value())
                .clientId(clientId);
        notFound.disambiguating(
                access,
                () -> calls.make(
                        access,
                        Operation.DELETE_CLIENT,
                        Priority.USER,
                        stillWanted,
                        (cognito, auth) -> cognito.deleteUserPoolClient(
                                request.overrideConfiguration(auth.build()).build())));
    }

    @Override
    public Listing findByNameSuffix(PoolAccess access, String nameSuffix, Instant startedAtOrAfter) {
        return listings.find(access, nameSuffix, startedAtOrAfter);
    }

    @Override
    public PoolFacts describePool(PoolAccess access, @Nullable String preferredDomain) {
        return facts.read(access, preferredDomain);
    }

    @Override
    public PoolContents contents(PoolAccess access, PoolCatalog catalog, Instant startedAtOrAfter) {
        return catalogs.contents(access, catalog, startedAtOrAfter);
    }

    @Override
    public AddedSecret addSecret(
            PoolAccess access, String clientId, @Nullable ClientSecret value, BooleanSupplier stillWanted) {
        return secrets.add(access, clientId, value, stillWanted);
    }

    @Override
    public SecretListing listSecrets(PoolAccess access, String clientId, Priority priority) {
        return secrets.list(access, clientId, priority);
    }

    @Override
    public void deleteSecret(PoolAccess access, String clientId, String secretId, BooleanSupplier stillWanted) {
        secrets.delete(access, clientId, secretId, stillWanted);
    }

    @Override
    public String account(PoolAccess access) {
        return calls.account(access);
    }

    private static AppClient client(
            PoolAccess access, Operation operation, @Nullable UserPoolClientType client, Collection<String> unknown) {
        if (client == null || client.clientId() == null) {
            throw new AwsCallException(FailureMapper.incomplete(operation, "app client"));
        }
        return SettingsMapper.client(access.pool(), client, unknown);
    }
}
