package dev.appclients.cognito.runtime;

import static dev.appclients.cognito.runtime.Capacity.MIB;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs at the start, before the caches fill, whether the memory is enough. */
class MemoryReport {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryReport.class);

    private final Memory memory;
    private final KubernetesClient kubernetes;
    private final Set<String> namespaces;
    private volatile WatchedObjects counted = new WatchedObjects(0, 0);

    /** @param namespaces the served namespaces; empty for all */
    MemoryReport(Memory memory, KubernetesClient kubernetes, Set<String> namespaces) {
        this.memory = memory;
        this.kubernetes = kubernetes;
        this.namespaces = namespaces;
    }

    /** @throws IllegalStateException if the heap leaves too little of the container's limit */
    void requireEnough() {
        memory.fault().ifPresent(fault -> {
            throw new IllegalStateException(fault);
        });
        memory.warning().ifPresent(LOG::warn);
    }

    /** Logs the heap, the limit, the number of clients that fit without copies, and the numbers of clients and claims that exist. */
    void logCapacity() {
        WatchedObjects existing = count();
        if (existing == null) {
            return;
        }
        counted = existing;
        String has = namespaces.isEmpty() ? "The cluster has" : "The served namespaces have";
        if (Capacity.isEnough(memory.heap(), existing)) {
            LOG.info("{}. {} {} {}.", memory.summary(), enoughFor(), has, existing);
        } else {
            LOG.warn(
                    "{}. {} {} {}. {}",
                    memory.summary(),
                    enoughFor(),
                    has,
                    existing,
                    Capacity.remedy(memory.heap(), existing));
        }
    }

    private String enoughFor() {
        return "It is enough for " + Capacity.clients(memory.heap(), 0) + " UserPoolClients without copies.";
    }

    /** The objects at the start; none before, and when the API server did not count them. */
    WatchedObjects counted() {
        return counted;
    }

    /** Null, after a warning, when the API server does not count them. */
    private @Nullable WatchedObjects count() {
        try {
            return new WatchedObjects(count(UserPoolClient.class), count(ClientSecretClaim.class));
        } catch (KubernetesClientException | IllegalStateException refused) {
            LOG.warn(
                    "{}. {} The operator cannot count those in the cluster: {}. The operator starts nevertheless",
                    memory.summary(),
                    enoughFor(),
                    refused.getMessage());
            return null;
        }
    }

    private <R extends HasMetadata> long count(Class<R> kind) {
        var all = kubernetes.resources(kind);
        long count = namespaces.isEmpty() ? count(all.inAnyNamespace()) : 0;
        for (String namespace : namespaces) {
            count += count(all.inNamespace(namespace));
        }
        return count;
    }

    /** Lists one object. The response has the number of remaining objects. */
    private static long count(Listable<? extends KubernetesResourceList<?>> objects) {
        var first = objects.list(new ListOptionsBuilder().withLimit(1L).build());
        Long remain = first.getMetadata().getRemainingItemCount();
        String more = first.getMetadata().getContinue();
        if (remain == null && more != null && !more.isEmpty()) {
            throw new IllegalStateException("the API server does not return remainingItemCount");
        }
        return first.getItems().size() + (remain == null ? 0 : remain);
    }

    /** The sentences that say what to change for a number of objects. */
    String advice(WatchedObjects objects) {
        return String.format(
                Locale.ROOT,
                "The maximum heap of %d MiB is enough for %d UserPoolClients without copies, and the operator has %s. %s",
                memory.heap() / MIB,
                Capacity.clients(memory.heap(), 0),
                objects,
                Capacity.remedy(memory.heap(), objects));
    }
}
