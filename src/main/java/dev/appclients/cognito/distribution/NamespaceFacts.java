package dev.appclients.cognito.distribution;

import dev.appclients.cognito.model.NamespaceSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a Namespace that decide about copies.
 *
 * @param uid null if the operator does not know the Namespace
 * @param served whether this operator serves the namespace
 */
public record NamespaceFacts(
        NamespaceSnapshot snapshot, @Nullable String uid, boolean terminating, boolean served) {

    public String name() {
        return snapshot.name();
    }
}
