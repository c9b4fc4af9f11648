package dev.appclients.cognito.runtime;

import static dev.appclients.cognito.runtime.Capacity.MIB;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs at the start, before the caches fill, whether the memory is enough. */
class MemoryReport {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryReport.class);

    private final Memory memory;
    private final KubernetesClient kubernetes;
    private final Set<String> namespaces;
    private volatile long counted;

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

    /** Logs the heap, the limit, the number of clients that fit, and the number that exist. */
    void logCapacity() {
        long capacity = Capacity.clients(memory.heap());
        String enoughFor =
                String.format(Locale.ROOT, "%s. It is enough for %d UserPoolClients.", memory.summary(), capacity);
        OptionalLong clients = count();
        if (clients.isEmpty()) {
            return;
        }
        counted = clients.getAsLong();
        String has = namespaces.isEmpty() ? "The cluster has" : "The served namespaces have";
        if (counted <= capacity) {
            LOG.info("{} {} {}.", enoughFor, has, counted);
        } else {
            LOG.warn("{} {} {}. {}", enoughFor, has, counted, Capacity.remedy(memory.heap(), counted));
        }
    }

    /** The number of clients at the start; 0 before, and when the API server did not count them. */
    long counted() {
        return counted;
    }

    /** Empty, after a warning, when the API server does not count them. */
    private OptionalLong count() {
        String why;
        try {
            var all = kubernetes.resources(UserPoolClient.class);
            long count = namespaces.isEmpty() ? count(all.inAnyNamespace()) : 0;
            for (String namespace : namespaces) {
                count += count(all.inNamespace(namespace));
            }
            return OptionalLong.of(count);
        } catch (KubernetesClientException | IllegalStateException refused) {
            why = refused.getMessage();
        }
        LOG.warn(
                "{}. It is enough for {} UserPoolClients. The operator cannot count those in the cluster: {}. The operator"
                        + " starts nevertheless",
                memory.summary(),
                Capacity.clients(memory.heap()),
                why);
        return OptionalLong.empty();
    }

    /** Lists one object. The response has the number of remaining objects. */
    private static long count(Listable<? extends KubernetesResourceList<UserPoolClient>> clients) {
        var first = clients.list(new ListOptionsBuilder().withLimit(1L).build());
        Long remain = first.getMetadata().getRemainingItemCount();
        String more = first.getMetadata().getContinue();
        if (remain == null && more != null && !more.isEmpty()) {
            throw new IllegalStateException("the API server does not return remainingItemCount");
        }
        return first.getItems().size() + (remain == null ? 0 : remain);
    }

    /** The sentences that say what to change for a number of clients. */
    String advice(long clients) {
        return String.format(
                Locale.ROOT,
                "The maximum heap of %d MiB is enough for %d UserPoolClients, and the operator has %d. %s",
                memory.heap() / MIB,
                Capacity.clients(memory.heap()),
                clients,
                Capacity.remedy(memory.heap(), clients));
    }
}
