package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.collection.LeanValues;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The item store of UserPoolClients. It keeps spec, status, and the metadata that a reconciliation reads. It does not keep managed fields,
 * owner references, labels, or the annotations of other tools. It has an index by the name of the Secret, and one of the clients that push.
 */
final class ClientItemStore extends LeanItems<UserPoolClient> {

    private final ChangeListener<UserPoolClient> listener;
    private final KeyIndex<ResourceID> bySecret = new KeyIndex<>();
    private final Set<String> pushing = ConcurrentHashMap.newKeySet();

    /**
     * @param values the value pool that all caches share
     * @param listener called by the thread of the informer
     */
    ClientItemStore(LeanValues values, ChangeListener<UserPoolClient> listener) {
        super(new LeanResource<>(values, new UserPoolClient()::copy, ClientItemStore::keepsLabel));
        this.listener = listener;
    }

    /** The clients whose Secret has this name. */
    Stream<UserPoolClient> naming(ResourceID secret) {
        return Stream.concat(Stream.ofNullable(get(SecretNames.key(secret))), found(bySecret.of(secret)))
                .filter(client -> SecretNames.of(client).equals(secret.getName()));
    }

    /** The clients that push copies. */
    Stream<UserPoolClient> pushing() {
        return found(pushing);
    }

    @Override
    protected void changed(String key, @Nullable UserPoolClient before, @Nullable UserPoolClient now) {
        bySecret.move(key, secret(before), secret(now));
        if (now != null && pushes(now)) {
            pushing.add(key);
        } else {
            pushing.remove(key);
        }
        listener.changed(before, now);
    }

    /** A reconciliation reads no label. */
    private static boolean keepsLabel(String label) {
        return false;
    }

    private static @Nullable ResourceID secret(@Nullable UserPoolClient client) {
        return client == null ? null : SecretNames.indexed(client, SecretNames.of(client));
    }

    private static boolean pushes(UserPoolClient client) {
        var sharing = client.getSpec().sharing();
        return sharing != null && sharing.push() != null;
    }

    /** Reduces the client in place to what the cache keeps. */
    static void shrink(LeanValues values, UserPoolClient client, @Nullable UserPoolClient former) {
        LeanResource.shrink(values, ClientItemStore::keepsLabel, client, former);
    }
}
