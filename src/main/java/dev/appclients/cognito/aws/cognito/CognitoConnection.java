package dev.appclients.cognito.aws.cognito;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.BudgetState;
import dev.appclients.cognito.aws.CallListener;
import dev.appclients.cognito.aws.budget.Budget;
import dev.appclients.cognito.aws.call.Calls;
import dev.appclients.cognito.aws.call.SdkClients;
import dev.appclients.cognito.aws.session.Accounts;
import dev.appclients.cognito.aws.session.AssumeRoleSessions;
import dev.appclients.cognito.aws.session.BackoffCredentials;
import dev.appclients.cognito.aws.session.CredentialSources;
import dev.appclients.cognito.aws.session.SessionCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** The connection to AWS: one per process, because all calls share its budget. */
public final class CognitoConnection implements AutoCloseable {

    private final SdkClients clients;
    private final Budget budget;
    private final Calls calls;
    private final BackoffCredentials identity;
    private final Duration callTimeout;
    private final AppClients appClients;

    private CognitoConnection(
            AwsConfiguration configuration,
            CallListener listener,
            InstantSource clock,
            AwsCredentialsProvider provider) {
        this.identity = new BackoffCredentials(provider, clock);
        this.clients = new SdkClients(configuration, identity);
        this.budget = new Budget(configuration.quotas(), System::nanoTime);
        this.callTimeout = configuration.callTimeout();
        this.calls = new Calls(budget, configuration.maxConcurrentCalls(), listener, System::nanoTime);
        Accounts accounts = new Accounts();
        AssumeRoleSessions roleSessions =
                new AssumeRoleSessions(calls, clients, identity, accounts.own(), configuration.cluster(), clock);
        SessionCache sessions = new SessionCache(identity, roleSessions, clock);
        this.appClients = new CognitoAppClients(new PoolCalls(calls, clients, sessions, accounts), clock);
    }

    /**
     * Opens the connection, without a call. The operator's own credentials come from the sources of the SDK's default chain, such as
     * the web identity of its service account (IRSA), EKS Pod Identity, or the environment.
     *
     * @param listener receives each call
     * @param clock dates listings and sessions
     */
    public static CognitoConnection open(AwsConfiguration configuration, CallListener listener, InstantSource clock) {
        return open(configuration, listener, clock, new CredentialSources());
    }

    static CognitoConnection open(
            AwsConfiguration configuration,
            CallListener listener,
            InstantSource clock,
            AwsCredentialsProvider identity) {
        return new CognitoConnection(configuration, listener, clock, identity);
    }

    /** The app clients behind this connection. */
    public AppClients appClients() {
        return appClients;
    }

    /** The state of every quota that was used. */
    public List<BudgetState> budget() {
        return budget.states();
    }

    /** Cancels the calls that wait for the budget, now and later. Calls in flight go on. */
    public void cancelWaitingCalls() {
        budget.close();
    }

    /** Cancels the calls that wait for the budget, waits for those in flight at most for their timeout, and closes. */
    @Override
    public void close() {
        budget.close();
        calls.awaitIdle(callTimeout);
        clients.close();
        identity.close();
    }
}
