package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.collection.LeanMetadata;
import dev.appclients.cognito.collection.LeanValues;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reduces a custom resource to spec, status, and the metadata that a reconciliation reads. Drops managed fields, owner references, and the
 * annotations of other tools.
 *
 * @param values the value pool that all caches share
 * @param empty copies one object, so that all kept objects share the strings of the kind
 * @param labels the labels to keep
 */
record LeanResource<S, T, R extends CustomResource<S, T>>(
        LeanValues values, Supplier<R> empty, Predicate<String> labels) implements LeanItems.Lean<R> {

    @Override
    public R lean(R incoming, @Nullable R former) {
        shrink(values, labels, incoming, former);
        R kept = empty.get();
        kept.setMetadata(incoming.getMetadata());
        kept.setSpec(incoming.getSpec());
        kept.setStatus(incoming.getStatus());
        return kept;
    }

    /** Reduces an object in place. */
    static <S, T, R extends CustomResource<S, T>> void shrink(
            LeanValues values, Predicate<String> labels, R object, @Nullable R former) {
        ObjectMeta meta = object.getMetadata();
        meta.setManagedFields(List.of());
        meta.setOwnerReferences(List.of());
        new LeanMetadata(values).strip(meta, former == null ? null : former.getMetadata(), labels, Annotations::isOurs);
        object.setSpec(values.lean(object.getSpec(), former == null ? null : former.getSpec()));
        object.setStatus(values.lean(object.getStatus(), former == null ? null : former.getStatus()));
    }
}
