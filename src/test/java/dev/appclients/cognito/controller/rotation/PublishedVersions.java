package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.controlplane.Versions;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Records every version of the Secrets of a client, in all namespaces, from the API server's own watch. */
final class PublishedVersions implements AutoCloseable {

    private final Map<String, List<Map<String, String>>> versions = new HashMap<>();
    private final Versions<Secret> watch;

    PublishedVersions(KubernetesClient kubernetes, String clientUid) {
        watch = Versions.of(
                kubernetes.secrets().inAnyNamespace().withLabel(Marks.CLIENT_UID, clientUid), (action, secret) -> {
                    if (action != Action.DELETED) {
                        record(secret);
                    }
                });
    }

    private synchronized void record(Secret secret) {
        List<Map<String, String>> known = versions.computeIfAbsent(
                secret.getMetadata().getNamespace() + "/" + secret.getMetadata().getName(), name -> new ArrayList<>());
        if (known.isEmpty() || !Objects.equals(known.getLast(), secret.getData())) {
            known.add(secret.getData());
        }
    }

    /** The different contents of each Secret, in their order. A version that changes only metadata is left out. */
    synchronized Map<String, List<Map<String, String>>> contents() {
        Map<String, List<Map<String, String>>> copy = new HashMap<>();
        versions.forEach((name, contents) -> copy.put(name, List.copyOf(contents)));
        return copy;
    }

    @Override
    public void close() {
        watch.close();
    }
}
