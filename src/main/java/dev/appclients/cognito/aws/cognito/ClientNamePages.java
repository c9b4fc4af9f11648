package dev.appclients.cognito.aws.cognito;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.model.PoolAccess;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolClientsRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolClientsResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientDescription;

/** Lists the names of all app clients of a pool, page by page. */
final class ClientNamePages {

    private static final int PAGE = 60;

    private final PoolCalls calls;
    private final InstantSource clock;

    ClientNamePages(PoolCalls calls, InstantSource clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /** Reads all pages. A page before the last may be empty: only a missing token ends the list. */
    SingleFlight.Result<ClientListings.Names> read(PoolAccess access) {
        Map<String, String> nameById = new HashMap<>();
        Start start = new Start();
        String token = null;
        do {
            ListUserPoolClientsResponse page = page(access, token, start);
            for (UserPoolClientDescription client : page.userPoolClients()) {
                nameById.put(client.clientId(), client.clientName());
            }
            token = page.nextToken();
        } while (token != null);
        return new SingleFlight.Result<>(start.at(), new ClientListings.Names(nameById));
    }

    private ListUserPoolClientsResponse page(PoolAccess access, @Nullable String token, Start start) {
        return calls.make(
                access,
                Operation.LIST_CLIENTS,
                Priority.USER,
                start::mark,
                (cognito, auth) -> cognito.listUserPoolClients(ListUserPoolClientsRequest.builder()
                        .userPoolId(access.pool().value())
                        .maxResults(PAGE)
                        .nextToken(token)
                        .overrideConfiguration(auth.build())
                        .build()));
    }

    /** The moment when the first request is sent, after all waiting. */
    private final class Start {

        private @Nullable Instant at;

        boolean mark() {
            if (at == null) {
                at = clock.instant();
            }
            return true;
        }

        Instant at() {
            return at == null ? Instant.MIN : at;
        }
    }
}
