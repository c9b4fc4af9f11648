package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.LeanMetadata;
import dev.appclients.cognito.model.LeanValues;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The item store of UserPoolClients. It keeps spec, status, and the metadata that a reconciliation reads. It does not keep managed fields,
 * owner references, labels, or the annotations of other tools.
 */
final class ClientItemStore extends LeanItems<UserPoolClient> {

    /** @param values the value pool that all caches share */
    ClientItemStore(LeanValues values) {
        super(new LeanClient(values, new UserPoolClient()));
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
