package dev.appclients.cognito.aws;

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
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * App clients in Amazon Cognito: the operator's port to AWS. Each method blocks until the budget permits the call, makes exactly one
 * attempt per API call, and throws {@link AwsCallException} if it fails. A thread that is interrupted while it waits, or that waits when the
 * connection closes, gets {@link CallCancelled}: no call was made.
 */
public interface AppClients {

    /**
     * Creates an app client: one {@code CreateUserPoolClient}, never repeated.
     *
     * @param stillWanted checked after the wait for the budget, right before the call; false cancels with {@link CallCancelled}
     */
    AppClient create(
            PoolAccess access, AppClientSettings settings, boolean generateSecret, BooleanSupplier stillWanted);

    /**
     * Reads an app client: one {@code DescribeUserPoolClient}. Here and in every call for a client below, a {@code DescribeUserPool} follows if
     * "not found" does not say whether the client or its pool is missing.
     */
    AppClient describe(PoolAccess access, String clientId, Priority priority);

    /**
     * Replaces all settings of an app client: one {@code UpdateUserPoolClient}, serialised per pool.
     *
     * @return the client in Cognito's answer, which shows settings that Cognito did not accept
     */
    AppClient update(PoolAccess access, String clientId, AppClientSettings settings, BooleanSupplier stillWanted);

    /** Deletes an app client: one {@code DeleteUserPoolClient}, serialised per pool. Fails with CLIENT_NOT_FOUND if there is none. */
    void delete(PoolAccess access, String clientId, BooleanSupplier stillWanted);

    /**
     * Finds app clients by a suffix of their name, in one listing by {@code ListUserPoolClients} that all callers of a pool share.
     *
     * @param nameSuffix with its leading dot
     * @param startedAtOrAfter the earliest start of the listing; a later one may have ended up to a minute ago. A moment in the
     *     future means now, so check {@link Listing#startedAt()}
     * @return the ids of all clients whose name has the suffix, and the start of the listing
     */
    Listing findByNameSuffix(PoolAccess access, String nameSuffix, Instant startedAtOrAfter);

    /** Reads the facts of a pool: {@code DescribeUserPool}, and {@code DescribeUserPoolDomain} if it has a domain. */
    PoolFacts describePool(PoolAccess access, @Nullable String preferredDomain);

    /**
     * Reads one catalog of a pool, in a read that all callers share: {@code DescribeUserPool}, {@code ListResourceServers} or {@code
     * ListIdentityProviders}. A catalog that IAM does not let the operator read is unknown.
     *
     * @param startedAtOrAfter the earliest start of the read; a later one may have ended up to a minute ago
     * @return the contents of this catalog only
     */
    PoolContents contents(PoolAccess access, PoolCatalog catalog, Instant startedAtOrAfter);

    /**
     * Adds a secret to a confidential app client: one {@code AddUserPoolClientSecret}, never repeated. A failure never quotes the error
     * text of Cognito, which may contain the value. Fails with SECRET_LIMIT if the client has two secrets.
     *
     * @param value 24 to 64 letters, digits and underscores; null: Cognito generates the value
     */
    AddedSecret addSecret(
            PoolAccess access, String clientId, @Nullable ClientSecret value, BooleanSupplier stillWanted);

    /** Lists the secrets of an app client, without their values: one {@code ListUserPoolClientSecrets} for each page. */
    SecretListing listSecrets(PoolAccess access, String clientId, Priority priority);

    /**
     * Deletes a secret of an app client: one {@code DeleteUserPoolClientSecret}. A {@code ListUserPoolClientSecrets} follows if the
     * refusal does not say whether the secret exists. Fails with SECRET_NOT_FOUND if it does not, and with LAST_SECRET if the client has
     * no other.
     */
    void deleteSecret(PoolAccess access, String clientId, String secretId, BooleanSupplier stillWanted);

    /** The account of the credentials for this pool, twelve digits: {@code GetCallerIdentity}. */
    String account(PoolAccess access);

    /**
     * The result of a listing of all clients of a pool.
     *
     * @param startedAt when its first request was sent, by this process's clock
     * @param clientIds the ids of the clients whose name matches
     */
    record Listing(Instant startedAt, List<String> clientIds) {}

    /** The order in which calls get permits. */
    enum Priority {
        /** A user waits for the result. */
        USER,
        /** A drift check: after the others, with at least a tenth of the permits. */
        DRIFT
    }
}
