package dev.appclients.cognito.runtime;

import static dev.appclients.cognito.runtime.Capacity.MIB;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Locale;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at the start whether the memory is enough, before the caches fill. */
class MemoryReport {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryReport.class);

    private final Memory memory;
    private final KubernetesClient kubernetes;
    private volatile long counted;

    MemoryReport(Memory memory, KubernetesClient kubernetes) {
        this.memory = memory;
        this.kubernetes = kubernetes;
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
        if (counted <= capacity) {
            LOG.info("{} The cluster has {}.", enoughFor, counted);
        } else {
            LOG.warn("{} The cluster has {}. {}", enoughFor, counted, Capacity.remedy(memory.heap(), counted));
        }
    }

    /** How many clients there were at the start; 0 before, and when the API server did not say. */
    long counted() {
        return counted;
    }

    /** One object of a list says how many remain. */
    private OptionalLong count() {
        String why;
        try {
            KubernetesResourceList<UserPoolClient> first = kubernetes
                    .resources(UserPoolClient.class)
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder().withLimit(1L).build());
            Long remain = first.getMetadata().getRemainingItemCount();
            String more = first.getMetadata().getContinue();
            if (remain != null || more == null || more.isEmpty()) {
                return OptionalLong.of(first.getItems().size() + (remain == null ? 0 : remain));
            }
            why = "the API server does not say how many remain";
        } catch (KubernetesClientException refused) {
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
