package dev.appclients.cognito.crash;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.controlplane.Versions;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Records every reason of an object's Ready since it became True for the first time. */
final class ReasonsOfReady implements AutoCloseable {

    private final KubernetesClient admin = TestCluster.admin();
    private final Map<String, Set<String>> reasons = new ConcurrentHashMap<>();
    private final Versions<UserPoolClient> watch =
            Versions.of(admin.resources(UserPoolClient.class).inAnyNamespace(), (action, object) -> record(object));

    /** The recorded reasons of the object with this name; only {@code Synced} if nothing happened. */
    Set<String> of(String name) {
        return reasons.getOrDefault(name, Set.of());
    }

    private void record(UserPoolClient object) {
        if (object.getStatus() == null) {
            return;
        }
        Conditions.find(object.getStatus().conditions(), Conditions.READY)
                .ifPresent(ready -> add(object.getMetadata().getName(), ready));
    }

    private void add(String name, Condition ready) {
        if (ready.getStatus().equals("True")) {
            reasons.computeIfAbsent(name, unknown -> ConcurrentHashMap.newKeySet());
        }
        reasons.computeIfPresent(name, (key, all) -> {
            all.add(ready.getReason());
            return all;
        });
    }

    @Override
    public void close() {
        try (admin) {
            watch.close();
        }
    }
}
