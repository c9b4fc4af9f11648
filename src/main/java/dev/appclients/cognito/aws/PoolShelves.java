package dev.appclients.cognito.aws;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.PoolShelf;
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

/** Reads what a pool has, shelf by shelf, in walks that all waiters share. */
final class PoolShelves {

    private static final int SERVERS_PER_PAGE = 50;
    private static final int PROVIDERS_PER_PAGE = 60;

    private final PoolCalls calls;
    private final PoolFactsReader facts;
    private final InstantSource clock;
    private final SharedReads<Shelf, PoolContents> reads;

    PoolShelves(PoolCalls calls, PoolFactsReader facts, InstantSource clock) {
        this.calls = calls;
        this.facts = facts;
        this.clock = clock;
        this.reads = new SharedReads<>("shelf", this::read, clock);
    }

    private record Shelf(PoolAccess access, PoolShelf shelf) {}

    PoolContents contents(PoolAccess access, PoolShelf shelf, Instant begunAtOrAfter) {
        // The walk serves all namespaces, so it is made for none of them.
        PoolAccess shared = new PoolAccess(access.pool(), access.roleArn(), access.externalId(), null);
        return reads.read(new Shelf(shared, shelf), begunAtOrAfter).value();
    }

    private SharedReads.Outcome<PoolContents> read(Shelf wanted) {
        Instant begunAt = clock.instant();
        return new SharedReads.Outcome<>(begunAt, contents(wanted.access(), wanted.shelf()));
    }

    /** Some do without the permission to list: Cognito's own answers must do for them. */
    private PoolContents contents(PoolAccess access, PoolShelf shelf) {
        try {
            return switch (shelf) {
                case SCHEMA -> schema(access);
                case SCOPES -> new PoolContents(null, null, scopes(access), null);
                case PROVIDERS -> new PoolContents(null, null, null, providers(access));
            };
        } catch (FailedCall e) {
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

    /** A page may be empty and yet not be the last: only a missing token ends a walk. */
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
