package dev.appclients.cognito.contract;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.cognito.RawCognito;
import dev.appclients.cognito.contract.Fact.Answer;
import dev.appclients.cognito.contract.Fact.NotAsked;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolClientsRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolClientsResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientDescription;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** One pool for the checks. Deletes the clients that it creates, and changes nothing else. */
final class Bench implements AutoCloseable {

    /** The prefix of the names of all clients of all runs. */
    static final String PREFIX = "app-client-contract.";

    /** Failures that depend on the caller or its quota, not on the request. */
    private static final Set<FailureKind> INCONCLUSIVE = EnumSet.of(
            FailureKind.ACCESS_DENIED,
            FailureKind.CREDENTIALS,
            FailureKind.THROTTLED,
            FailureKind.CONFLICT,
            FailureKind.SERVICE_FAULT,
            FailureKind.UNREACHABLE,
            FailureKind.NOT_SENT);

    private final RawCognito aws;
    private final String poolId;
    private final String runPrefix = PREFIX + UUID.randomUUID().toString().substring(0, 8) + ".";
    private final Duration pace;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private final Set<String> created = new ConcurrentSkipListSet<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger named = new AtomicInteger();
    private final AtomicInteger creates = new AtomicInteger();
    private volatile boolean cleaning;

    /** @param pace the pause before each call: real pools allow five calls a second of each operation */
    Bench(RawCognito aws, String poolId, Duration pace) {
        this.aws = aws;
        this.poolId = poolId;
        this.pace = pace;
    }

    String poolId() {
        return poolId;
    }

    String region() {
        return poolId.substring(0, poolId.indexOf('_'));
    }

    PoolAccess access() {
        return new PoolAccess(new PoolId(poolId), null, null, "contract");
    }

    int calls() {
        return calls.get();
    }

    /** The number of creates, refused ones included. */
    int creates() {
        return creates.get();
    }

    /** A new name with the prefix of this run. */
    String name() {
        return runPrefix + named.incrementAndGet();
    }

    CognitoIdentityProviderClient sdk() {
        return aws.sdk(region());
    }

    CognitoIdentityProviderClient sdk(String region) {
        return aws.sdk(region);
    }

    /** @throws NotAsked if the pool has no domain */
    TokenClient tokenClient() {
        var domain = call(() -> adapter().describePool(access(), null)).domain();
        if (domain == null) {
            throw new NotAsked("the pool has no domain");
        }
        return new TokenClient(this, aws.tokenEndpoint(domain.host()));
    }

    AppClients adapter() {
        return aws.appClients();
    }

