package dev.appclients.cognito.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts the reconciliations of each object, so that a test can wait for one that does nothing. */
public final class Passes implements Metrics {

    private final Map<String, Integer> started = new ConcurrentHashMap<>();
    private final Map<String, Integer> finished = new ConcurrentHashMap<>();

    public int started(String uid) {
        return started.getOrDefault(uid, 0);
    }

    public int finished(String uid) {
        return finished.getOrDefault(uid, 0);
    }

    @Override
    public void reconciliationStarted(HasMetadata resource, Map<String, Object> metadata) {
        started.merge(resource.getMetadata().getUid(), 1, Integer::sum);
    }

    @Override
    public void reconciliationFinished(
            HasMetadata resource, @Nullable RetryInfo retryInfo, Map<String, Object> metadata) {
        finished.merge(resource.getMetadata().getUid(), 1, Integer::sum);
    }
}
