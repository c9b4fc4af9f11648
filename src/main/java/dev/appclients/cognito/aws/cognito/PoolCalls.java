package dev.appclients.cognito.aws.cognito;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.aws.call.Calls;
import dev.appclients.cognito.aws.call.FailureMapper;
import dev.appclients.cognito.aws.call.SdkClients;
import dev.appclients.cognito.aws.session.Accounts;
import dev.appclients.cognito.aws.session.SessionCache;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolArn;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;

/** Makes calls on a pool: in its Region, with its credentials, within its account's budget. */
final class PoolCalls {

    private final Calls calls;
    private final SdkClients clients;
    private final SessionCache sessions;
    private final Accounts accounts;

    PoolCalls(Calls calls, SdkClients clients, SessionCache sessions, Accounts accounts) {
        this.calls = calls;
        this.clients = clients;
        this.sessions = sessions;
        this.accounts = accounts;
    }

    /**
     * Makes one call.
     *
     * @throws AwsCallException if it fails
     */
    <R> R make(
            PoolAccess access,
            Operation operation,
            Priority priority,
            BooleanSupplier stillWanted,
            CognitoCall<R> call) {
        CognitoIdentityProviderClient cognito = clients.cognito(access.pool().region());
        return signed(
                access,
                operation,
                priority,
                stillWanted,
                signer -> call.with(
                        cognito, AwsRequestOverrideConfiguration.builder().credentialsProvider(signer)));
    }

    /** Makes one call that only reads and is never cancelled; otherwise as {@link #make}. */
    <R> R read(PoolAccess access, Operation operation, Priority priority, CognitoCall<R> call) {
        return make(access, operation, priority, () -> true, call);
    }

    /** The account of the credentials of this access. */
    String account(PoolAccess access) {
        return signed(
                        access,
                        Operation.GET_CALLER_IDENTITY,
                        Priority.USER,
                        () -> true,
                        signer -> clients.sts(access.pool().region())
                                .getCallerIdentity(GetCallerIdentityRequest.builder()
                                        .overrideConfiguration(auth -> auth.credentialsProvider(signer))
                                        .build()))
                .account();
    }

    /** Passes the ARN of a pool on to {@link Accounts#learn}. */
    void learn(PoolAccess access, PoolArn arn) {
        accounts.learn(access, arn);
    }

    private <R> R signed(
            PoolAccess access,
            Operation operation,
            Priority priority,
            BooleanSupplier stillWanted,
            Calls.Attempt<R> attempt) {
        AtomicReference<AwsCredentials> used = new AtomicReference<>();
        Calls.Request request = new Calls.Request(
                operation,
                accounts.of(access),
                access,
                priority,
                () -> {
                    AwsCredentials credentials = sessions.credentials(access, operation);
                    used.set(credentials);
                    return credentials;
                },
                stillWanted);
        // Resolved before the wait too: a role that cannot be assumed must not cost other calls a turn.
        calls.credentials(request);
        try {
            return calls.make(request, attempt, e -> FailureMapper.of(operation, e));
        } catch (AwsCallException e) {
            switch (e.failure().kind()) {
                case CREDENTIALS -> sessions.invalidate(access, used.get());
                case ACCESS_DENIED -> sessions.recordDenial(access);
                default -> {}
            }
            throw e;
        }
    }

    /** One call to Cognito. */
    @FunctionalInterface
    interface CognitoCall<R> {
        /** Makes the call, with {@code auth} as the override configuration of its request: it has the credentials. */
        R with(CognitoIdentityProviderClient cognito, AwsRequestOverrideConfiguration.Builder auth);
    }
}
