package dev.appclients.cognito.aws;

import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.PoolShelf;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * App clients in Amazon Cognito: the port between the operator and AWS. Every method blocks until the budget allows the
 * call, makes exactly one attempt per API call, and throws {@link FailedCall} when it does not succeed. A thread that is
 * interrupted while it waits, or that waits when the connection is closed, gets {@link CallNoLongerWanted}: nothing was called.
 */
public interface AppClients {

    /**
     * Creates an app client: one {@code CreateUserPoolClient}, never repeated.
     *
     * @param stillWanted asked after the wait for the budget, right before the call: false gives up with {@link CallNoLongerWanted}
     */
    AppClient create(
            PoolAccess access, AppClientSettings settings, boolean generateSecret, BooleanSupplier stillWanted);

    /**
     * Reads an app client: one {@code DescribeUserPoolClient}. Never changes anything. Here and below, a {@code DescribeUserPool}
     * follows when "not found" does not say whether it means the client or its pool.
     */
    AppClient describe(PoolAccess access, String clientId, Priority priority);

    /**
     * Replaces all settings of an app client: one {@code UpdateUserPoolClient}, serialised per pool.
     *
     * @return the client as Cognito answered, so that what did not stick can be seen
     */
    AppClient update(PoolAccess access, String clientId, AppClientSettings settings, BooleanSupplier stillWanted);

    /** Deletes an app client: one {@code DeleteUserPoolClient}, serialised per pool. A client that is gone fails as such. */
    void delete(PoolAccess access, String clientId, BooleanSupplier stillWanted);

    /**
     * Finds app clients by the end of their name, in one walk over {@code ListUserPoolClients} that all waiters of a pool share.
     *
     * @param nameSuffix the end of the name, with its leading dot
     * @param begunAtOrAfter a walk that began earlier does not count; one that began later may have ended up to a minute ago. A moment
     *     in the future means now: look at {@link Walk#begunAt()}
     * @return the ids of all clients whose name ends so, and when the walk began
     */
    Walk findByNameSuffix(PoolAccess access, String nameSuffix, Instant begunAtOrAfter);

    /** Reads the facts of a pool: {@code DescribeUserPool}, and {@code DescribeUserPoolDomain} when it has a domain. */
    PoolFacts describePool(PoolAccess access, @Nullable String preferredDomain);

    /**
     * Reads one shelf of a pool, in a walk that all waiters share: {@code DescribeUserPool}, {@code ListResourceServers} or {@code
     * ListIdentityProviders}. A shelf that IAM does not let us see is not known.
     *
     * @param begunAtOrAfter a walk that began earlier does not count; one that began later may have ended up to a minute ago
     * @return what is on that shelf and nothing else
     */
    PoolContents contents(PoolAccess access, PoolShelf shelf, Instant begunAtOrAfter);

    /** The account that calls for this pool are made in: {@code GetCallerIdentity}. Twelve digits. */
    String account(PoolAccess access);

    /**
     * The outcome of a walk over all clients of a pool.
     *
     * @param begunAt when the walk began, by this process's clock
     * @param clientIds the ids of the clients whose name matched
     */
    record Walk(Instant begunAt, List<String> clientIds) {}

    /** Who waits first when the budget is short. */
    enum Priority {
        /** Somebody waits for the result. */
        USER,
        /** A look for drift: served after the others, from a tenth of the budget at least. */
        DRIFT
    }
}