    /** Makes one call after the pause. After a stop, only the clean-up makes calls. */
    <R> R call(Supplier<R> call) {
        try {
            CountDownLatch end = cleaning ? never : stopped;
            if (end.await(pace.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CancellationException("stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
        calls.incrementAndGet();
        return call.get();
    }

    /** Creates a client with a name of this run and these settings. */
    UserPoolClientType create(UnaryOperator<CreateUserPoolClientRequest.Builder> settings) {
        creates.incrementAndGet();
        CreateUserPoolClientRequest request = settings.apply(
                        CreateUserPoolClientRequest.builder().userPoolId(poolId).clientName(name()))
                .build();
        UserPoolClientType client =
                call(() -> sdk().createUserPoolClient(request)).userPoolClient();
        created.add(client.clientId());
        return client;
    }

    /** Updates only the given settings; the name is omitted too. */
    UserPoolClientType update(String clientId, UnaryOperator<UpdateUserPoolClientRequest.Builder> settings) {
        UpdateUserPoolClientRequest request = settings.apply(
                        UpdateUserPoolClientRequest.builder().userPoolId(poolId).clientId(clientId))
                .build();
        return call(() -> sdk().updateUserPoolClient(request)).userPoolClient();
    }

    UserPoolClientType describe(String clientId) {
        return call(() -> sdk().describeUserPoolClient(r -> r.userPoolId(poolId).clientId(clientId)))
                .userPoolClient();
    }

    void delete(String clientId) {
        call(() -> sdk().deleteUserPoolClient(r -> r.userPoolId(poolId).clientId(clientId)));
        created.remove(clientId);
    }

    /** Registers a client of the adapter for deletion. */
    void own(String clientId) {
        creates.incrementAndGet();
        created.add(clientId);
    }

    /** All pages of the list of clients. */
    List<List<UserPoolClientDescription>> pages(@Nullable Integer size) {
        List<List<UserPoolClientDescription>> pages = new ArrayList<>();
        String token = null;
        do {
            ListUserPoolClientsRequest request = ListUserPoolClientsRequest.builder()
                    .userPoolId(poolId)
                    .maxResults(size)
                    .nextToken(token)
                    .build();
            ListUserPoolClientsResponse answer = call(() -> sdk().listUserPoolClients(request));
            pages.add(answer.userPoolClients());
            token = answer.nextToken();
        } while (token != null);
        return pages;
    }

    // Answers

    /** Holds if the call is refused, and the operator maps the refusal to one of these kinds. */
    Answer refused(String apiName, Supplier<?> call, FailureKind... kinds) {
        try {
            call.get();
            return new Answer(false, "accepted");
        } catch (SdkException e) {
            notServed(e);
            var failure = RawCognito.meaning(apiName, e);
            boolean known = List.of(kinds).contains(failure.kind());
            if (!known && INCONCLUSIVE.contains(failure.kind())) {
                throw e;
            }
            return new Answer(known, code(e) + ": " + words(e, failure));
        }
    }

    /** The error code as Cognito spells it, or the type of an error without one. */
    private static String code(SdkException e) {
        String code = e instanceof AwsServiceException refusal && refusal.awsErrorDetails() != null
                ? refusal.awsErrorDetails().errorCode()
                : null;
        return code == null ? e.getClass().getSimpleName() : code;
    }

    /** The error text of Cognito. The operator withholds it in places where it may quote a secret. */
    private static String words(SdkException e, Failure failure) {
        return e instanceof AwsServiceException refusal && refusal.awsErrorDetails() != null
                ? String.valueOf(refusal.awsErrorDetails().errorMessage())
                : failure.message();
    }

    /** Holds if the operator's adapter reports that the client has no such secret. */
    Answer missingSecret(String clientId, String secretId) {
        try {
            call(() -> {
                adapter().deleteSecret(access(), clientId, secretId, () -> true);
                return secretId;
            });
            return new Answer(false, "accepted");
        } catch (AwsCallException e) {
            if (INCONCLUSIVE.contains(e.failure().kind())) {
                throw e;
            }
            return new Answer(e.failure().kind() == FailureKind.SECRET_NOT_FOUND, String.valueOf(e.getMessage()));
        }
    }

    /** Holds if a client is refused because of these settings. */
    Answer refusesToCreate(UnaryOperator<CreateUserPoolClientRequest.Builder> settings) {
        return refused("CreateUserPoolClient", () -> create(settings), FailureKind.INVALID_SETTINGS);
    }

    /** Holds if a client with these settings is accepted. */
    Answer creates(UnaryOperator<CreateUserPoolClientRequest.Builder> settings) {
        Answer refused = refusesToCreate(settings);
        return new Answer(refused.said().equals("accepted"), refused.said());
    }

    /** Holds if the observed value equals the expected one. */
    static <T> Answer is(@Nullable T wanted, @Nullable T seen) {
        return new Answer(Objects.equals(wanted, seen), String.valueOf(seen));
    }

    <T> T orNotServed(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            notServed(e);
            throw e;
        }
    }

    private static void notServed(SdkException e) {
        if (String.valueOf(e.getMessage()).contains("does not serve")) {
            throw new NotAsked("not served here");
        }
    }

    /** Ends the checks. {@link #cleanUp} then deletes the clients. */
    void stop() {
        stopped.countDown();
    }

    /** Deletes all clients of this run, also those of creates without an answer. Returns the ids that remain. */
    Set<String> cleanUp() {
        cleaning = true;
        Set<String> left = new TreeSet<>(created);
        try {
            pages(60).stream()
                    .flatMap(List::stream)
                    .filter(client -> client.clientName().startsWith(runPrefix))
                    .forEach(client -> left.add(client.clientId()));
        } catch (SdkException unlisted) {
            // The known clients are deleted nevertheless.
        }
        left.removeIf(this::isGone);
        return left;
    }

    private boolean isGone(String clientId) {
        return retried(clientId, 5);
    }

    private boolean retried(String clientId, int attempts) {
        try {
            delete(clientId);
            return true;
        } catch (ResourceNotFoundException gone) {
            created.remove(clientId);
            return true;
        } catch (SdkException failed) {
            return attempts > 1 && retried(clientId, attempts - 1);
        }
    }

    /** The clients that earlier runs left behind. */
    List<UserPoolClientDescription> leftovers() {
        return pages(60).stream()
                .flatMap(List::stream)
                .filter(client -> client.clientName().startsWith(PREFIX)
                        && !client.clientName().startsWith(runPrefix))
                .toList();
    }

    @Override
    public void close() {
        aws.close();
    }
}
