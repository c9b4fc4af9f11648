package dev.appclients.cognito.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Decides about rollouts as Stakater Reloader documents it. An update of a Secret causes one rollout of each workload that its
 * annotations select, if the hash of {@code data} changed. Nothing else of the Secret enters the hash.
 */
final class FakeReloader implements AutoCloseable {

    private static final String MATCH = "reloader.stakater.com/match";
    private static final String IGNORE = "reloader.stakater.com/ignore";

    private final List<Workload> workloads;
    private final Map<String, String> hashes = new ConcurrentHashMap<>();
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final Map<String, Integer> rollouts = new ConcurrentHashMap<>();
    private final Watch watch;

    /**
     * A workload.
     *
     * @param annotations of the workload itself
     * @param secrets the Secrets that its Pods refer to
     */
    record Workload(String name, Map<String, String> annotations, Set<String> secrets) {

        boolean isRestartedBy(Secret secret) {
            Map<String, String> marks =
                    Objects.requireNonNullElse(secret.getMetadata().getAnnotations(), Map.of());
            String name = secret.getMetadata().getName();
            if (isTrue(marks, IGNORE)) {
                return false;
            }
            boolean isNamed = Arrays.asList(annotations
                            .getOrDefault("secret.reloader.stakater.com/reload", "")
                            .split(","))
                    .contains(name);
            boolean isAutomatic = isTrue(annotations, "reloader.stakater.com/auto")
                    || isTrue(annotations, "secret.reloader.stakater.com/auto");
            boolean isFound = isTrue(annotations, "reloader.stakater.com/search") && isTrue(marks, MATCH);
            return isNamed || (secrets.contains(name) && (isAutomatic || isFound));
        }

        private static boolean isTrue(Map<String, String> annotations, String name) {
            return "true".equals(annotations.get(name));
        }
    }

    /** Watches the Secrets of a namespace from now on. */
    FakeReloader(KubernetesClient kubernetes, String namespace, List<Workload> workloads) {
        this.workloads = workloads;
        var list = kubernetes.secrets().inNamespace(namespace).list();
        list.getItems().forEach(this::note);
        watch = kubernetes
                .secrets()
                .inNamespace(namespace)
                .withResourceVersion(list.getMetadata().getResourceVersion())
                .watch(new Updates());
    }

    /** The rollouts of this workload. */
    int rollouts(String workload) {
        return rollouts.getOrDefault(workload, 0);
    }

    /** The rollouts of each workload that had one. */
    Map<String, Integer> rollouts() {
        return Map.copyOf(rollouts);
    }

    /** Whether the watch delivered this version of the Secret. */
    boolean hasSeen(Secret version) {
        return version.getMetadata()
                .getResourceVersion()
                .equals(seen.get(version.getMetadata().getName()));
    }

    private void note(Secret secret) {
        hashes.put(secret.getMetadata().getName(), hash(secret));
        seen.put(secret.getMetadata().getName(), secret.getMetadata().getResourceVersion());
    }

    /** SHA-1 over the sorted entries {@code key=value}. */
    private static String hash(Secret secret) {
        String entries = Objects.requireNonNullElse(secret.getData(), Map.<String, String>of()).entrySet().stream()
                .map(entry ->
                        entry.getKey() + "=" + new String(Base64.getDecoder().decode(entry.getValue()), UTF_8))
                .sorted()
                .collect(Collectors.joining(";"));
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(entries.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Updates implements Watcher<Secret> {

        @Override
        public void eventReceived(Action action, Secret secret) {
            String former = hashes.get(secret.getMetadata().getName());
            if (action == Action.MODIFIED && former != null && !former.equals(hash(secret))) {
                workloads.stream()
                        .filter(workload -> workload.isRestartedBy(secret))
                        .forEach(workload -> rollouts.merge(workload.name(), 1, Integer::sum));
            }
            // Last, because who has seen a version counts its rollouts.
            note(secret);
        }

        @Override
        public void onClose(WatcherException closed) {
            throw new IllegalStateException("the watch of the Secrets ended", closed);
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
