package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.LeanMetadata;
import dev.appclients.cognito.model.LeanValues;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cached clients: spec, status, and of the metadata what a pass reads. The lists of the fields that each writer owns, the
 * owners, the labels and the annotations of other tools are not kept.
 */
final class ClientItems extends LeanItems<UserPoolClient> {

    /** @param values shared by all caches */
    ClientItems(LeanValues values) {
        super(new LeanClient(values, new LeanMetadata(values), new UserPoolClient()));
    }

    /** @param empty every kept object is a copy of it, so that all share the names of the kind */
    private record LeanClient(LeanValues values, LeanMetadata metadata, UserPoolClient empty)
            implements Lean<UserPoolClient> {

        @Override
        public UserPoolClient lean(UserPoolClient incoming, @Nullable UserPoolClient former) {
            ObjectMeta meta = incoming.getMetadata();
            meta.setManagedFields(List.of());
            meta.setOwnerReferences(List.of());
            metadata.strip(meta, former == null ? null : former.getMetadata(), label -> false, Annotations::isOurs);
            incoming.setSpec(values.lean(incoming.getSpec(), former == null ? null : former.getSpec()));
            incoming.setStatus(values.lean(incoming.getStatus(), former == null ? null : former.getStatus()));
            UserPoolClient kept = empty.copy();
            kept.setMetadata(meta);
            kept.setSpec(incoming.getSpec());
            kept.setStatus(incoming.getStatus());
            return kept;
        }
    }
}
