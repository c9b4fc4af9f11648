package dev.appclients.cognito.aws;

import dev.appclients.cognito.aws.AppClients.Walk;
import dev.appclients.cognito.failure.FailedCall;
import dev.appclients.cognito.model.PoolAccess;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Finds clients by the ends of their names. All who look in a pool share walks over its clients. */
final class ListWalks {

    private final SharedReads<PoolAccess, Names> walks;

    /** The {@code reader} walks once over all clients of a pool. */
    ListWalks(Function<PoolAccess, SharedReads.Outcome<Names>> reader, InstantSource clock) {
        walks = new SharedReads<>(Operation.LIST_CLIENTS.apiName(), reader, clock);
    }

    /** Waits for a walk that began late enough; {@link FailedCall} if it did not come to its end. */
    Walk find(PoolAccess access, String suffix, Instant begunAtOrAfter) {
        // The walk serves all namespaces, so it is made for none of them.
        PoolAccess shared = new PoolAccess(access.pool(), access.roleArn(), access.externalId(), null);
        SharedReads.Outcome<Names> walk = walks.read(shared, begunAtOrAfter);
        return new Walk(walk.begunAt(), walk.value().idsOfNamesEndingWith(suffix));
    }

    /** All clients of a pool: some hundred bytes for each. */
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
