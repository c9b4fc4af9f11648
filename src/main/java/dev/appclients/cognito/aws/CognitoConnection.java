package dev.appclients.cognito.aws;

import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** The way to AWS: one per process, because the budget is shared by all who call. To be closed at the end. */
public final class CognitoConnection implements AutoCloseable {

    private final SdkClients clients;
    private final Budget budget;
    private final Calls calls;
    private final PatientIdentity identity;
    private final Duration callTimeout;
    private final AppClients appClients;

    private CognitoConnection(
            AwsConfiguration configuration,
            CallListener listener,
            InstantSource clock,
            AwsCredentialsProvider provider) {
        this.identity = new PatientIdentity(provider, clock);
        this.clients = new SdkClients(configuration, identity);
        this.budget = new Budget(configuration.quotas(), System::nanoTime);
        this.callTimeout = configuration.callTimeout();
        this.calls = new Calls(budget, configuration.maxConcurrentCalls(), listener, System::nanoTime);
        Accounts accounts = new Accounts();
        StsSessions roles = new StsSessions(calls, clients, identity, accounts.own(), configuration.cluster(), clock);
        Sessions sessions = new Sessions(identity, roles, clock);
        this.appClients = new CognitoAppClients(new PoolCalls(calls, clients, sessions, accounts), clock);
    }

    /**
     * Opens the way. Nothing is called yet. The operator's own identity comes from the SDK's default chain: web identity of the
     * service account (IRSA), EKS Pod Identity, environment, system properties.
     *
     * @param listener hears of every call
     * @param clock dates walks and sessions
     */
    public static CognitoConnection open(AwsConfiguration configuration, CallListener listener, InstantSource clock) {
        return open(
                configuration,
                listener,
                clock,
                DefaultCredentialsProvider.builder().build());
    }

    static CognitoConnection open(
            AwsConfiguration configuration,
            CallListener listener,
            InstantSource clock,
            AwsCredentialsProvider identity) {
        return new CognitoConnection(configuration, listener, clock, identity);
    }

    /** The port. */
    public AppClients appClients() {
        return appClients;
    }

    /** Nobody waits for the budget any more: who does, gives up. Calls under way go on. */
    public void giveUpWaiting() {
        budget.close();
    }

    /** Sends all who wait for the budget away, and lets the calls under way finish: none of them takes longer than its time-out. */
    @Override
    public void close() {
        budget.close();
        calls.awaitEnd(callTimeout);
        clients.close();
        identity.close();
    }
}
