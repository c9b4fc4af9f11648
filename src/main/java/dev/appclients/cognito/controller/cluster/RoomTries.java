package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The clients that may each try one create before their hour, because a full user pool may have room. All other clients of the pool keep
 * waiting, however often they are reconciled: a full pool can have hundreds of them. All entries may be lost.
 */
public final class RoomTries {

    private final Set<String> permitted = ConcurrentHashMap.newKeySet();
    private final Predicate<UserPoolClient> isGone;

    /** @param isGone whether the object is gone from the cache */
    RoomTries(Predicate<UserPoolClient> isGone) {
        this.isGone = isGone;
    }

    /** Permits one try. */
    void permit(UserPoolClient client) {
        permitted.add(client.getMetadata().getUid());
        // An object that was deleted meanwhile is not used again.
        if (isGone.test(client)) {
            use(client);
        }
    }

    /** Whether the client may try. */
    public boolean isPermitted(UserPoolClient client) {
        return permitted.contains(client.getMetadata().getUid());
    }

    /** Ends the permission: the create begins, or the object is gone. One that comes during the create is for the next create. */
    public void use(UserPoolClient client) {
        permitted.remove(client.getMetadata().getUid());
    }

    /** The number of clients that may try. */
    int size() {
        return permitted.size();
    }
}
