package dev.appclients.cognito.runtime;

import dev.appclients.cognito.controller.workarounds.LeaderElection;
import dev.appclients.cognito.controlplane.OperatorRbac;
import dev.appclients.cognito.controlplane.Versions;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Measures the longest time between two renewals of the lease by one leader, as they arrive at the API server. A stopped leader's
 * successor takes as long as it needs to start.
 */
final class LeaseWatch implements AutoCloseable {

    private final Versions<Lease> watch;
    private @Nullable String holder;
    private long last;
    private long longest;

    LeaseWatch(KubernetesClient admin) {
        watch = Versions.of(
                admin.leases().inNamespace(OperatorRbac.NAMESPACE).withField("metadata.name", LeaderElection.LEASE),
                (action, lease) -> renewed(lease));
    }

    /** Starts a new measurement with the next renewal. */
    synchronized void begin() {
        last = 0;
        longest = 0;
    }

    /** The longest time, including the time since the last renewal. */
    synchronized Duration longest() {
        long since = last == 0 ? 0 : System.nanoTime() - last;
        return Duration.ofNanos(Math.max(longest, since));
    }

    private synchronized void renewed(Lease lease) {
        long now = System.nanoTime();
        String current = lease.getSpec().getHolderIdentity();
        if (last != 0 && Objects.equals(holder, current)) {
            longest = Math.max(longest, now - last);
        }
        holder = current;
        last = now;
    }

    @Override
    public void close() {
        watch.close();
    }
}
