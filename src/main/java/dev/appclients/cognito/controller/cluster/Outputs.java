package dev.appclients.cognito.controller.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;

/** The cache of one kind of output, Secrets or ConfigMaps. A ConfigMap has the form of a Secret. */
public interface Outputs {

    /** Makes sure that the cache is filled and watched. Sends a request only if it is not. */
    void requireWatch();

    /** The output without its values, if it has the operator's mark. */
    Optional<Secret> get(String namespace, String name);

    /** Every output in the namespace that is marked with this UID of a client. */
    List<Secret> of(String namespace, String uid);

    /** The Secrets of a view. */
    static Outputs secrets(KubernetesView kubernetes) {
        return new Outputs() {
            @Override
            public void requireWatch() {}

            @Override
            public Optional<Secret> get(String namespace, String name) {
                return kubernetes.secret(namespace, name);
            }

            @Override
            public List<Secret> of(String namespace, String uid) {
                return kubernetes.secretsOf(namespace, uid);
            }
        };
    }
}
