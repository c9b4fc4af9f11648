package dev.appclients.cognito.aws.cognito;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolCatalog;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.Sets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListIdentityProvidersRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListIdentityProvidersResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListResourceServersRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListResourceServersResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** Reads the catalogs of a pool. Concurrent callers share one read. */
final class PoolCatalogReader {

    private static final int SERVERS_PER_PAGE = 50;
    private static final int PROVIDERS_PER_PAGE = 60;

    private final PoolCalls calls;
    private final PoolFactsReader facts;
    private final InstantSource clock;
    private final SingleFlight<Key, PoolContents> reads;

    PoolCatalogReader(PoolCalls calls, PoolFactsReader facts, InstantSource clock) {
        this.calls = calls;
        this.facts = facts;
        this.clock = clock;
        this.reads = new SingleFlight<>("pool-catalog", this::read, clock);
    }

    private record Key(PoolAccess access, PoolCatalog catalog) {}

    PoolContents contents(PoolAccess access, PoolCatalog catalog, Instant startedAtOrAfter) {
        // The read serves all namespaces, so it is made without one.
        PoolAccess shared = new PoolAccess(access.pool(), access.roleArn(), access.externalId(), null);
        return reads.read(new Key(shared, catalog), startedAtOrAfter).value();
    }

    private SingleFlight.Result<PoolContents> read(Key key) {
        Instant startedAt = clock.instant();
        return new SingleFlight.Result<>(startedAt, contents(key.access(), key.catalog()));
    }

    /** Without the permission to list, the catalog is unknown, and Cognito judges the settings alone. */
    private PoolContents contents(PoolAccess access, PoolCatalog catalog) {
        try {
            return switch (catalog) {
                case SCHEMA -> schema(access);
                case SCOPES -> new PoolContents(null, null, scopes(access), null);
                case PROVIDERS -> new PoolContents(null, null, null, providers(access));
            };
        } catch (AwsCallException e) {
            if (e.failure().kind() != FailureKind.ACCESS_DENIED) {
                throw e;
            }
            return PoolContents.UNKNOWN;
        }
    }

    private PoolContents schema(PoolAccess access) {
        UserPoolType pool = facts.describe(access);
        return new PoolContents(PoolFactsReader.tier(pool), PoolFactsReader.attributes(pool), null, null);
    }

    /** A page before the last may be empty: only a missing token ends the list. */
    private SortedSet<String> scopes(PoolAccess access) {
        List<String> scopes = new ArrayList<>();
        String token = null;
        do {
            ListResourceServersResponse page = servers(access, token);
            page.resourceServers()
                    .forEach(server -> server.scopes()
                            .forEach(scope -> scopes.add(server.identifier() + "/" + scope.scopeName())));
            token = page.nextToken();
        } while (token != null);
        return Sets.sorted(scopes);
    }

    private SortedSet<String> providers(PoolAccess access) {
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            ListIdentityProvidersResponse page = providers(access, token);
            page.providers().forEach(provider -> names.add(provider.providerName()));
            token = page.nextToken();
        } while (token != null);
        return Sets.sorted(names);
    }

    private ListResourceServersResponse servers(PoolAccess access, @Nullable String token) {
        return calls.read(
                access,
                Operation.LIST_RESOURCE_SERVERS,
                Priority.USER,
                (cognito, auth) -> cognito.listResourceServers(ListResourceServersRequest.builder()
                        .userPoolId(access.pool().value())
                        .maxResults(SERVERS_PER_PAGE)
                        .nextToken(token)
                        .overrideConfiguration(auth.build())
                        .build()));
    }

    private ListIdentityProvidersResponse providers(PoolAccess access, @Nullable String token) {
        return calls.read(
                access,
                Operation.LIST_PROVIDERS,
                Priority.USER,
                (cognito, auth) -> cognito.listIdentityProviders(ListIdentityProvidersRequest.builder()
                        .userPoolId(access.pool().value())
                        .maxResults(PROVIDERS_PER_PAGE)
                        .nextToken(token)
                        .overrideConfiguration(auth.build())
                        .build()));
    }
}
