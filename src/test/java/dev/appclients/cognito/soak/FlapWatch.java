package dev.appclients.cognito.soak;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controlplane.Versions;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Records each change of Ready's status and reason, for every object. */
final class FlapWatch implements AutoCloseable {

    private final Map<String, List<String>> changes = new ConcurrentHashMap<>();
    private final Versions<UserPoolClient> watch;

    FlapWatch(KubernetesClient admin) {
        watch = Versions.of(admin.resources(UserPoolClient.class).inAnyNamespace(), this::record);
    }

    private void record(Action action, UserPoolClient object) {
        if (action == Action.DELETED
                || object.getStatus() == null
                || object.getStatus().conditions() == null) {
            return;
        }
        String now = Conditions.find(object.getStatus().conditions(), Conditions.READY)
                .map(FlapWatch::describe)
                .orElse("nothing");
        String where =
                object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
        changes.compute(where, (key, before) -> {
            List<String> all = before == null ? new ArrayList<>() : before;
            if (all.isEmpty() || !all.getLast().equals(now)) {
                all.add(now);
            }
            return all;
        });
    }

    private static String describe(Condition condition) {
        return condition.getStatus() + " " + condition.getReason();
    }

    /** The objects whose Ready changed. */
    List<Finding> flaps() {
        return changes.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> new Finding(entry.getKey(), "Ready changes: " + entry.getValue()))
                .toList();
    }

    @Override
    public void close() {
        watch.close();
    }
}
