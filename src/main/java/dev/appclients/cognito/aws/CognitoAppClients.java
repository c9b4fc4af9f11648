package dev.appclients.cognito.aws;

import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.PoolShelf;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** App clients in Amazon Cognito, over the AWS SDK. */
final class CognitoAppClients implements AppClients {

    private final PoolCalls calls;
    private final PoolFactsReader facts;
    private final ListWalks walks;
    private final PoolShelves shelves;

    CognitoAppClients(PoolCalls calls, InstantSource clock) {
        this.calls = calls;
        this.facts = new PoolFactsReader(calls);
        this.walks = new ListWalks(new ClientNames(calls, clock)::read, clock);
        this.shelves = new PoolShelves(calls, facts, clock);
    }

    @Override
    public AppClient create(
            PoolAccess access, AppClientSettings settings, boolean generateSecret, BooleanSupplier stillWanted) {
        Collection<String> unknown = UnknownMembers.collector();
        var request = Translation.create(access.pool(), settings, generateSecret).toBuilder();
        var answer = calls.make(
                access,
                Operation.CREATE_CLIENT,
                Priority.USER,
                stillWanted,
                (cognito, auth) -> cognito.createUserPoolClient(
                        request.overrideConfiguration(UnknownMembers.watched(auth, unknown))
                                .build()));
        return client(access, Operation.CREATE_CLIENT, answer.userPoolClient(), unknown);
    }

    @Override
    public AppClient describe(PoolAccess access, String clientId, Priority priority) {
        Collection<String> unknown = UnknownMembers.collector();
        var request = DescribeUserPoolClientRequest.builder()
                .userPoolId(access.pool().value())
                .clientId(clientId);
        var answer = tellingGoneApart(
                access,
                () -> calls.read(
                        access,
                        Operation.DESCRIBE_CLIENT,
                        priority,
                        (cognito, auth) -> cognito.describeUserPoolClient(
                                request.overrideConfiguration(UnknownMembers.watched(auth, unknown))
                                        .build())));
        return client(access, Operation.DESCRIBE_CLIENT, answer.userPoolClient(), unknown);
    }

    @Override
    public AppClient update(
            PoolAccess access, String clientId, AppClientSettings settings, BooleanSupplier stillWanted) {
        Collection<String> unknown = UnknownMembers.collector();
        var request = Translation.update(access.pool(), clientId, settings).toBuilder();
        var answer = tellingGoneApart(
                access,
                () -> calls.make(
                        access,
                        Operation.UPDATE_CLIENT,
                        Priority.USER,
                        stillWanted,
                        (cognito, auth) -> cognito.updateUserPoolClient(
                                request.overrideConfiguration(UnknownMembers.watched(auth, unknown))
                                        .build())));
        return client(access, Operation.UPDATE_CLIENT, answer.userPoolClient(), unknown);
    }

    @Override
    public void delete(PoolAccess access, String clientId, BooleanSupplier stillWanted) {
        var request = DeleteUserPoolClientRequest.builder()
                .userPoolId(access.pool().value())
                .clientId(clientId);
        tellingGoneApart(
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
    public Walk findByNameSuffix(PoolAccess access, String nameSuffix, Instant begunAtOrAfter) {
        return walks.find(access, nameSuffix, begunAtOrAfter);
    }

    @Override
    public PoolFacts describePool(PoolAccess access, @Nullable String preferredDomain) {
        return facts.read(access, preferredDomain);
    }

    @Override
    public PoolContents contents(PoolAccess access, PoolShelf shelf, Instant begunAtOrAfter) {
        return shelves.contents(access, shelf, begunAtOrAfter);
    }

    @Override
    public String account(PoolAccess access) {
        return calls.account(access);
    }

    private static AppClient client(
            PoolAccess access, Operation operation, @Nullable UserPoolClientType client, Collection<String> unknown) {
        if (client == null || client.clientId() == null) {
            throw new FailedCall(Failures.incomplete(operation, "app client"));
        }
        return Translation.client(access.pool(), client, unknown);
    }

    /** "Not found" is a different thing for a client and for its pool; when the service's words leave doubt, it is asked. */
    private <R> R tellingGoneApart(PoolAccess access, Supplier<R> call) {
        try {
            return call.get();
        } catch (FailedCall e) {
            if (!Failures.leavesDoubt(e.failure())) {
                throw e;
            }
            throw new FailedCall(settled(access, e.failure()));
        }
    }

    private Failure settled(PoolAccess access, Failure doubtful) {
        try {
            facts.describe(access);
            return doubtful;
        } catch (FailedCall e) {
            FailureKind kind = e.failure().kind();
            return new Failure(
                    kind,
                    doubtful.operation(),
                    kind == FailureKind.POOL_NOT_FOUND
                            ? e.failure().message()
                            : doubtful.message() + "; whether the client or its pool is gone could not be seen: "
                                    + e.failure().message());
        }
    }
}
