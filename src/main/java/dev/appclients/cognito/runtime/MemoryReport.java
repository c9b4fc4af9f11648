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

/** Says at the start whether the memory is enough, before the caches fill. */
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

    /** @throws IllegalStateException when the process cannot live with this heap in its container */
    void requireRoom() {
        memory.fault().ifPresent(fault -> {
            throw new IllegalStateException(fault);
        });
        memory.warning().ifPresent(LOG::warn);
    }

    /** One line: the heap, the limit, for how many clients it is enough, and how many there are. */
    void sayCapacity() {
        long capacity = Capacity.clients(memory.heap());
        String enoughFor =
                String.format(Locale.ROOT, "%s. It is enough for %d UserPoolClients.", memory.inWords(), capacity);
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

    /** How many clients there were at the start; 0 before, and when the API server did not say. */
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
                memory.inWords(),
                Capacity.clients(memory.heap()),
                why);
        return OptionalLong.empty();
    }

    /** One object of a list says how many remain. */
    private static long count(Listable<? extends KubernetesResourceList<UserPoolClient>> clients) {
        var first = clients.list(new ListOptionsBuilder().withLimit(1L).build());
        Long remain = first.getMetadata().getRemainingItemCount();
        String more = first.getMetadata().getContinue();
        if (remain == null && more != null && !more.isEmpty()) {
            throw new IllegalStateException("the API server does not say how many remain");
        }
        return first.getItems().size() + (remain == null ? 0 : remain);
    }

    /** What to change when the heap is too small, with the numbers. */
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
