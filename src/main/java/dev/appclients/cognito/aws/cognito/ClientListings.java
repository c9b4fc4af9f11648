package dev.appclients.cognito.aws.cognito;

import dev.appclients.cognito.aws.AppClients.Listing;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.model.PoolAccess;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Finds app clients by a suffix of their name. Concurrent callers share one listing of the pool. */
final class ClientListings {

    private final SingleFlight<PoolAccess, Names> listings;

    /** @param reader lists all clients of a pool once */
    ClientListings(Function<PoolAccess, SingleFlight.Result<Names>> reader, InstantSource clock) {
        listings = new SingleFlight<>(Operation.LIST_CLIENTS.apiName(), reader, clock);
    }

    /** Waits for a listing that started late enough; throws {@link AwsCallException} if it fails. */
    Listing find(PoolAccess access, String suffix, Instant startedAtOrAfter) {
        // The listing serves all namespaces, so it is made without one.
        PoolAccess shared = new PoolAccess(access.pool(), access.roleArn(), access.externalId(), null);
        SingleFlight.Result<Names> names = listings.read(shared, startedAtOrAfter);
        return new Listing(names.startedAt(), names.value().idsOfNamesEndingWith(suffix));
    }

    /** The names of all clients of a pool: about a hundred bytes each. */
    record Names(Map<String, String> nameById) {

        private List<String> idsOfNamesEndingWith(String suffix) {
            return nameById.entrySet().stream()
                    .filter(client -> client.getValue().endsWith(suffix))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
        }
    }
}
