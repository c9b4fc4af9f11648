package dev.appclients.cognito.controller.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Surrounds each reconciliation of one kind. It starts none while this process must not act, and names the object to the limit on waiting
 * calls. It removes all memories of an object that is gone.
 *
 * @param <P> the kind
 */
public final class PassScope<P extends HasMetadata> {

    private final ReconcileGate gate;
    private final PassAppClients calls;
    private final Predicate<P> isGone;
    private final Consumer<ResourceID> wake;
    private final List<Memory> memories;

    /**
     * Creates the scope of a reconciler.
     *
     * @param isGone whether an object is no longer in the cache
     * @param wake has an object reconciled again
     * @param memories what the reconciler remembers of objects
     */
    public PassScope(
            ReconcileGate gate,
            PassAppClients calls,
            Predicate<P> isGone,
            Consumer<ResourceID> wake,
            List<Memory> memories) {
        this.gate = gate;
        this.calls = calls;
        this.isGone = isGone;
        this.wake = wake;
        this.memories = List.copyOf(memories);
    }

    /**
     * Entries by UID of an object.
     *
     * @param forget removes the entry of a UID
     * @param size how many entries there are
     */
    public record Memory(Consumer<String> forget, IntSupplier size) {}

    /**
     * Runs one reconciliation.
     *
     * @param otherwise the result while this process must not act
     */
    public <R> R run(P resource, R otherwise, Supplier<R> pass) {
        if (!gate.enter()) {
            return otherwise;
        }
        try {
            ResourceID id = ResourceID.fromResource(resource);
            String uid = resource.getMetadata().getUid();
            RunningPass.setCaller(new RunningPass.Caller(uid, () -> wake.accept(id)));
            return pass.get();
        } finally {
            end(resource);
        }
    }

    private void end(P resource) {
        String uid = resource.getMetadata().getUid();
        // The object may have gone during the pass. No delete event comes after it.
        if (isGone.test(resource)) {
            forget(uid);
        }
        calls.passEnded(uid);
        gate.leave();
    }

    /** Removes everything that is remembered of an object. */
    public void forget(String uid) {
        calls.forget(uid);
        memories.forEach(memory -> memory.forget().accept(uid));
    }

    /** How many entries there are in all memories. */
    public int remembered() {
        return memories.stream().mapToInt(memory -> memory.size().getAsInt()).sum();
    }
}
