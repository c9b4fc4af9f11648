package dev.appclients.cognito.crash;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Records every reason of an object's Ready since it became True for the first time. */
final class ReasonsOfReady implements Watcher<UserPoolClient>, AutoCloseable {

    private final KubernetesClient admin = TestCluster.admin();
    private final Map<String, Set<String>> reasons = new ConcurrentHashMap<>();
    private final Watch watch =
            admin.resources(UserPoolClient.class).inAnyNamespace().watch(this);

    /** The recorded reasons of the object with this name; only {@code Synced} if nothing happened. */
    Set<String> of(String name) {
        return reasons.getOrDefault(name, Set.of());
    }

    @Override
    public void eventReceived(Action action, UserPoolClient object) {
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
    public void onClose(WatcherException broken) {
        reasons.clear();
    }

    @Override
    public void close() {
        watch.close();
        admin.close();
    }
}
