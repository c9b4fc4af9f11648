package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.model.NamespaceSnapshot;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import java.util.Objects;

/** Reads cached Namespaces. */
public final class Namespaces {

    private Namespaces() {}

    /** The snapshot of a cached Namespace. */
    public static NamespaceSnapshot snapshot(Namespace namespace) {
        Map<String, String> labels =
                Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of());
        return new NamespaceSnapshot(namespace.getMetadata().getName(), labels);
    }

    /** The snapshot of a namespace by name. It has no labels if the cache has no such Namespace. */
    public static NamespaceSnapshot snapshot(KubernetesView cached, String name) {
        return cached.namespace(name).map(Namespaces::snapshot).orElseGet(() -> new NamespaceSnapshot(name, null));
    }

    /** Whether two cached versions differ in their labels, or are two objects. */
    static boolean haveOtherLabels(Namespace now, Namespace before) {
        return !snapshot(now).equals(snapshot(before))
                || !now.getMetadata().getUid().equals(before.getMetadata().getUid());
    }

    /** Whether Kubernetes deletes the Namespace. Nothing can be created in it any more. */
    public static boolean isTerminating(Namespace namespace) {
        return namespace.getMetadata().getDeletionTimestamp() != null;
    }
}
