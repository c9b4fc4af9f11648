package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.LeanMetadata;
import dev.appclients.cognito.model.LeanValues;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
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
        super(new LeanClient(values, new UserPoolClient()));
        this.listener = listener;
    }

    /** The clients whose Secret has this name. */
    Stream<UserPoolClient> naming(ResourceID secret) {
        return Stream.concat(Stream.ofNullable(get(SecretNames.key(secret))), found(bySecret.of(secret)))
                .filter(client -> SecretNames.of(client).equals(secret.getName()));
    }

    /** The clients that push copies. */
    Stream<UserPoolClient> pushing() {
        return pushing.stream().flatMap(key -> Stream.ofNullable(get(key)));
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

    private Stream<UserPoolClient> found(List<String> keys) {
        return keys.stream().flatMap(key -> Stream.ofNullable(get(key)));
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
        ObjectMeta meta = client.getMetadata();
        meta.setManagedFields(List.of());
        meta.setOwnerReferences(List.of());
        new LeanMetadata(values)
                .strip(meta, former == null ? null : former.getMetadata(), label -> false, Annotations::isOurs);
        client.setSpec(values.lean(client.getSpec(), former == null ? null : former.getSpec()));
        client.setStatus(values.lean(client.getStatus(), former == null ? null : former.getStatus()));
    }

    /** @param empty copied for every kept object, so that all share the strings of the kind */
    private record LeanClient(LeanValues values, UserPoolClient empty) implements Lean<UserPoolClient> {

        @Override
        public UserPoolClient lean(UserPoolClient incoming, @Nullable UserPoolClient former) {
            shrink(values, incoming, former);
            UserPoolClient kept = empty.copy();
            kept.setMetadata(incoming.getMetadata());
            kept.setSpec(incoming.getSpec());
            kept.setStatus(incoming.getStatus());
            return kept;
        }
    }
}
