package dev.appclients.cognito.soak;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes down what Ready says of every object, whenever that is another thing than before. */
final class FlapWatch implements Watcher<UserPoolClient>, AutoCloseable {

    private final Map<String, List<String>> said = new ConcurrentHashMap<>();
    private final Watch watch;

    FlapWatch(KubernetesClient admin) {
        watch = admin.resources(UserPoolClient.class).inAnyNamespace().watch(this);
    }

    @Override
    public void eventReceived(Action action, UserPoolClient object) {
        if (action == Action.DELETED
                || object.getStatus() == null
                || object.getStatus().conditions() == null) {
            return;
        }
        String now = Conditions.find(object.getStatus().conditions(), Conditions.READY)
                .map(FlapWatch::words)
                .orElse("nothing");
        String where =
                object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
        said.compute(where, (key, before) -> {
            List<String> all = before == null ? new ArrayList<>() : before;
            if (all.isEmpty() || !all.getLast().equals(now)) {
                all.add(now);
            }
            return all;
        });
    }

    private static String words(Condition condition) {
        return condition.getStatus() + " " + condition.getReason();
    }

    /** Those that said more than one thing. */
    List<Finding> flaps() {
        return said.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> new Finding(entry.getKey(), "its status flaps: " + entry.getValue()))
                .toList();
    }

    @Override
    public void onClose(WatcherException broken) {
        said.put("the watch", new ArrayList<>(List.of("began", "broke off: " + broken.getMessage())));
    }

    @Override
    public void close() {
        watch.close();
    }
}
