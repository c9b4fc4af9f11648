package dev.appclients.cognito.controller.claim;

import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.cluster.Namespaces;
import dev.appclients.cognito.distribution.NamespaceFacts;
import dev.appclients.cognito.model.NamespaceSnapshot;
import io.fabric8.kubernetes.api.model.Namespace;
import org.jspecify.annotations.Nullable;

/** Reads from a Namespace the facts that decide about copies. */
final class JudgedNamespace {

    private JudgedNamespace() {}

    /** The facts of the cached Namespace. */
    static NamespaceFacts facts(KubernetesView cached, String name) {
        return facts(cached, name, cached.namespace(name).orElse(null));
    }

    /** @param namespace null if there is none */
    static NamespaceFacts facts(KubernetesView cached, String name, @Nullable Namespace namespace) {
        boolean served = cached.isServed(name);
        return namespace == null
                ? new NamespaceFacts(new NamespaceSnapshot(name, null), null, false, served)
                : new NamespaceFacts(
                        Namespaces.snapshot(namespace),
                        namespace.getMetadata().getUid(),
                        Namespaces.isTerminating(namespace),
                        served);
    }
}
